"""Moments: Helsinki wall clock, and reading times the way sources really write them.

Two rules for the nights when the clock is turned:
* a wall time that does not exist (March, 3.00–3.59) moves forward by the missing hour;
* a wall time that exists twice (October, 3.00–3.59) means the first one, summer time.
Python never finds such a moment equal to one of another zone: compare it in UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Helsinki")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIRST_YEAR, LAST_YEAR = 1900, 2199  # outside these a source means "no date"

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_FINNISH = re.compile(
    r"(?:\w{2,12}\.? )?(\d{1,2})\.(\d{1,2})\.(\d{4})"
    r"(?:,?\s*(?:klo\.?|kl\.?)?\s*(\d{1,2})[.:](\d{2}))?"
)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?:\s+(\d{1,2}):(\d{2})(?::\d{2})?)?")
_ENGLISH = re.compile(r"([a-z]{3,9})\.? (\d{1,2}),? (\d{4})", re.IGNORECASE)


def weekday(day: date) -> str:
    """The code of a day of the week, "mon" … "sun"."""
    return WEEKDAYS[day.weekday()]


def at_wall(day: date, wall: time) -> datetime:
    """The aware moment when a Finnish clock shows `wall` on `day` (rules above)."""
    naive = datetime.combine(day, wall.replace(tzinfo=None, fold=0))
    return naive.replace(tzinfo=ZONE).astimezone(UTC).astimezone(ZONE)


def as_local(moment: datetime) -> datetime:
    """The same moment in Helsinki time; a naive one is read as a Finnish wall clock."""
    if moment.tzinfo is None:
        return at_wall(moment.date(), moment.time())
    return moment.astimezone(ZONE)


def parse_moment(value: object) -> datetime | None:
    """Read a moment from a source; None when there is none to be read.

    Takes ISO 8601 with Z or an offset, naive local times, plain dates (midnight in
    Finland), "24.12.2015 klo 18.00", "12/24/15" (the American order, unless its first
    number cannot be a month) and "January 05, 2014".  Years outside 1900–2199 are the
    fillers of data systems ("0001-01-01") and give None.
    """
    if isinstance(value, datetime):
        return _within(value)
    if isinstance(value, date):
        return _within(datetime.combine(value, time()))
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())
    if not 6 <= len(text) <= 64:
        return None
    try:
        found = _from_iso(text) or _from_finnish(text) or _from_slashed(text) or _from_english(text)
    except ValueError:  # digits in the right shape that are no date: 31.2.2026
        return None
    return _within(found) if found else None


def looks_all_day(starts_at: datetime, ends_at: datetime | None) -> bool:
    """Whether a happening was given as days: from a Finnish midnight to another or to 23.59.

    Calendars that know only UTC send such a day as 21:00Z or 22:00Z of the day before.
    """
    start = as_local(starts_at)
    if start.time() != time():
        return False
    if ends_at is None:
        return True
    end = as_local(ends_at)
    return end.time() == time() or (end.hour, end.minute) == (23, 59)


def all_day_span(starts_at: datetime, ends_at: datetime | None) -> tuple[date, date]:
    """First and last day of an all-day happening; an end at midnight is not part of it."""
    first = as_local(starts_at).date()
    if ends_at is None:
        return first, first
    last = (as_local(ends_at) - timedelta(microseconds=1)).date()
    return first, max(first, last)


def _within(moment: datetime) -> datetime | None:
    return as_local(moment) if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _wall(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return at_wall(date(year, month, day), time(hour, minute))


def _from_iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _from_finnish(text: str) -> datetime | None:
    match = _FINNISH.fullmatch(text)
    if not match:
        return None
    day, month, year, hour, minute = (int(part or 0) for part in match.groups())
    return _wall(year, month, day, hour, minute)


def _from_slashed(text: str) -> datetime | None:
    match = _SLASHED.fullmatch(text)
    if not match:
        return None
    month, day, year, hour, minute = (int(part or 0) for part in match.groups())
    if month > 12:
        month, day = day, month
    return _wall(year + 2000 if year < 100 else year, month, day, hour, minute)


def _from_english(text: str) -> datetime | None:
    match = _ENGLISH.fullmatch(text)
    if not match:
        return None
    name, day, year = match.groups()
    month = next((n for n, full in enumerate(_MONTHS, 1) if full.startswith(name.lower())), 0)
    return _wall(int(year), month, int(day)) if month else None
