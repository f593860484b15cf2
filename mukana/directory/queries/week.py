"""Choosing what to show of the coming week: some of each day, the near first.  Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import zip_longest

from mukana.directory.queries.rows import Row
from mukana.lib.moments import as_local

DAYS = 7


def mixed_week(rows: Iterable[Row], now: datetime, limit: int) -> list[Row]:
    """At most `limit` of what happens within seven days, the nearest of each day in turn, then in order of time."""
    days: dict[date, list[Row]] = {}
    for row in rows:
        if row.next is not None and not row.at_home and now <= row.next.starts_at < now + timedelta(days=DAYS):
            days.setdefault(as_local(row.next.starts_at).date(), []).append(row)
    turns = zip_longest(*(sorted(day, key=_nearness) for _, day in sorted(days.items())))
    chosen = [row for turn in turns for row in turn if row is not None][:limit]
    return sorted(chosen, key=lambda row: row.next.starts_at if row.next else now)


def _nearness(row: Row) -> float:
    return row.distance_km if row.distance_km is not None else 0.0
