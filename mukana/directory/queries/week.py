"""What happens soon: the coming week nearby, and what can be joined from home today."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest

from mukana.directory.models import Entry, Occurrence
from mukana.directory.queries.rows import Row
from mukana.lib.geo import box_around, haversine_km
from mukana.lib.moments import as_local

SCANNED = 600  # happenings looked at; in a dense area they may cover only the first days
NEAR_KM = (25.0, 80.0)
ENOUGH = 3
Point = tuple[float, float]  # lat, lon


@dataclass(frozen=True, slots=True)
class Near:
    """A happening nearby: what is needed for choosing, before anything is fetched whole."""

    occurrence: uuid.UUID
    entry: uuid.UUID
    day: date
    km: float


def this_week(now: datetime, origin: Point | None, limit: int = 6) -> list[Row]:
    """At most `limit` happenings of the next seven days in order of time, an entry once, days mixed, the near first."""
    found: list[Near] = []
    for reach in NEAR_KM if origin else (None,):
        found = _chosen(_nearby(now, origin, reach), limit)
        if len(found) >= ENOUGH:
            break
    return _rows(found)


def from_home_today(now: datetime) -> Row | None:
    """The next happening of today that is joined together from home."""
    evening = as_local(now).replace(hour=23, minute=59, second=59)
    occurrence = (
        Occurrence.objects.filter(
            starts_at__gte=now, starts_at__lte=evening, status="scheduled", entry__form="remote_together", entry__status="published"
        )
        .select_related("entry")
        .order_by("starts_at")
        .first()
    )
    return Row(occurrence.entry, occurrence) if occurrence else None


def video_for_home() -> Entry | None:
    """A video that can be done at home at any time."""
    return Entry.objects.public().filter(form="video_home").order_by("-updated_at").first()


def _nearby(now: datetime, origin: Point | None, reach: float | None) -> Iterator[Near]:
    happenings = Occurrence.objects.filter(
        starts_at__gte=now, starts_at__lt=now + timedelta(days=7), status__in=("scheduled", "rescheduled"), entry__status="published"
    ).exclude(entry__form__in=("remote_together", "video_home"))
    if origin is not None and reach is not None:
        south, west, north, east = box_around(*origin, reach)
        happenings = happenings.filter(entry__lat__range=(south, north), entry__lon__range=(west, east))
    wanted = happenings.order_by("starts_at", "id").values_list("pk", "entry_id", "starts_at", "entry__lat", "entry__lon")
    for pk, entry, starts_at, lat, lon in wanted[:SCANNED]:
        km = haversine_km(*origin, lat, lon) if origin and lat is not None and lon is not None else 0.0
        yield Near(pk, entry, as_local(starts_at).date(), km)


def _chosen(found: Iterable[Near], limit: int) -> list[Near]:
    """The nearest of each day in turn, an entry once."""
    days: dict[date, list[Near]] = {}
    for one in found:
        days.setdefault(one.day, []).append(one)
    turns = zip_longest(*(sorted(day, key=lambda one: one.km) for day in days.values()))
    once: dict[uuid.UUID, Near] = {}
    for one in (one for turn in turns for one in turn if one is not None):
        once.setdefault(one.entry, one)
    return list(once.values())[:limit]


def _rows(found: list[Near]) -> list[Row]:
    km = {one.occurrence: one.km for one in found}
    occurrences = (
        Occurrence.objects.filter(pk__in=km)
        .select_related("place", "entry__place__municipality", "entry__organisation", "entry__municipality")
        .order_by("starts_at", "id")
    )
    return [Row(occurrence.entry, occurrence, km[occurrence.pk] or None) for occurrence in occurrences]
