"""Taking a batch of drafts into the hub: match by provenance, write in bulk, record the changes.

One `Absorber` serves one run of one source.  Everything of a batch is written in
one transaction, so a run that stops half-way has whole batches behind it and
goes on from there: rows already in are recognised by their digest.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from mukana.directory.actions import changes, keeping, occurrences
from mukana.directory.actions.batch import Arrival, Batch, is_name, name_row, series_row
from mukana.directory.actions.records import entry_of, organisation_of, place_of, words_of_draft
from mukana.directory.actions.terms import Vocabulary, set_terms
from mukana.directory.drafts import EntryDraft, OrganisationDraft, PlaceDraft, WithdrawnDraft
from mukana.directory.models import Entry, Goal, Occurrence, Place, Source, SourceRow
from mukana.lib.ids import stable_id
from mukana.organisations.models import Organisation

ROW_COLUMNS = [
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
    "run",
]


class Absorber:
    """Writes the drafts of one source, batch by batch."""

    def __init__(self, source: Source, now: datetime, *, fictitious: bool = False) -> None:
        self.source = source
        self.now = now
        self.fictitious = fictitious
        self.vocabulary = Vocabulary()
        self._told_by: dict[str, str] = {}  # series → the row that told its entry in this run
        self._goals = set(Goal.objects.values_list("code", flat=True))

    @transaction.atomic
    def absorb(self, arrivals: Sequence[Arrival]) -> None:
        """Write the batch; on an error nothing of it is written."""
        batch = Batch(self.source, arrivals)
        batch.find_rows()
        self._take_organisations(batch)
        self._take_places(batch)
        for row, draft in batch.drafts(EntryDraft):
            self._take_entry(batch, row, draft)
        self._save_entries(batch)
        self._withdraw(batch)
        self._save_rows(batch)
        self._move_entries_with_places(batch)
        self._touch_entries_of_organisations(batch)
        changes.record(sorted(batch.touched & batch.fresh), "created", self.now)
        changes.record(sorted(batch.touched - batch.fresh), "updated", self.now)

    # --- organisations ---------------------------------------------------------

    def _take_organisations(self, batch: Batch) -> None:
        for row, draft in batch.drafts(OrganisationDraft):
            self._take_organisation(batch, row, draft)
        for row, entry in batch.drafts(EntryDraft):
            self._name_organisation(batch, row, entry)
        _save(Organisation, batch.organisations.values())
        self._join_parents(batch)

    def _take_organisation(self, batch: Batch, row: SourceRow, draft: OrganisationDraft) -> None:
        record = organisation_of(draft, row.organisation_id or _made_of(row))
        batch.organisations[record.pk] = record
        row.organisation_id = record.pk
        self._licence(row, draft)

    def _name_organisation(self, batch: Batch, like: SourceRow, draft: EntryDraft) -> None:
        """An organiser told by name only becomes an organisation of this source, once."""
        if not draft.organisation or not is_name(draft.organisation):
            return
        row = batch.row(name_row(draft.organisation), "organisation", like)
        if row.organisation_id is None:
            texts = {"fi": {"name": draft.organisation}}
            self._take_organisation(batch, row, OrganisationDraft(row.row_id, texts, municipality=draft.municipality))

    def _join_parents(self, batch: Batch) -> None:
        children = []
        for row, draft in batch.drafts(OrganisationDraft):
            parent = batch.rows.get(draft.parent) if draft.parent else None
            if parent is not None and parent.organisation_id and row.organisation_id and parent.organisation_id != row.organisation_id:
                child = batch.organisations[row.organisation_id]
                child.parent_id = parent.organisation_id
                children.append(child)
        Organisation.objects.bulk_update(children, ["parent"])

    # --- places ----------------------------------------------------------------

    def _take_places(self, batch: Batch) -> None:
        for row, draft in batch.drafts(PlaceDraft):
            record = place_of(draft, row.place_id or _made_of(row))
            batch.places[record.pk] = record
            row.place_id = record.pk
            self._licence(row, draft)
        _save(Place, batch.places.values())
        pointed = {row.place_id for row in batch.rows.values() if row.place_id is not None} - batch.places.keys()
        batch.standing = Place.objects.in_bulk(pointed)

    def _move_entries_with_places(self, batch: Batch) -> None:
        """Entries stand where their place stands; a place that moved takes them along."""
        for entry in Entry.objects.filter(place_id__in=batch.places).exclude(pk__in=batch.entries):
            place = batch.places[entry.place_id]  # type: ignore[index]  # filtered by it
            entry.lat, entry.lon, entry.municipality_id = place.lat, place.lon, place.municipality_id
            entry.save(update_fields=["lat", "lon", "municipality"])
            batch.touched.add(entry.pk)

    def _touch_entries_of_organisations(self, batch: Batch) -> None:
        """What an organisation is called shows on its entries, so they have changed with it."""
        if batch.organisations:
            batch.touched.update(Entry.objects.filter(organisation_id__in=batch.organisations).values_list("pk", flat=True))

    # --- entries ---------------------------------------------------------------

    def _take_entry(self, batch: Batch, row: SourceRow, draft: EntryDraft) -> None:
        holder = batch.row(series_row(draft), "series", row) if draft.series_id else row
        untold = not draft.dates_only and self._told_by.get(holder.row_id) in (None, row.row_id)
        if holder.entry_id is None or untold:
            self._tell_entry(batch, holder, draft)
        assert holder.entry_id is not None  # told just now or before
        row.entry_id = holder.entry_id
        row.data = _pending(batch, draft)
        self._licence(row, draft)
        if draft.series_id:
            batch.given.extend(_given(batch, holder.entry_id, draft))
        else:
            batch.own[holder.entry_id] = draft

    def _tell_entry(self, batch: Batch, holder: SourceRow, draft: EntryDraft) -> None:
        """The entry itself, told once a run however many rows its series has."""
        record = entry_of(draft, holder.entry_id or _made_of(holder), fictitious=self.fictitious)
        self._give_place(batch, record, draft)
        organiser = batch.rows.get(draft.organisation) or batch.rows.get(name_row(draft.organisation))
        record.organisation_id = organiser.organisation_id if organiser else None
        record.goal_id = self._goal(draft.goal)
        if draft.partly_read and holder.entry_id is not None:
            keeping.keep_unread(record)
        batch.entries[record.pk] = record
        batch.words[record.pk] = words_of_draft(draft)
        if holder.entry_id is None:
            batch.fresh.add(record.pk)
        holder.entry_id = record.pk
        if not draft.dates_only:
            self._told_by[holder.row_id] = draft.row_id

    def _give_place(self, batch: Batch, record: Entry, draft: EntryDraft) -> None:
        place = batch.place(draft.place)
        if place is None:
            return
        record.place_id = place.pk
        if record.lat is None:
            record.lat, record.lon = place.lat, place.lon
        if record.municipality_id is None:
            record.municipality_id = place.municipality_id
            record.municipality_text = record.municipality_text or place.municipality_text

    def _goal(self, code: str) -> str | None:
        if code and code not in self._goals:
            Goal.objects.get_or_create(code=code)
            self._goals.add(code)
        return code or None

    # --- writing ---------------------------------------------------------------

    def _save_entries(self, batch: Batch) -> None:
        own_dates = keeping.keep_own(batch)
        _save(Entry, batch.entries.values())
        keeping.keep_unlisted(batch)
        set_terms(batch.words, self.vocabulary, fresh=batch.fresh)
        for entry, draft in batch.own.items():
            if entry not in own_dates:
                self._save_dates(batch, entry, draft)
        batch.given = [one for one in batch.given if one.entry_id not in own_dates]
        occurrences.put(batch.given)
        batch.touched |= batch.entries.keys() | {occurrence.entry_id for occurrence in batch.given}

    def _save_dates(self, batch: Batch, entry: UUID, draft: EntryDraft) -> None:
        dates = _given(batch, entry, draft) + occurrences.planned(entry, draft.schedules, self.now.date())
        fresh = entry in batch.fresh
        if fresh:
            batch.given.extend(dates)
        else:
            occurrences.replace(entry, dates)
        if draft.schedules or not fresh:
            occurrences.set_schedules(entry, draft.schedules)

    def _withdraw(self, batch: Batch) -> None:
        """What the source has taken away: one happening of a series, else the whole entry."""
        for row, _ in batch.drafts(WithdrawnDraft):
            if row.entry_id is None:
                continue
            batch.touched.add(row.entry_id)
            if SourceRow.objects.filter(entry_id=row.entry_id, kind="series").exists():
                happening = Occurrence.objects.filter(entry_id=row.entry_id, row_id=row.row_id)
                if happening.delete()[0]:
                    continue
            Entry.objects.filter(pk=row.entry_id).update(status="withdrawn", updated_at=self.now)

    def _save_rows(self, batch: Batch) -> None:
        known = [arrival.row for arrival in batch.arrivals if arrival.row.pk is not None]
        SourceRow.objects.bulk_update(known, ROW_COLUMNS, batch_size=200)
        SourceRow.objects.bulk_create([row for row in batch.rows.values() if row.pk is None], batch_size=500)

    def _licence(self, row: SourceRow, draft: OrganisationDraft | PlaceDraft | EntryDraft) -> None:
        row.licence = draft.licence or self.source.licence
        row.attribution = draft.attribution or self.source.attribution


def _made_of(row: SourceRow) -> UUID:
    """The id of a new record: the same row of the same source has it on every site, so that
    links outlive a database and equally good answers stand in one order everywhere."""
    return stable_id(row.source_id, row.row_id)


def _save(model: type[models.Model], records: Collection[models.Model]) -> None:
    """Insert or overwrite by id, all at once; a record keeps the moment it was made and what people decided of it."""
    kept = {"id", "created_at", "visible", *getattr(model, "DECIDED", ())}
    columns = [column.name for column in model._meta.concrete_fields if column.name not in kept]
    model._default_manager.bulk_create(records, update_conflicts=True, unique_fields=["id"], update_fields=columns, batch_size=200)


def _given(batch: Batch, entry: UUID, draft: EntryDraft) -> list[Occurrence]:
    rows = batch.rows
    return [occurrences.given(entry, one, rows[one.place].place_id if one.place in rows else None) for one in draft.occurrences]


def _pending(batch: Batch, draft: EntryDraft) -> dict[str, str] | None:
    """What the row points at and is not here yet; `links.link_pending` joins them later."""
    missing = {}
    if draft.place and batch.place(draft.place) is None:
        missing["place"] = draft.place
    if draft.organisation and not is_name(draft.organisation) and draft.organisation not in batch.rows:
        missing["organisation"] = draft.organisation
    return missing or None
