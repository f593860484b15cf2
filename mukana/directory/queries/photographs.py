"""Pictures to show, and things to give a picture to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from mukana.directory.models import Entry, Photograph, PhotographFile, Place

FOUND = 20


@dataclass(frozen=True, slots=True)
class Pictures:
    """What a page shows: the entry's own, and those of its place."""

    own: list[Photograph]
    of_place: list[Photograph]


def pictures_of(entry: Entry, place: Place | None) -> Pictures:
    """The ready pictures of an entry and of where it is, in one query."""
    mine = Q(entry=entry) if place is None else Q(entry=entry) | Q(place=place)
    ready = list(Photograph.objects.filter(mine, state="ready"))
    return Pictures([one for one in ready if one.entry_id], [one for one in ready if one.place_id])


def pictures_of_place(place: Place) -> list[Photograph]:
    """The ready pictures of a place."""
    return list(place.photographs.filter(state="ready"))


def picture_file(photograph: UUID, size: str) -> PhotographFile | None:
    """One size of a picture that anybody may see: ready, and of a place or of an entry that is public."""
    shown = Q(photograph__place__isnull=False) | Q(photograph__entry__in=Entry.objects.public())
    return PhotographFile.objects.filter(shown, photograph=photograph, size=size, photograph__state="ready").first()


def things_named(words: str) -> tuple[list[Entry], list[Place]]:
    """Public entries and places whose Finnish name holds the words."""
    if len(words.strip()) < 2:
        return [], []
    entries = Entry.objects.public().filter(texts__fi__name__icontains=words.strip()).select_related("municipality")
    places = Place.objects.filter(texts__fi__name__icontains=words.strip()).select_related("municipality")
    return list(entries.order_by("pk")[:FOUND]), list(places.order_by("pk")[:FOUND])
