"""Days and hours as people write them in Finnish running text: "la 8.11. klo 18", "8.–10.11.2026", "marraskuun 8. päivä".

A deadline ("mennessä"), a birthday of an association and the hour "klo 9.10." are no
days of a happening.  A date without a year is the next such day from a month before the
day the text was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from mukana.lib.moments import FIRST_YEAR, LAST_YEAR
from mukana.lib.text import near

MAX_TEXT = 20_000
MOST = 200  # days of one text
BACKWARDS = timedelta(days=30)
_MONTHS = ("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu")
_MONTH = rf"(?:{'|'.join(_MONTHS)})kuu"
_WEEKDAYS = ("ma", "ti", "ke", "to", "pe", "la", "su")
_WEEKDAY = (
    r"\b(?:(?:maanantai|tiistai|torstai|perjantai|lauantai|sunnuntai)(?:na|n|sta|hin)?"
    r"|keskiviik(?:ko(?:na)?|on|osta)|(?:ma|ti|ke|to|pe|la|su)\.?)"
)
_DASH = r"\s*[–—-]\s*"
_YEAR = r"(?:\s?(?P<{0}>(?:19|20|21)\d\d)(?!\d)|(?P<{0}s>[2-9]\d)(?![\d.:]))?"
_NOT_A_NUMBER = r"(?!\d(?!\d)|\d{3}(?!\d)|\d{5}|(?!19|20|21)\d{4})"  # "1.2.3" and "12.12.1212" are something else
_DATE = re.compile(
    rf"(?:(?P<weekday>{_WEEKDAY})\s+)?(?<![\d.,:/-])"
    rf"(?P<list>(?:\d{{1,2}}\.\s?(?:,|ja|sekä|&)\s*){{1,8}})?"
    rf"(?:(?P<d0>\d{{1,2}})\.(?:\s?(?P<m0>\d{{1,2}})\.(?P<y0>\d{{4}})?)?{_DASH}(?:{_WEEKDAY}\s+)?)?"
    rf"(?P<d>\d{{1,2}})\.\s?(?:(?P<m>\d{{1,2}})\.{_NOT_A_NUMBER}{_YEAR.format('y')}|(?P<named>{_MONTH})\w{{0,4}}\s?{_YEAR.format('z')})",
    re.IGNORECASE,
)
_DATE_EASY = re.compile(
    rf"(?:(?P<weekday>{_WEEKDAY})\s+)?(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})(?!\d)"
    rf"|(?P<named>{_MONTH})n\s(?P<d>\d{{1,2}})\.(?:\s?päivä\w*)?(?:\s(?P<y>\d{{4}}))?)",
    re.IGNORECASE,
)
# What every date holds, found much faster than the whole patterns.
_HINT = re.compile(rf"\d\.\s?(?:\d{{1,2}}\.|{_MONTH})", re.IGNORECASE)
_HINT_EASY = re.compile(r"\d{4}-\d\d-\d\d|kuun\s\d", re.IGNORECASE)
_LONGEST_BEGINNING = 160  # of a list of days before the month
_HOURS = r"(\d{1,2})(?:[.:](\d{2}))?(?:\s*[–—-]\s*(\d{1,2})(?:[.:](\d{2}))?)?(?![\d:]|[.,]\d)"
_CLOCK_AFTER = re.compile(rf"[^.!?\d]{{0,25}}?\b(?:klo|kello|kl)\b\.?:?\s*{_HOURS}", re.IGNORECASE)
_BARE_AFTER = re.compile(
    r"[,T]?\s*(\d{1,2})[.:](\d{2})(?::\d{2})?(?:\s*[–—-]\s*(\d{1,2})(?:[.:](\d{2}))?)?(?![.\d:]|\s*(?:€|e\b|eur|km\b|m\b))", re.IGNORECASE
)
_CLOCK_BEFORE = re.compile(rf"\b(?:klo|kello)\b\.?\s*{_HOURS}[\s,]*$", re.IGNORECASE)
_IS_CLOCK = re.compile(r"\b(?:klo|kello|kl)\b\.?\s*(?:\d{1,2}(?:[.:]\d{2})?\s*[–—-]\s*)?$", re.IGNORECASE)
_DEADLINE_AFTER = re.compile(r"[\s,]*(?:klo\s*[\d.:]+\s*)?(?:mennessä|asti|saakka|viimeistään|alkaen ilmoittau)", re.IGNORECASE)
_DEADLINE_BEFORE = re.compile(
    r"(?:viimeistään|ilmoittau\w*(?:\s+[^\W\d]+){0,3}|sitovat?\s\w+|varau\w+(?:\s[^\W\d]+)?|päivitetty|julkaistu|kirjoitettu|syntynyt|perustettu"
    r"|haku\w*\s[^\W\d]+|määräaika\w*)\W*$",
    re.IGNORECASE,
)
_JOINED = re.compile(rf"[\s,&]*(?:ja|sekä|och)?\s*(?:{_WEEKDAY})?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day, or days from the first to the last, with hours when they are told."""

    first: date
    last: date
    start: time | None = None
    end: time | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    said: SaidDay
    begins: int
    ends: int


def said_days(text: str, written: date | None = None) -> list[SaidDay]:
    """The days a text tells of, in order and each once.  Without `written` a date needs its year."""
    text = text[:MAX_TEXT]
    found = sorted((*_numbered(text, written), *_easy(text, written)), key=lambda one: one.begins)
    timed = _with_shared_hours([replace(one, said=_with_hours(text, one)) for one in found[:MOST]], text)
    return sorted(dict.fromkeys(one.said for one in timed), key=lambda said: (said.first, said.start or time()))


def _numbered(text: str, written: date | None) -> list[_Found]:
    found: list[_Found] = []
    for match in near(_DATE, _HINT, text, _LONGEST_BEGINNING):
        if _is_something_else(text, match):
            continue
        month = int(match["m"]) if match["m"] else _month(match["named"])
        year = _year(match["y"] or match["z"], match["ys"] or match["zs"])
        last = _day(year, month, int(match["d"]), match["weekday"] if not match["d0"] else None, written)
        if last is None:
            continue
        first = _first_of(match, last) if match["d0"] else last
        if first is not None and first <= last:
            found.append(_Found(SaidDay(first, last), match.start(), match.end()))
        for other in re.findall(r"\d{1,2}", match["list"] or ""):
            day = _valid(last.year, last.month, int(other))
            if day is not None:
                found.append(_Found(SaidDay(day, day), match.start(), match.end()))
    return found


def _easy(text: str, written: date | None) -> list[_Found]:
    """ "2026-11-08" and "marraskuun 8. päivänä"."""
    found = []
    for match in near(_DATE_EASY, _HINT_EASY, text, _LONGEST_BEGINNING):
        if _is_something_else(text, match):
            continue
        if match["iso"]:
            year, month, number = map(int, match["iso"].split("-"))
            day = _valid(year, month, number)
        else:
            day = _day(_year(match["y"], None), _month(match["named"]), int(match["d"]), match["weekday"], written)
        if day is not None:
            found.append(_Found(SaidDay(day, day), match.start(), match.end()))
    return found


def _is_something_else(text: str, match: re.Match[str]) -> bool:
    """A deadline, an hour, or a day that was long ago."""
    before = text[max(0, match.start() - 60) : match.start()]
    sentence = re.split(r"[.!?\n]\s", before)[-1]
    return bool(_DEADLINE_AFTER.match(text, match.end()) or _DEADLINE_BEFORE.search(sentence) or _IS_CLOCK.search(before))


def _first_of(match: re.Match[str], last: date) -> date | None:
    """The first day of a range, whose month and year may stand only after the last one."""
    month = int(match["m0"]) if match["m0"] else last.month
    year = int(match["y0"]) if match["y0"] else last.year - (month > last.month)
    return _valid(year, month, int(match["d0"]))


def _day(year: int | None, month: int, number: int, weekday: str | None, written: date | None) -> date | None:
    if year is not None:
        return _valid(year, month, number)
    if written is None:
        return None
    years = range(written.year - 1, written.year + 3)
    days = [day for one in years if (day := _valid(one, month, number)) and day >= written - BACKWARDS]
    named = _WEEKDAYS.index(weekday[:2].casefold()) if weekday else None
    near = [day for day in days if day.weekday() == named and day <= written + timedelta(days=500)]
    return next(iter(near or days), None)


def _with_hours(text: str, one: _Found) -> SaidDay:
    after = _CLOCK_AFTER.match(text, one.ends) or _BARE_AFTER.match(text, one.ends)
    told = after or _CLOCK_BEFORE.search(text[max(0, one.begins - 40) : one.begins])
    if told is None:
        return one.said
    start, end = _clock(told[1], told[2]), _clock(told[3], told[4])
    return replace(one.said, start=start, end=end if start and end and end > start else None)


def _with_shared_hours(found: list[_Found], text: str) -> list[_Found]:
    """ "8.11., 15.11. ja 22.11. klo 18": the hour counts for all."""
    shared: list[_Found] = []
    for one in reversed(found):
        after = shared[-1] if shared else None
        if after and one.said.start is None and after.said.start and _JOINED.fullmatch(text, one.ends, max(one.ends, after.begins)):
            shared.append(replace(one, said=replace(one.said, start=after.said.start, end=after.said.end)))
        else:
            shared.append(one)
    return shared[::-1]


def _clock(hours: str | None, minutes: str | None) -> time | None:
    if hours is None or int(hours) > 23 or int(minutes or 0) > 59:
        return None
    return time(int(hours), int(minutes or 0))


def _month(name: str) -> int:
    return next(number for number, begin in enumerate(_MONTHS, 1) if name.casefold().startswith(begin))


def _year(whole: str | None, short: str | None) -> int | None:
    return int(whole) if whole else 2000 + int(short) if short else None


def _valid(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
