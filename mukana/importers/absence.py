"""Rows that a whole read of a scheduled source did not bring: marked, and taken away by the stated rules.

Only for sources that are fetched regularly and give all they have; a table sent once, or a feed of
changes, never takes anything away by leaving it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from mukana.audit.actions import record
from mukana.directory.actions import changes
from mukana.directory.models import Entry, Occurrence, Source, SourceRow
from mukana.importers.rules import Missing, fate, has_shrunk

VOUCHED_FOR = timedelta(days=183)  # a keeper's own confirmation holds so long against a missing row


@dataclass(slots=True)
class Absence:
    """What was found: rows by their fate, and `shrunk` when nothing was done because far too much was missing."""

    held: int = 0
    missing: int = 0
    shrunk: bool = False
    fates: dict[str, list[SourceRow]] = field(default_factory=dict)

    def count(self, name: str) -> int:
        """How many rows had this fate."""
        return len(self.fates.get(name, []))


@transaction.atomic
def take_note(source: Source, read_at: datetime, *, accept_smaller: bool = False) -> Absence:
    """Compare what stood before with what the read begun at `read_at` brought, and act on it.

    Everything read is marked `seen_at` ≥ `read_at` already.  With `accept_smaller` a person has said
    that the source really is this small now.
    """
    rows = SourceRow.objects.filter(source=source, kind__in=("entry", "place", "organisation")).exclude(digest=b"")
    missing = list(_described(rows.filter(seen_at__lt=read_at), source, read_at))
    lost = [(row, told) for row, told in missing if fate(told, read_at) != "passed"]
    found = Absence(held=rows.filter(seen_at__gte=read_at).count() + len(lost), missing=len(lost))
    if has_shrunk(found.held, found.missing) and not accept_smaller:
        found.shrunk = True
        return found
    for row, told in missing:
        found.fates.setdefault(fate(told, read_at), []).append(row)
    _act(source, found, read_at)
    return found


def _described(rows: QuerySet[SourceRow], source: Source, at: datetime) -> Iterable[tuple[SourceRow, Missing]]:
    others = SourceRow.objects.filter(entry=OuterRef("entry"), seen_at__gte=at).exclude(pk=OuterRef("pk")).exclude(digest=b"")
    dates = Occurrence.objects.filter(entry=OuterRef("entry"))
    ahead = dates.filter(Q(starts_at__gte=at) | Q(ends_at__gte=at))
    told = rows.select_related("entry").annotate(
        others=Exists(others), has_dates=Exists(dates), comes=Exists(ahead), own_comes=Exists(ahead.filter(row_id=OuterRef("row_id")))
    )
    for row in told.iterator(chunk_size=2000):
        comes = row.own_comes if row.others else row.comes
        yield row, Missing(row.absent_since, row.others, row.has_dates, comes, _vouched(row.entry, at))


def _vouched(entry: Entry | None, at: datetime) -> bool:
    return entry is not None and entry.reviewed_on is not None and at.date() - entry.reviewed_on <= VOUCHED_FOR


def _act(source: Source, found: Absence, at: datetime) -> None:
    first = [row.pk for row in found.fates.get("waits", []) if row.absent_since is None]
    SourceRow.objects.filter(pk__in=first).update(absent_since=at)
    shortened = _take_dates(found.fates.get("shortened", []), at)
    withdrawn = _entries(found.fates.get("withdrawn", []))
    Entry.objects.filter(pk__in=withdrawn).update(status="withdrawn", updated_at=at)
    Entry.objects.filter(pk__in=_entries(found.fates.get("doubted", [])), doubted_on=None).update(doubted_on=at.date())
    if withdrawn or shortened:
        record("took away what the source no longer has", f"directory.Source:{source.key}", by="system", entries=len(withdrawn))
    changes.record(sorted(shortened - withdrawn), "updated", at)
    changes.record(sorted(withdrawn), "removed", at)


def _take_dates(rows: list[SourceRow], at: datetime) -> set[UUID]:
    """Remove the coming happenings of rows that a series has lost."""
    touched = set()
    for row in rows:
        if row.entry_id and Occurrence.objects.filter(entry_id=row.entry_id, row_id=row.row_id, starts_at__gte=at).delete()[0]:
            touched.add(row.entry_id)
    return touched


def _entries(rows: list[SourceRow]) -> set[UUID]:
    found = {row.entry_id for row in rows if row.entry_id is not None}
    return set(Entry.objects.filter(pk__in=found, status="published").values_list("pk", flat=True))
