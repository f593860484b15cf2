"""What happens at a place, and what an organiser arranges."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from mukana.directory.models import Entry, EntryQuery, Photograph, Place, SourceRow
from mukana.directory.queries.dates import with_next
from mukana.directory.queries.photographs import pictures_of_place
from mukana.directory.queries.rows import Row, next_dates
from mukana.organisations.models import Organisation

LISTED = 50


@dataclass(frozen=True, slots=True)
class PlacePage:
    """`more`: there are others than the rows shown."""

    place: Place
    rows: list[Row]
    more: bool
    source_rows: list[SourceRow]
    pictures: list[Photograph]


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    organisation: Organisation
    rows: list[Row]
    more: bool
    source_rows: list[SourceRow]


def place_page(place_id: uuid.UUID, now: datetime) -> PlacePage:
    """Raises Place.DoesNotExist."""
    place = Place.objects.select_related("municipality").get(pk=place_id)
    rows, more = _rows(Entry.objects.public().filter(place=place), now)
    return PlacePage(place, rows, more, list(place.source_rows.select_related("source")[:4]), pictures_of_place(place))


def organisation_page(organisation_id: uuid.UUID, now: datetime) -> OrganisationPage:
    """Raises Organisation.DoesNotExist."""
    organisation = Organisation.objects.select_related("municipality", "parent").get(pk=organisation_id)
    rows, more = _rows(Entry.objects.public().filter(organisation=organisation), now)
    return OrganisationPage(
        organisation, rows, more, list(SourceRow.objects.filter(organisation=organisation).select_related("source")[:4])
    )


def _rows(entries: EntryQuery, now: datetime) -> tuple[list[Row], bool]:
    found = list(with_next(entries.with_facts(), now)[: LISTED + 1])
    dates = next_dates(found)
    rows = [Row(entry, dates.get(entry.pk)) for entry in found[:LISTED]]
    rows.sort(key=lambda row: (row.next is None, row.next.starts_at if row.next else now))
    return rows, len(found) > LISTED
