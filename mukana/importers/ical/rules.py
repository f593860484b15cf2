"""The repetition rule of a calendar (RRULE) as wall clocks, bounded.  Pure.

The wall clock of the event's own zone is what repeats, so a group at 10.00 stays at
10.00 when the clocks turn, and one told in UTC moves by an hour as the standard says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

from mukana.importers.ical.lines import Property
from mukana.importers.ical.times import When, Zones, read_time

MAX_DATES = 1000  # of one event
LONGEST_BOUNDED = timedelta(days=3 * 366)
SHOWN_OF_OVER = timedelta(days=190)  # of a long rule that ended before the window
_FREQUENCIES = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBERS = {"BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYMONTH": 12, "BYSETPOS": 366, "BYHOUR": 23, "BYMINUTE": 59}
_MAY_BE_BELOW_ZERO = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
_MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_IGNORED = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", "BYSECOND", "RSCALE", "SKIP")


class RuleError(ValueError):
    """A rule that can not be followed."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days an endless rule is followed on."""

    first: date
    last: date


def ends_soon(start: When, value: str, zones: Zones) -> bool:
    """Whether all the dates of a rule are told at once, without a window."""
    parts = _parts(value)
    until = _until(parts, start, zones)
    if until is not None:
        return until - start.wall <= LONGEST_BOUNDED
    return parts.get("COUNT", "").isdigit() and int(parts["COUNT"][:9]) <= MAX_DATES


def walls(start: When, value: str, zones: Zones, window: Window) -> list[datetime]:
    """The wall clocks a rule gives.  Raises RuleError."""
    parts = _parts(value)
    until = _until(parts, start, zones)
    if ends_soon(start, value, zones):
        return _first(takewhile(lambda wall: until is None or wall <= until, _rule(start, parts)))
    first = datetime.combine(window.first, time())
    last = datetime.combine(max(window.last, start.wall.date() + SHOWN_OF_OVER), time.max)
    if until is not None and until < first:
        first = until - SHOWN_OF_OVER
    last = min(last, until) if until is not None else last
    return _first(wall for wall in takewhile(lambda wall: wall <= last, _rule(start, parts)) if wall >= first)


def _first(found: Iterator[datetime]) -> list[datetime]:
    return [wall for wall, _ in zip(found, range(MAX_DATES), strict=False)]


def _parts(value: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in value.upper().split(";"))
    return {key.strip(): told.strip() for key, _, told in pairs if told.strip()}


def _until(parts: dict[str, str], start: When, zones: Zones) -> datetime | None:
    """The last possible wall clock; a plain day counts whole."""
    if "UNTIL" not in parts:
        return None
    found = read_time(Property("UNTIL", parts["UNTIL"]), zones, start)
    if found is None:
        return None
    if found.whole_day:
        return datetime.combine(found.wall.date(), time.max)
    return datetime.combine(found.moment.date(), time.max) if start.whole_day else found.wall_in(start)


def _rule(start: When, parts: dict[str, str]) -> rrule:
    if set(parts) - {*_IGNORED, *_NUMBERS}:
        raise RuleError(", ".join(sorted(set(parts) - {*_IGNORED, *_NUMBERS}))[:60])
    if parts.get("FREQ") not in _FREQUENCIES:
        raise RuleError(parts.get("FREQ", "FREQ")[:60])
    numbers = {key.lower(): _numbers(key, parts[key]) for key in _NUMBERS if key in parts}
    _check_days(numbers)
    try:
        return rrule(
            _FREQUENCIES[parts["FREQ"]],
            dtstart=start.wall,
            interval=_count(parts, "INTERVAL", 1),
            count=_count(parts, "COUNT", 0) or None,
            byweekday=_weekdays(parts),
            wkst=_DAYS.index(parts["WKST"]) if parts.get("WKST") in _DAYS else 0,
            **numbers,  # keyed by the rule's own words
        )
    except (ValueError, TypeError) as error:
        raise RuleError(str(error)[:60]) from error


def _weekdays(parts: dict[str, str]) -> list[weekday] | None:
    if "BYDAY" not in parts:
        return None
    told = [_DAY.fullmatch(day.strip()) for day in parts["BYDAY"].split(",")]
    if not all(told):
        raise RuleError("BYDAY")
    counted = parts["FREQ"] in ("MONTHLY", "YEARLY")
    found = [(_DAYS.index(one[2]), int(one[1] or 0)) for one in told if one]
    return [weekday(day, nth if counted and nth else None) for day, nth in found]


def _numbers(key: str, value: str) -> list[int]:
    most = _NUMBERS[key]
    try:
        found = [int(part) for part in value.split(",")[:400]]
    except ValueError as error:
        raise RuleError(key) from error
    lowest = -most if key in _MAY_BE_BELOW_ZERO else 0
    if any(not lowest <= number <= most for number in found):
        raise RuleError(key)
    return found


def _check_days(numbers: dict[str, list[int]]) -> None:
    """The 30th of February never comes, and looking for it would take long."""
    days, months = numbers.get("bymonthday", [1]), numbers.get("bymonth") or list(range(1, 13))
    if not any(0 < abs(day) <= _MONTH_LENGTHS[month - 1] for day in days for month in months if month):
        raise RuleError("BYMONTHDAY")


def _count(parts: dict[str, str], key: str, otherwise: int) -> int:
    if key not in parts:
        return otherwise
    if not (parts[key].isdigit() and 1 <= int(parts[key][:9]) <= 100_000):
        raise RuleError(key)
    return int(parts[key])
