"""Many people live in several regions: each region is a play of its own, and regions are played side by side."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import connection, transaction

from mukana.lib.forks import MOST, each_forked, in_memory
from mukana.referrals.queries.funnel import Funnel
from mukana.referrals.simulation.ledger import Broken
from mukana.referrals.simulation.play import AFTER, DAYS, Played, play

REGION = 5_000  # people at most
_APART = 1_000_003  # between the seeds of regions


@dataclass(frozen=True, slots=True)
class Region:
    """One play."""

    people: int
    seed: int
    days: int
    after: int


def play_regions(people: int, seed: int, days: int = DAYS, after: int = AFTER) -> Played:
    """The plays of as many regions as the people need, told as one.  The same seed gives the same story.  Raises Broken."""
    count = max(1, -(-people // REGION))
    sizes = [people // count + (number < people % count) for number in range(count)]
    regions = [Region(size, seed + _APART * number, days, after) for number, size in enumerate(sizes)]
    told = _side_by_side(regions) if count > 1 and _can_fork() else [_rolled_back(region) for region in regions]
    return told[0] if count == 1 else _as_one(told)


def _can_fork() -> bool:
    """A database in the process's own memory is copied with the process, so that each region has its own."""
    return in_memory() and sys.platform == "linux" and threading.active_count() == 1 and not connection.in_atomic_block


def _side_by_side(regions: Sequence[Region]) -> list[Played]:
    found: list[Played] = []
    for first in range(0, len(regions), MOST):
        for told in each_forked(_told, regions[first : first + MOST]):
            if isinstance(told, str):
                raise Broken(told)
            found.append(told)
    return found


def _told(region: Region) -> Played | str:
    """In a process of its own: the words of what broke are sent instead of the error."""
    try:
        return play(region.people, region.seed, days=region.days, after=region.after)
    except Broken as broken:
        return str(broken)


def _rolled_back(region: Region) -> Played:
    """The next region begins with nothing of this one."""
    with transaction.atomic():
        played = play(region.people, region.seed, days=region.days, after=region.after)
        transaction.set_rollback(True)
    return played


def _as_one(told: Sequence[Played]) -> Played:
    return Played(
        _sum([one.told for one in told]),
        _sum([one.counted for one in told]),
        sum(one.open_left for one in told),
        sum(one.ticks for one in told),
        sum(one.deeds for one in told),
        sum(one.refused for one in told),
        sum(one.chains_broken for one in told),
    )


def _sum(funnels: Sequence[Funnel]) -> Funnel:
    rows = [asdict(one) for one in funnels]
    return Funnel(**{stage: sum(row[stage] for row in rows) for stage in rows[0]})
