"""Times of schema.org and OpenActive: moments, durations, opening hours, schedules.  Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mukana.directory.drafts import ScheduleDraft
from mukana.importers.values import as_list, dicts, line, whole
from mukana.lib.moments import WEEKDAYS, ZONE, as_local, looks_all_day, parse_moment, weekday
from mukana.lib.recurrence import parse_clock

MAX_HOURS = 28
OPEN_ENDED_YEARS = 10
DAY_NAMES = {
    **{name: code for code in WEEKDAYS for name in (code, code[:2])},
    **dict(zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), WEEKDAYS, strict=True)),
    **dict(zip(("ma", "ti", "ke", "to", "pe", "la", "su"), WEEKDAYS, strict=True)),
}
_DATE_ONLY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DURATION = re.compile(r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:\d{1,5}(?:\.\d+)?S)?)?")
_FREQUENCY = re.compile(r"P(\d{1,2})([DWM])")
_HOURS = re.compile(r"([A-Za-z,\s-]+?)\s+(\d{1,2}[:.]\d{2})\s*[-–]\s*(\d{1,2}[:.]\d{2})")
_WORDS = {"daily": "P1D", "weekly": "P1W", "monthly": "P1M", "biweekly": "P2W", "fortnightly": "P2W"}


def span(node: dict[str, Any]) -> tuple[datetime | None, datetime | None, bool]:
    """(start, end, all day) in Finnish time.  A day alone means the whole day, its end the last day's end."""
    begins, ends = line(node.get("startDate"), 64), line(node.get("endDate"), 64)
    start, end = parse_moment(begins), parse_moment(ends)
    if start is None:
        return None, None, False
    if _DATE_ONLY.fullmatch(ends) and end is not None:
        end = as_local(end.replace(tzinfo=None) + timedelta(days=1))
    if end is None:
        length = duration(node.get("duration"))
        end = start + length if length else None
    if end is not None and end < start:
        end = None
    return start, end, bool(_DATE_ONLY.fullmatch(begins)) or looks_all_day(start, end)


def duration(value: object) -> timedelta | None:
    """ "PT1H30M" as a length of at most 100 days; None for anything else."""
    found = _DURATION.fullmatch(line(value, 30))
    if not found:
        return None
    days, hours, minutes = (int(part or 0) for part in found.groups())
    length = timedelta(days=days, hours=hours, minutes=minutes)
    return length if timedelta() < length <= timedelta(days=100) else None


def days_of(value: object) -> tuple[str, ...]:
    """Weekday codes in the order of the week out of addresses, names, "MO" and "Mo,We" alike."""
    words = [word for item in as_list(value) for word in re.split(r"[,\s]+", line(item, 300))]
    found = {DAY_NAMES.get(re.split("[/#:]", word)[-1].casefold()) for word in words}
    return tuple(code for code in WEEKDAYS if code in found)


def hours(specifications: object, plain: object = None) -> list[dict[str, str]]:
    """Opening hours of the normal week; those of single days of the year are left out."""
    found: list[dict[str, str]] = []
    for one in dicts(specifications):
        if one.get("validFrom") and one.get("validFrom") == one.get("validThrough"):
            continue
        found += _open(days_of(one.get("dayOfWeek")), line(one.get("opens"), 30), line(one.get("closes"), 30))
    for text in as_list(plain):
        for days, opens, closes in _HOURS.findall(line(text, 300)):
            found += _open(_day_range(days), opens, closes)
    return found[:MAX_HOURS]


def _open(days: tuple[str, ...], opens: str, closes: str) -> list[dict[str, str]]:
    begins, ends = parse_clock(opens), parse_clock(closes)
    if begins is None or ends is None or begins == ends:
        return []
    return [{"day": day, "opens": shown(begins), "closes": shown(ends)} for day in days]


def shown(clock: time) -> str:
    """ "9.00"."""
    return f"{clock.hour}.{clock.minute:02}"


def _day_range(text: str) -> tuple[str, ...]:
    """ "Mo-Fr, Su" → the six days."""
    found: set[str] = set()
    for part in text.split(","):
        first, dash, last = (word.strip().casefold() for word in part.partition("-"))
        begin, end = DAY_NAMES.get(first), DAY_NAMES.get(last)
        if begin and end and dash:
            at = WEEKDAYS.index(begin)
            found.update(WEEKDAYS[(at + step) % 7] for step in range((WEEKDAYS.index(end) - at) % 7 + 1))
        elif begin:
            found.add(begin)
    return tuple(code for code in WEEKDAYS if code in found)


def schedules(value: object) -> tuple[ScheduleDraft, ...]:
    """The rhythms of `eventSchedule`; one that does not tell its days, hour or beginning is left out."""
    return tuple(filter(None, map(schedule, dicts(value))))


def schedule(row: dict[str, Any]) -> ScheduleDraft | None:
    """A weekly, daily or monthly rhythm in Finnish time; an open-ended one is given ten years."""
    first, start = _day(row.get("startDate")), parse_clock(line(row.get("startTime"), 30)[:8])
    frequency = _FREQUENCY.fullmatch(_WORDS.get(line(row.get("repeatFrequency"), 30).casefold(), line(row.get("repeatFrequency"), 30)))
    if first is None or start is None or frequency is None or not int(frequency[1]):
        return None
    every, unit = int(frequency[1]), frequency[2]
    if unit == "D" and every not in (1, 7, 14):
        return None
    days = WEEKDAYS if unit == "D" and every == 1 else days_of(row.get("byDay")) or (weekday(first),)
    interval = every // 7 or 1 if unit == "D" else every
    zone = _zone(row.get("scheduleTimezone"))
    return ScheduleDraft(
        days=days,
        start=_in_finland(first, start, zone),
        end=_end(first, start, row, zone),
        first=first,
        until=max(first, _day(row.get("endDate")) or _last(first, days, interval, unit, whole(row.get("repeatCount"), 1, 1000))),
        interval=interval,
        nth=_nth(first, row) if unit == "M" else None,
        exceptions=tuple({"date": day.isoformat(), "status": "cancelled"} for day in map(_day, as_list(row.get("exceptDate"))) if day),
    )


def _end(first: date, start: time, row: dict[str, Any], zone: ZoneInfo) -> time | None:
    told = parse_clock(line(row.get("endTime"), 30)[:8])
    if told is None:
        length = duration(row.get("duration"))
        told = (datetime.combine(first, start) + length).time() if length and length < timedelta(days=1) else None
    return None if told is None else _in_finland(first, told, zone)


def _last(first: date, days: tuple[str, ...], interval: int, unit: str, count: int | None) -> date:
    """The last day of a rhythm that does not tell it."""
    if count is None:
        return date(min(first.year + OPEN_ENDED_YEARS, 9999), 12, 31)
    if unit == "M":
        return first + timedelta(days=31 * interval * (count - 1) + 6)
    turns, place = divmod(count - 1, len(days))
    order = sorted((WEEKDAYS.index(day) - first.weekday()) % 7 for day in days)
    return first + timedelta(days=7 * interval * turns + order[place])


def _nth(first: date, row: dict[str, Any]) -> int:
    """Which one of the month, told or that of the first day."""
    told = whole(row.get("byMonthWeek"), -1, 5)
    return told or (first.day - 1) // 7 + 1


def _day(value: object) -> date | None:
    found = parse_moment(line(value, 64))
    return found.date() if found else None


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(line(name, 60) or ZONE.key)
    except (ValueError, OSError, KeyError):
        return ZONE


def _in_finland(day: date, clock: time, zone: ZoneInfo) -> time:
    return datetime.combine(day, clock, zone).astimezone(ZONE).time().replace(tzinfo=None)
