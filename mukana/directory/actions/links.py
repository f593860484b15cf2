"""Joining rows that pointed at something that had not come yet."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mukana.directory.actions import changes
from mukana.directory.models import Source, SourceRow


@transaction.atomic
def link_pending(source: Source, now: datetime) -> int:
    """Give entries the place and organisation that arrived after them.  Gives the count of entries joined."""
    waiting = list(source.rows.filter(kind="entry", data__isnull=False, entry__isnull=False).select_related("entry"))
    wanted = {row_id for row in waiting for row_id in _left(row).values()}
    found = {row.row_id: row for row in source.rows.filter(row_id__in=wanted).select_related("place")}
    joined = [row.entry_id for row in waiting if _join(row, found)]
    changes.record([pk for pk in joined if pk is not None], "updated", now)
    return len(joined)


def _join(row: SourceRow, found: dict[str, SourceRow]) -> bool:
    entry = row.entry
    assert entry is not None  # filtered by it
    before = _left(row)
    left = dict(before)
    place = found.get(left.get("place", ""))
    if place is not None and place.place is not None:
        entry.place = place.place
        if entry.lat is None:
            entry.lat, entry.lon = place.place.lat, place.place.lon
        if entry.municipality_id is None:
            entry.municipality_id = place.place.municipality_id
        del left["place"]
    organisation = found.get(left.get("organisation", ""))
    if organisation is not None and organisation.organisation_id is not None:
        entry.organisation_id = organisation.organisation_id
        del left["organisation"]
    if len(left) == len(before):
        return False
    entry.save()
    row.data = left or None
    row.save(update_fields=["data"])
    return True


def _left(row: SourceRow) -> dict[str, str]:
    """What the row still waits for."""
    return row.data or {}
