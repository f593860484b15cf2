"""The one engine that turns a rhythm into dated happenings; pure and bounded.

Weeks are counted from the week of the rhythm's first day, months from its month.
The wall clock is what repeats: a group at 10.00 stays at 10.00 when the clocks turn.
An exception speaks of one day by its date:
* `{"date": …, "status": "cancelled", "reason": {"fi": …}}` — does not take place;
* with `"start"`, `"end"` ("17.00") or `"new_date"` — takes place then ("rescheduled");
* `{"date": …, "status": "scheduled"}` — takes place although it is a holiday, or is
  an extra day when the rhythm does not have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from mukana.lib.holidays import holiday
from mukana.lib.moments import WEEKDAYS, at_wall

MAX_WINDOW_DAYS = 3660
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})(?::\d{2})?")


class RhythmError(ValueError):
    """A rhythm that cannot be followed; `code` says what is wrong with it."""

    def __init__(self, code: str, value: object) -> None:
        super().__init__(f"{code}: {value!r}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A weekly rhythm, or a monthly one when `nth` is given (1 … 5, -1 = last).

    `until` is the last possible day.  An `end` not after `start` is on the next day.
    """

    days: tuple[str, ...]
    start: time
    end: time | None
    first: date
    until: date
    interval: int = 1
    nth: int | None = None
    holidays: str = "skip"
    exceptions: tuple[Mapping[str, Any], ...] = ()


def rhythm_of(schedule: object) -> Rhythm:
    """The rhythm of anything with the same fields: a draft or a stored schedule."""
    return Rhythm(**{name: getattr(schedule, name) for name in Rhythm.__dataclass_fields__})


def days_off(exceptions: Iterable[Mapping[str, Any]]) -> list[date]:
    """The days on which a rhythm does not meet, of its exceptions."""
    return [date.fromisoformat(one["date"]) for one in exceptions if one.get("status") == "cancelled"]


@dataclass(frozen=True, slots=True)
class Instance:
    """One happening.  `original_date` is the rhythm's own day and names it for good."""

    starts_at: datetime
    ends_at: datetime | None
    original_date: date
    status: str = "scheduled"
    reason: dict[str, str] = field(default_factory=dict)


def instances(rhythm: Rhythm, window_first: date, window_last: date) -> Iterator[Instance]:
    """The happenings that begin on the days of the window (both ends included), in order.

    Skipped holidays come as cancelled, the holiday's name as the reason.  Raises
    RhythmError for a rhythm or a window (over 3660 days) that cannot be followed.
    """
    _check(rhythm, window_first, window_last)
    exceptions = {_date(row["date"]): row for row in rhythm.exceptions}
    days = set(_rhythm_days(rhythm, window_first, window_last))
    days.update(day for day, row in exceptions.items() if _stands(rhythm, day, row))
    found = [_instance(rhythm, day, exceptions.get(day)) for day in days]
    inside = [one for one in found if window_first <= one.starts_at.date() <= window_last]
    yield from sorted(inside, key=lambda one: (one.starts_at, one.original_date))


def parse_clock(value: object) -> time | None:
    """Read a time of day: "17.00", "9:30", a `time`; None when it is none."""
    if isinstance(value, time):
        return value
    match = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return time(int(match[1]), int(match[2]))


def _check(rhythm: Rhythm, window_first: date, window_last: date) -> None:
    if not rhythm.days or any(code not in WEEKDAYS for code in rhythm.days):
        raise RhythmError("unknown_day", rhythm.days)
    if rhythm.interval < 1:
        raise RhythmError("bad_interval", rhythm.interval)
    if rhythm.nth not in (None, -1, 1, 2, 3, 4, 5):
        raise RhythmError("bad_nth", rhythm.nth)
    if rhythm.holidays not in ("skip", "keep"):
        raise RhythmError("bad_holidays", rhythm.holidays)
    if (window_last - window_first).days > MAX_WINDOW_DAYS:
        raise RhythmError("window_too_long", (window_first, window_last))


def _rhythm_days(rhythm: Rhythm, window_first: date, window_last: date) -> Iterator[date]:
    day = max(rhythm.first, window_first)
    last = min(rhythm.until, window_last)
    while day <= last:
        if _is_rhythm_day(rhythm, day):
            yield day
        day += timedelta(days=1)


def _is_rhythm_day(rhythm: Rhythm, day: date) -> bool:
    if not rhythm.first <= day <= rhythm.until or WEEKDAYS[day.weekday()] not in rhythm.days:
        return False
    if rhythm.nth is None:
        first_monday = rhythm.first - timedelta(days=rhythm.first.weekday())
        return ((day - first_monday).days // 7) % rhythm.interval == 0
    months = (day.year - rhythm.first.year) * 12 + day.month - rhythm.first.month
    return months % rhythm.interval == 0 and _is_nth(day, rhythm.nth)


def _is_nth(day: date, nth: int) -> bool:
    if nth == -1:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == nth


def _stands(rhythm: Rhythm, day: date, row: Mapping[str, Any]) -> bool:
    """An exception counts when the rhythm has its day or when it is an extra one."""
    return row.get("status") == "scheduled" or _is_rhythm_day(rhythm, day)


def _instance(rhythm: Rhythm, day: date, row: Mapping[str, Any] | None) -> Instance:
    if row is None:
        off = holiday(day) if rhythm.holidays == "skip" else None
        if off:
            return Instance(*_span(day, rhythm.start, rhythm.end), day, "cancelled", dict(off.names))
        return Instance(*_span(day, rhythm.start, rhythm.end), day)
    start = parse_clock(row.get("start")) or rhythm.start
    end = parse_clock(row.get("end")) or _moved_end(rhythm, start)
    held_on = _date(row["new_date"]) if row.get("new_date") else day
    return Instance(*_span(held_on, start, end), day, _status(row), dict(row.get("reason") or {}))


def _status(row: Mapping[str, Any]) -> str:
    moved = any(row.get(key) for key in ("start", "end", "new_date"))
    return str(row.get("status") or ("rescheduled" if moved else "cancelled"))


def _moved_end(rhythm: Rhythm, start: time) -> time | None:
    """A moved happening lasts as long as the others when its end is not told."""
    if rhythm.end is None or start == rhythm.start:
        return rhythm.end
    some_day = date(2026, 1, 1)
    length = datetime.combine(some_day, rhythm.end) - datetime.combine(some_day, rhythm.start)
    return (datetime.combine(some_day, start) + length).time()


def _span(day: date, start: time, end: time | None) -> tuple[datetime, datetime | None]:
    starts_at = at_wall(day, start)
    if end is None:
        return starts_at, None
    ends_on = day if end > start else day + timedelta(days=1)
    ends_at = at_wall(ends_on, end)
    if ends_at <= starts_at:  # the missing hour of March pushed the start past the end
        ends_at = starts_at + (datetime.combine(ends_on, end) - datetime.combine(day, start))
    return starts_at, ends_at


def _date(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise RhythmError("bad_date", value) from error
