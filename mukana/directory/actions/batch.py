"""What one batch of drafts is about to write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from mukana.directory.actions.terms import Word
from mukana.directory.drafts import Draft, EntryDraft, OrganisationDraft
from mukana.directory.models import Entry, Occurrence, Place, Source, SourceRow
from mukana.organisations.models import Organisation

Kind = TypeVar("Kind")


@dataclass(slots=True)
class Arrival:
    """One row of the source on its way in: its provenance row (new or known) and its drafts."""

    row: SourceRow
    drafts: list[Draft]
    fresh: bool


@dataclass(slots=True)
class Batch:
    """Records by id, gathered from the drafts before anything is written."""

    source: Source
    arrivals: Sequence[Arrival]
    rows: dict[str, SourceRow] = field(default_factory=dict)
    organisations: dict[UUID, Organisation] = field(default_factory=dict)
    places: dict[UUID, Place] = field(default_factory=dict)  # written by this batch
    standing: dict[UUID, Place] = field(default_factory=dict)  # there already, pointed at
    entries: dict[UUID, Entry] = field(default_factory=dict)
    words: dict[UUID, set[Word]] = field(default_factory=dict)
    given: list[Occurrence] = field(default_factory=list)
    own: dict[UUID, EntryDraft] = field(default_factory=dict)  # entries whose draft tells all their dates
    fresh: set[UUID] = field(default_factory=set)
    touched: set[UUID] = field(default_factory=set)

    def drafts(self, kind: type[Kind]) -> list[tuple[SourceRow, Kind]]:
        """The drafts of one kind, each with its row."""
        return [(arrival.row, draft) for arrival in self.arrivals for draft in arrival.drafts if isinstance(draft, kind)]

    def find_rows(self) -> None:
        """Fetch the provenance rows that the drafts point at, in one query."""
        wanted = {name for arrival in self.arrivals for draft in arrival.drafts for name in pointed_at(draft)} - {""}
        self.rows = {row.row_id: row for row in SourceRow.objects.filter(source=self.source, row_id__in=wanted)}
        self.rows |= {arrival.row.row_id: arrival.row for arrival in self.arrivals}

    def row(self, row_id: str, kind: str, like: SourceRow) -> SourceRow:
        """The provenance row of something that is no row of its own (a series, a named organisation)."""
        if row_id not in self.rows:
            self.rows[row_id] = SourceRow(source=self.source, row_id=row_id, digest=b"", kind=kind, seen_at=like.seen_at)
        return self.rows[row_id]

    def place(self, row_id: str) -> Place | None:
        """The place a row became, written now or before."""
        row = self.rows.get(row_id)
        if row is None or row.place_id is None:
            return None
        return self.places.get(row.place_id) or self.standing[row.place_id]


def pointed_at(draft: Draft) -> set[str]:
    """Provenance keys a draft speaks of, its own among them."""
    if isinstance(draft, EntryDraft):
        places = {occurrence.place for occurrence in draft.occurrences}
        return {draft.row_id, draft.place, draft.organisation, name_row(draft.organisation), series_row(draft), *places}
    return {draft.row_id, draft.parent} if isinstance(draft, OrganisationDraft) else {draft.row_id}


def series_row(draft: EntryDraft) -> str:
    """The provenance key of a series, kept apart from the keys of its rows."""
    return f"series:{draft.series_id}" if draft.series_id else ""


def name_row(name: str) -> str:
    """The provenance key of an organisation known by name only."""
    return f"name:{name.strip().casefold()}"[:200] if name else ""


def is_name(text: str) -> bool:
    """Is this an organiser's name rather than an id?  Names have a space or a capital and no digits."""
    return ":" not in text and not any(letter.isdigit() for letter in text) and (" " in text or text[:1].isupper())
