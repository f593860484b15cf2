"""Opening hours as people in English-speaking offices write them.  Pure.

"Monday-Friday, 9-12, 1-5" says neither morning nor afternoon: an hour before seven is
taken for the afternoon, and a closing that would not come after the opening too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from typing import Any

from mukana.importers.jsonld.when import shown
from mukana.importers.values import dicts, line
from mukana.lib.moments import WEEKDAYS

MAX_HOURS = 28
MAX_DEPTH = 5
FIRST_MORNING_HOUR = 7
_DAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.IGNORECASE)
_TO = re.compile(r"\s*[-–]\s*|\s+(?:to|through)\s+")
_SPAN = re.compile(
    r"\b(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?(?:m\b\.?)?\s*(?:-|–|to)\s*(\d{1,2})(?:[:.](\d{2}))?(?:\s*([ap])\.?m\b)?", re.IGNORECASE
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:[:.]\d{2})?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)
_UNSURE = re.compile(r"\b(?:var(?:y|ies)|season|summer|school year|winter|appointment only|dawn|weeknights|closes @)\b", re.IGNORECASE)
_ALWAYS = re.compile(r"^24[ -]hours?(?: (?:daily|facility|a day))?$", re.IGNORECASE)
_DAILY = re.compile(r"\b(?:daily|every ?day)\b", re.IGNORECASE)


def said(text: object) -> list[dict[str, str]]:
    """The week of a text; empty when the text leaves it open ("Varies", "Summer: …")."""
    words = line(text, 400)
    if _ALWAYS.match(words):
        return [{"day": day, "opens": "0.00", "closes": "24.00"} for day in WEEKDAYS]
    if _UNSURE.search(words):
        return []
    found: list[dict[str, str]] = []
    for part in words.split(";"):
        for days, hours in _runs(part):
            found += [{"day": day, "opens": opens, "closes": closes} for day in days for opens, closes in hours]
    return found[:MAX_HOURS]


def _runs(text: str) -> Iterable[tuple[list[str], list[tuple[str, str]]]]:
    """Days and the hours after them, as often as a part tells new days after hours."""
    days: list[str] = []
    hours: list[tuple[str, str]] = []
    for piece in text.split(","):
        told, spans = _days(piece), _spans(piece)
        if told and hours:
            yield days, hours
            days, hours = [], []
        days += [day for day in told if day not in days]
        hours += spans
    yield days, hours


def _days(text: str) -> list[str]:
    """ "Monday-Wednesday" → three days; a day alone → itself."""
    if _DAILY.search(text):
        return list(WEEKDAYS)
    named = list(_DAY.finditer(text))
    if len(named) == 2 and _TO.fullmatch(text[named[0].end() : named[1].start()]):
        first, last = (WEEKDAYS.index(day[1].casefold()) for day in named)
        return [WEEKDAYS[(first + step) % 7] for step in range((last - first) % 7 + 1)]
    return [day[1].casefold() for day in named]


def _spans(text: str) -> list[tuple[str, str]]:
    found = (span(told[1], told[2], told[3], told[4], told[5], told[6]) for told in _SPAN.finditer(text))
    return [one for one in found if one]


def span(*told: str | None) -> tuple[str, str] | None:
    """(opens, closes) of hour, minutes and a or p of both ends; None when they cannot be."""
    opens, closes = _time(*told[:3]), _time(*told[3:])
    if opens is None or closes is None:
        return None
    if told[2] is None and opens.hour < FIRST_MORNING_HOUR and told[5] != "a":
        opens = opens.replace(hour=opens.hour + 12)
    if told[5] is None and closes <= opens and closes.hour < 12:
        closes = closes.replace(hour=closes.hour + 12)
    return (shown(opens), shown(closes)) if closes > opens else None


def between(opens: object, closes: object) -> tuple[str, str] | None:
    """Two cells: "9am" and "03:00" → ("9.00", "15.00"); an hour on the 24-hour clock stays."""
    first, last = _CLOCK.fullmatch(line(opens, 20)), _CLOCK.fullmatch(line(closes, 20))
    if not first or not last:
        return None
    begins, ends = _time(first[1], first[2], first[3]), _time(last[1], last[2], last[3])
    if begins is None or ends is None:
        return None
    if ends <= begins and last[3] is None and ends.hour < 12:
        ends = ends.replace(hour=ends.hour + 12)
    return (shown(begins), shown(ends)) if ends > begins else None


def _time(hour: str | None, minute: str | None, half: str | None) -> time | None:
    at, past = int(hour or 99), int(minute or 0)
    if half:
        at = at % 12 + (12 if half.casefold() == "p" else 0) if 1 <= at <= 12 else 99
    return time(at, past) if at <= 23 and past <= 59 else None


def by_day(business_hours: object) -> list[dict[str, str]]:
    """`{"sunday": [{"opens_at": "1:00 PM", "closes_at": "5:00 PM"}]}` as rows."""
    given = business_hours if isinstance(business_hours, dict) else {}
    return _rows((line(day, 20), one) for day, spans in given.items() for one in dicts(spans))


def weekly(schedules: object) -> list[dict[str, str]]:
    """The weekly schedules of a location, told by BYDAY or, in old data, by the weekday's name."""
    rows: list[tuple[str, dict[str, Any]]] = []
    for one in dicts(schedules):
        told = line(one.get("byday") or one.get("weekday"), 100)
        if line(one.get("freq") or "WEEKLY", 20).upper() == "WEEKLY":
            rows += [(day, one) for day in re.split(r"[,\s]+", told)]
    return _rows(rows)


def _rows(told: Iterable[tuple[str, dict[str, Any]]]) -> list[dict[str, str]]:
    starts = {day[:2]: day for day in WEEKDAYS}
    found = []
    for name, one in told:
        day, hours = starts.get(name[:2].casefold(), ""), between(one.get("opens_at"), one.get("closes_at"))
        if day and hours:
            found.append({"day": day, "opens": hours[0], "closes": hours[1]})
    return found[:MAX_HOURS]


def flat(value: object, depth: int = 0) -> list[dict[str, Any]]:
    """The objects of lists inside lists: old phones are nested two deep."""
    if isinstance(value, list) and depth < MAX_DEPTH:
        return [one for item in value[:100] for one in flat(item, depth + 1)]
    return [value] if isinstance(value, dict) else []
