"""Taking a batch of drafts into the hub: match by provenance, write in bulk, record the changes.

One `Absorber` serves one run of one source.  Everything of a batch is written in
one transaction, so a run that stops half-way has whole batches behind it and
goes on from there: rows already in are recognised by their digest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mukana.directory.actions import changes, occurrences
from mukana.directory.actions.records import entry_of, organisation_of, place_of, words_of_draft
from mukana.directory.actions.terms import Vocabulary, Word, set_terms
from mukana.directory.drafts import Draft, EntryDraft, OrganisationDraft, PlaceDraft
from mukana.directory.models import Entry, Goal, Occurrence, Place, Source, SourceRow
from mukana.organisations.models import Organisation

ENTRY_COLUMNS = [f.name for f in Entry._meta.concrete_fields if f.name not in ("id", "created_at")]
PLACE_COLUMNS = [f.name for f in Place._meta.concrete_fields if f.name != "id"]
ORGANISATION_COLUMNS = [f.name for f in Organisation._meta.concrete_fields if f.name != "id"]


@dataclass(slots=True)
class Arrival:
    """One row of the source on its way in: its provenance row (new or known) and its drafts."""

    row: SourceRow
    drafts: list[Draft]
    fresh: bool


@dataclass(slots=True)
class Batch:
    """What one batch is about to write."""

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


class Absorber:
    """Writes the drafts of one source, batch by batch."""

    def __init__(self, source: Source, now: datetime, *, fictitious: bool = False) -> None:
        self.source = source
        self.now = now
        self.fictitious = fictitious
        self.vocabulary = Vocabulary()
        self._told_series: set[str] = set()
        self._goals = set(Goal.objects.values_list("code", flat=True))

    @transaction.atomic
    def absorb(self, arrivals: Sequence[Arrival]) -> None:
        """Write the batch; on an error nothing of it is written."""
        batch = Batch(arrivals)
        batch.rows = self._related_rows(arrivals) | {arrival.row.row_id: arrival.row for arrival in arrivals}
        for arrival in arrivals:
            for draft in arrival.drafts:
                if isinstance(draft, OrganisationDraft):
                    self._take_organisation(batch, arrival.row, draft)
        self._save_organisations(batch)
        for arrival in arrivals:
            for draft in arrival.drafts:
                if isinstance(draft, PlaceDraft):
                    self._take_place(batch, arrival.row, draft)
        self._save(Place, batch.places, PLACE_COLUMNS)
        self._find_standing(batch)
        for arrival in arrivals:
            for draft in arrival.drafts:
                if isinstance(draft, EntryDraft):
                    self._take_entry(batch, arrival.row, draft)
        self._save_entries(batch)
        self._save_rows(batch)
        self._move_entries_with_places(batch)
        self._record(batch)

    # --- finding what is known -------------------------------------------------

    def _related_rows(self, arrivals: Sequence[Arrival]) -> dict[str, SourceRow]:
        """Provenance rows that the drafts point at."""
        wanted: set[str] = set()
        for arrival in arrivals:
            for draft in arrival.drafts:
                wanted.add(draft.row_id)
                if isinstance(draft, EntryDraft):
                    wanted |= {draft.place, draft.organisation, name_row(draft.organisation), series_row(draft)}
                    wanted |= {occurrence.place for occurrence in draft.occurrences}
                elif isinstance(draft, OrganisationDraft):
                    wanted |= {draft.parent}
        wanted.discard("")
        return {row.row_id: row for row in SourceRow.objects.filter(source=self.source, row_id__in=wanted)}

    def _row(self, batch: Batch, row_id: str, kind: str, like: SourceRow) -> SourceRow:
        """The provenance row of something that is no row of its own (a series, a named organisation)."""
        if row_id not in batch.rows:
            batch.rows[row_id] = SourceRow(source=self.source, row_id=row_id, digest=b"", kind=kind, seen_at=like.seen_at)
        return batch.rows[row_id]

    # --- organisations ---------------------------------------------------------

    def _take_organisation(self, batch: Batch, row: SourceRow, draft: OrganisationDraft) -> None:
        record = organisation_of(draft, row.organisation_id)
        batch.organisations[record.pk] = record
        row.organisation_id = record.pk
        self._licence(row, draft)

    def _save_organisations(self, batch: Batch) -> None:
        self._name_organisations(batch)
        self._save(Organisation, batch.organisations, ORGANISATION_COLUMNS)
        children: list[Organisation] = []
        for arrival in batch.arrivals:
            for draft in arrival.drafts:
                parent = batch.rows.get(draft.parent) if isinstance(draft, OrganisationDraft) and draft.parent else None
                if parent is not None and parent.organisation_id and parent.organisation_id != arrival.row.organisation_id:
                    child = batch.organisations[arrival.row.organisation_id]
                    child.parent_id = parent.organisation_id
                    children.append(child)
        if children:
            Organisation.objects.bulk_update(children, ["parent"])

    def _name_organisations(self, batch: Batch) -> None:
        """An organiser told by name only becomes an organisation of this source, once."""
        for arrival in batch.arrivals:
            for draft in arrival.drafts:
                if isinstance(draft, EntryDraft) and draft.organisation and is_name(draft.organisation):
                    row = self._row(batch, name_row(draft.organisation), "organisation", arrival.row)
                    if row.organisation_id is None:
                        named = OrganisationDraft(
                            row_id=row.row_id, texts={"fi": {"name": draft.organisation}}, municipality=draft.municipality
                        )
                        self._take_organisation(batch, row, named)

    # --- places ----------------------------------------------------------------

    def _take_place(self, batch: Batch, row: SourceRow, draft: PlaceDraft) -> None:
        record = place_of(draft, row.place_id)
        batch.places[record.pk] = record
        row.place_id = record.pk
        self._licence(row, draft)

    def _find_standing(self, batch: Batch) -> None:
        """The places that drafts point at and this batch does not write, in one query."""
        pointed = {row.place_id for row in batch.rows.values() if row.place_id is not None} - batch.places.keys()
        batch.standing = Place.objects.in_bulk(pointed)

    def _move_entries_with_places(self, batch: Batch) -> None:
        """Entries stand where their place stands; a place that moved takes them along."""
        moved = Entry.objects.filter(place_id__in=batch.places).exclude(pk__in=batch.entries)
        for entry in moved.iterator():
            place = batch.places[entry.place_id]  # type: ignore[index]  # filtered by it
            entry.lat, entry.lon, entry.municipality_id = place.lat, place.lon, place.municipality_id
            entry.save(update_fields=["lat", "lon", "municipality"])
            batch.touched.add(entry.pk)

    # --- entries ---------------------------------------------------------------

    def _take_entry(self, batch: Batch, row: SourceRow, draft: EntryDraft) -> None:
        holder = self._row(batch, series_row(draft), "series", row) if draft.series_id else row
        place_row = batch.rows.get(draft.place)
        if holder.entry_id is None or holder.row_id not in self._told_series:
            fresh = holder.entry_id is None
            record = entry_of(draft, holder.entry_id, fictitious=self.fictitious)
            self._place_entry(batch, record, place_row)
            self._organise_entry(batch, record, draft)
            self._give_goal(record, draft)
            batch.entries[record.pk] = record
            batch.words[record.pk] = words_of_draft(draft)
            if fresh:
                batch.fresh.add(record.pk)
            holder.entry_id = record.pk
            self._told_series.add(holder.row_id)
        assert holder.entry_id is not None
        row.entry_id = holder.entry_id
        self._pend(row, draft, batch)
        self._licence(row, draft)
        self._take_dates(batch, draft, holder.entry_id)

    def _place_entry(self, batch: Batch, record: Entry, place_row: SourceRow | None) -> None:
        if place_row is None or place_row.place_id is None:
            return
        place = batch.places.get(place_row.place_id) or batch.standing[place_row.place_id]
        record.place_id = place.pk
        if record.lat is None:
            record.lat, record.lon = place.lat, place.lon
        if record.municipality_id is None:
            record.municipality_id = place.municipality_id
            record.municipality_text = record.municipality_text or place.municipality_text

    def _organise_entry(self, batch: Batch, record: Entry, draft: EntryDraft) -> None:
        row = batch.rows.get(draft.organisation) or batch.rows.get(name_row(draft.organisation))
        if row is not None:
            record.organisation_id = row.organisation_id

    def _give_goal(self, record: Entry, draft: EntryDraft) -> None:
        if draft.goal and draft.goal not in self._goals:
            Goal.objects.get_or_create(code=draft.goal)
            self._goals.add(draft.goal)
        record.goal_id = draft.goal or None

    def _pend(self, row: SourceRow, draft: EntryDraft, batch: Batch) -> None:
        """Remember what the row points at and is not here yet; `link_pending` joins them later."""
        missing = {}
        if draft.place and (draft.place not in batch.rows or batch.rows[draft.place].place_id is None):
            missing["place"] = draft.place
        if draft.organisation and not is_name(draft.organisation) and draft.organisation not in batch.rows:
            missing["organisation"] = draft.organisation
        row.data = missing or None

    def _take_dates(self, batch: Batch, draft: EntryDraft, entry: UUID) -> None:
        if not draft.series_id:
            batch.own[entry] = draft
            return
        batch.given.extend(self._given(batch, entry, draft))

    def _given(self, batch: Batch, entry: UUID, draft: EntryDraft) -> list[Occurrence]:
        rows = batch.rows
        return [occurrences.given(entry, one, rows[one.place].place_id if one.place in rows else None) for one in draft.occurrences]

    # --- writing ---------------------------------------------------------------

    def _save(self, model: type[Place] | type[Organisation] | type[Entry], records: dict[UUID, object], columns: list[str]) -> None:
        if records:
            model.objects.bulk_create(  # type: ignore[attr-defined]
                records.values(), update_conflicts=True, unique_fields=["id"], update_fields=columns, batch_size=200
            )

    def _save_entries(self, batch: Batch) -> None:
        self._save(Entry, batch.entries, ENTRY_COLUMNS)  # type: ignore[arg-type]
        set_terms(batch.words, self.vocabulary, fresh=batch.fresh)
        batch.touched |= batch.entries.keys()
        for entry, draft in batch.own.items():
            self._save_dates(batch, entry, draft)
        occurrences.put(batch.given)
        batch.touched |= {occurrence.entry_id for occurrence in batch.given}

    def _save_dates(self, batch: Batch, entry: UUID, draft: EntryDraft) -> None:
        dates = self._given(batch, entry, draft)
        if draft.schedules:
            dates += occurrences.planned(entry, draft.schedules, self.now.date())
        if entry in batch.fresh:
            batch.given.extend(dates)
        else:
            occurrences.replace(entry, dates)
        if draft.schedules or entry not in batch.fresh:
            occurrences.set_schedules(entry, draft.schedules)

    def _save_rows(self, batch: Batch) -> None:
        fresh = [row for row in batch.rows.values() if row.pk is None]
        known = [row for row in (arrival.row for arrival in batch.arrivals) if row.pk is not None]
        columns = [
            "digest",
            "kind",
            "entry",
            "place",
            "organisation",
            "licence",
            "attribution",
            "data",
            "seen_at",
            "modified_at",
            "absent_since",
        ]
        if known:
            SourceRow.objects.bulk_update(known, columns, batch_size=200)
        SourceRow.objects.bulk_create(fresh, batch_size=500)

    def _record(self, batch: Batch) -> None:
        changes.record(sorted(batch.touched & batch.fresh), "created", self.now)
        changes.record(sorted(batch.touched - batch.fresh), "updated", self.now)

    def _licence(self, row: SourceRow, draft: Draft) -> None:
        row.licence = draft.licence or self.source.licence
        row.attribution = draft.attribution or self.source.attribution


def series_row(draft: EntryDraft) -> str:
    """The provenance key of a series, kept apart from the keys of its rows."""
    return f"series:{draft.series_id}" if draft.series_id else ""


def name_row(name: str) -> str:
    """The provenance key of an organisation known by name only."""
    return f"name:{name.strip().casefold()}"[:200] if name else ""


def is_name(text: str) -> bool:
    """Is this an organiser's name rather than an id?  Names have a space or a capital and no digits."""
    return ":" not in text and not any(letter.isdigit() for letter in text) and (" " in text or text[:1].isupper())
