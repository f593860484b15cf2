"""Trying to reach a resident: when somebody counts as unreachable, and when to try next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from mukana.lib.holidays import add_working_days
from mukana.lib.moments import as_local, at_wall
from mukana.referrals.rules.codes import Refused

REACHED = "reached"
ATTEMPTS, DAYS = 3, 3  # at least so many tries on so many days
WITHIN_WD = 15  # and within so many working days
DAYPARTS = {"morning": time(9, 30), "afternoon": time(13), "evening": time(16, 30)}


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt as rules see it."""

    at: datetime
    channel: str
    result: str


def daypart(moment: datetime) -> str:
    """morning before 12, afternoon before 16, else evening."""
    hour = as_local(moment).hour
    return "morning" if hour < 12 else "afternoon" if hour < 16 else "evening"


def check_unreachable(tries: Collection[Try]) -> None:
    """Three tries on three days within fifteen working days, by two channels or at two times of day.

    Raises Refused with what is missing.
    """
    vain = _lately([one for one in tries if one.result != REACHED])
    dates = {as_local(one.at).date() for one in vain}
    ways = {one.channel for one in vain}
    parts = {daypart(one.at) for one in vain}
    if len(vain) < ATTEMPTS:
        raise Refused("too_few_attempts", left=ATTEMPTS - len(vain))
    if len(dates) < DAYS:
        raise Refused("too_few_days", left=DAYS - len(dates))
    if len(ways) < 2 and len(parts) < 2:
        raise Refused("one_way_only")


def _lately(tries: Sequence[Try]) -> list[Try]:
    """Those near enough to the last one: who was called once a month has not been looked for."""
    if not tries:
        return []
    first = add_working_days(as_local(max(one.at for one in tries)).date(), -WITHIN_WD)
    return [one for one in tries if as_local(one.at).date() >= first]


def next_try(tries: Sequence[Try], now: datetime) -> datetime:
    """The next working day, at a part of the day that has been tried least."""
    counts = {part: sum(daypart(one.at) == part for one in tries) for part in DAYPARTS}
    last = daypart(tries[-1].at) if tries else ""
    part = min(DAYPARTS, key=lambda name: (counts[name], name == last, list(DAYPARTS).index(name)))
    day = add_working_days(as_local(now).date(), 1)
    return at_wall(day, DAYPARTS[part])
