"""What a list shows of an entry: the entry, its next time and how far it is."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mukana.directory.models import Entry, Occurrence, Place
from mukana.directory.queries.dates import AT_HOME, with_next


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list.  `distance_km` is None when it cannot be known or does not matter."""

    entry: Entry
    next: Occurrence | None = None
    distance_km: float | None = None

    @property
    def place(self) -> Place | None:
        """Where it is: the next time's own place, else the entry's."""
        if self.next is not None and self.next.place is not None:
            return self.next.place
        return self.entry.place

    @property
    def near_enough(self) -> bool:
        """Is the distance that of its municipality, because nobody has told its point?"""
        place = self.place
        return self.entry.lat is None or self.entry.lon is None or (place is not None and place.approximate)

    @property
    def at_home(self) -> bool:
        """Can it be done from home?"""
        return self.entry.form in AT_HOME

    @property
    def step_free(self) -> bool:
        """Is it known that there are no stairs?"""
        own = self.entry.accessibility.get("step_free")
        place = self.place
        return (own or (place.accessibility.get("step_free") if place else "")) == "yes"


def rows(
    ids: Sequence[str | uuid.UUID],
    now: datetime,
    *,
    distances: Mapping[str, float | None] | None = None,
    weekdays: Sequence[str] = (),
    dayparts: Sequence[str] = (),
) -> list[Row]:
    """The published entries of `ids`, in that order; at most three queries.  `distances` is entry id → kilometres."""
    found = with_next(Entry.objects.public().with_facts().filter(pk__in=list(ids)), now, weekdays, dayparts)
    entries = {str(entry.pk): entry for entry in found}
    dates = next_dates(list(entries.values()))
    kilometres = distances or {}
    return [Row(entry, dates.get(entry.pk), kilometres.get(key)) for key in map(str, ids) if (entry := entries.get(key)) is not None]


def next_dates(entries: Sequence[Entry]) -> dict[uuid.UUID, Occurrence]:
    """Entry id → the occurrence that `with_next` found, with its place; at most two queries.

    The entries come `with_facts`: most happenings are at their entry's own place.
    """
    wanted = [next_id for entry in entries if (next_id := getattr(entry, "next_id", None))]
    if not wanted:
        return {}
    found = {occurrence.entry_id: occurrence for occurrence in Occurrence.objects.filter(pk__in=wanted)}
    places = {entry.place_id: entry.place for entry in entries if entry.place is not None}
    elsewhere = {one.place_id for one in found.values() if one.place_id} - places.keys()
    if elsewhere:
        places.update(Place.objects.select_related("municipality").in_bulk(elsewhere))
    for occurrence in found.values():
        if occurrence.place_id:
            occurrence.place = places.get(occurrence.place_id)
    return found
