"""Days and times in words, as they are written in Finland; the moments are in `moments`.

A no-break space keeps a weekday with its date and "klo" with its time.  Languages
without words of their own here (the Sámi languages, selkokieli) are shown in Finnish.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mukana.lib.moments import (
    WEEKDAYS,
    ZONE,
    all_day_span,
    as_local,
    at_wall,
    looks_all_day,
    parse_moment,
    weekday,
)

__all__ = [
    "WEEKDAYS", "ZONE", "all_day_span", "as_local", "at_wall", "clock", "day", "looks_all_day",
    "parse_moment", "weekday", "weekday_name", "when",
]  # fmt: skip

NBSP = "\u00a0"
NIGHT_ENDS = 6  # an end before six in the morning belongs to the evening it began


@dataclass(frozen=True, slots=True)
class _Words:
    today: str
    tomorrow: str
    at: str  # before a time of day
    short: tuple[str, ...]
    full: tuple[str, ...]


_WORDS = {
    "fi": _Words(
        "tänään", "huomenna", "klo", ("ma", "ti", "ke", "to", "pe", "la", "su"),
        ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"),
    ),
    "sv": _Words(
        "i dag", "i morgon", "kl.", ("må", "ti", "on", "to", "fr", "lö", "sö"),
        ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    ),
    "en": _Words(
        "today", "tomorrow", "at", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    ),
}  # fmt: skip
_ENGLISH_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


def day(d: date, today: date, language: str = "fi") -> str:
    """A date as "ti 24.11.", with the year only when it is not this one."""
    name = _words(language).short[d.weekday()]
    year = "" if d.year == today.year else str(d.year)
    if language == "en":
        return NBSP.join(part for part in (name, str(d.day), _ENGLISH_MONTHS[d.month - 1], year) if part)
    return f"{name}{NBSP}{d.day}.{d.month}.{year}"


def clock(moment: datetime, language: str = "fi") -> str:
    """The time of day in Finland as "9.05", in English "9:05"."""
    local = as_local(moment)
    return f"{local.hour}{':' if language == 'en' else '.'}{local.minute:02}"


def weekday_name(code: str, language: str = "fi") -> str:
    """The whole name of a weekday code: "tue" → "tiistai".  KeyError for an unknown code."""
    if code not in WEEKDAYS:
        raise KeyError(code)
    return _words(language).full[WEEKDAYS.index(code)]


def when(
    starts_at: datetime,
    ends_at: datetime | None,
    now: datetime,
    all_day: bool = False,
    language: str = "fi",
) -> str:
    """A happening's time: "Tänään klo 10.00–10.45", "ti 24.11. klo 10.00", "pe 1.1.–su 3.1."."""
    today = as_local(now).date()
    if all_day:
        first, last = all_day_span(starts_at, ends_at)
        text = _near(first, today, language)
        return text if first == last else f"{text}–{day(last, today, language)}"
    start = as_local(starts_at)
    head = f"{_near(start.date(), today, language)} {_at(start, language)}"
    if ends_at is None or as_local(ends_at) <= start:
        return head
    end = as_local(ends_at)
    if _same_sitting(start, end):
        return f"{head}–{clock(end, language)}"
    return f"{head} – {day(end.date(), today, language)} {_at(end, language)}"


def _near(d: date, today: date, language: str) -> str:
    """Today and tomorrow by name with a capital letter, other days by date."""
    words = _words(language)
    if d == today:
        return words.today.capitalize()
    if d == today + timedelta(days=1):
        return words.tomorrow.capitalize()
    return day(d, today, language)


def _at(moment: datetime, language: str) -> str:
    return f"{_words(language).at}{NBSP}{clock(moment, language)}"


def _same_sitting(start: datetime, end: datetime) -> bool:
    if start.date() == end.date():
        return True
    return end.date() == start.date() + timedelta(days=1) and end.hour < NIGHT_ENDS


def _words(language: str) -> _Words:
    return _WORDS.get(language, _WORDS["fi"])
