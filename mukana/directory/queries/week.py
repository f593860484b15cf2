"""Choosing what to show of the coming week: some of each day, the near first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest

from mukana.directory.queries.dates import next_starts
from mukana.directory.queries.rows import Row, rows
from mukana.lib.moments import as_local

DAYS = 7


@dataclass(frozen=True, slots=True)
class Soon:
    """An entry and when it next takes place."""

    entry_id: str
    starts_at: datetime
    distance_km: float | None


def week_of(distances: Mapping[str, float | None], now: datetime, limit: int) -> list[Row]:
    """Rows of at most `limit` of the entries (id → kilometres), chosen before they are read whole; four queries."""
    starts = next_starts(list(distances), now)
    soon = (Soon(entry, starts[entry], km) for entry, km in distances.items() if entry in starts)
    chosen = mixed_week(soon, now, limit)
    return rows([one.entry_id for one in chosen], now, distances=distances)


def mixed_week(soon: Iterable[Soon], now: datetime, limit: int) -> list[Soon]:
    """At most `limit` of what happens within seven days, the nearest of each day in turn, then in order of time.  Pure."""
    days: dict[date, list[Soon]] = {}
    for one in soon:
        if now <= one.starts_at < now + timedelta(days=DAYS):
            days.setdefault(as_local(one.starts_at).date(), []).append(one)
    turns = zip_longest(*(sorted(day, key=_nearness) for _, day in sorted(days.items())))
    return sorted([one for turn in turns for one in turn if one is not None][:limit], key=_start)


def _nearness(one: Soon) -> float:
    return one.distance_km if one.distance_km is not None else 0.0


def _start(one: Soon) -> datetime:
    return one.starts_at
