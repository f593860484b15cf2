"""The third step of every import: match rows by digest, write what changed, report the rest.

Rows come in batches.  A batch is one transaction, so a run that was cut off is
simply run again: what is in is recognised and skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from hashlib import blake2b
from itertools import islice

from django.db import DatabaseError, connection, transaction

from mukana.directory.actions.absorb import Absorber
from mukana.directory.actions.batch import Arrival
from mukana.directory.actions.links import link_pending
from mukana.directory.drafts import EntryDraft, PlaceDraft
from mukana.directory.models import Source, SourceRow
from mukana.importers.adapter import Context, RawRow, Rejected, SourceAdapter, SourceError
from mukana.importers.report import Report

BATCH = 1000
Progress = Callable[[Report], None]
TWICE = "Sama tunniste on aineistossa kahdesti eri sisällöllä. Ensimmäinen jäi voimaan."
NO_ID = "Riviltä puuttuu tunniste."


class Sync:
    """One run of one source; `run` gives the report, whatever the source holds."""

    def __init__(self, source: Source, adapter: SourceAdapter, now: datetime, *, dry_run: bool = False, fictitious: bool = False) -> None:
        self.source = source
        self.adapter = adapter
        self.now = now
        self.dry_run = dry_run
        self.report = Report(source=source.key)
        self.absorber = Absorber(source, now, fictitious=fictitious)
        self._seen: dict[str, bytes] = {}
        self._salt = b"%d|" % adapter.mapping_version

    def run(self, address: str, context: Context, progress: Progress | None = None) -> Report:
        """Read everything at the address; never raises for what stands in it."""
        try:
            for batch in _batches(self.adapter.read(address, context)):
                self._take(batch, context)
                if progress:
                    progress(self.report)
        except SourceError as error:
            self.report.problem = error.sentence
        if not self.dry_run:
            link_pending(self.source, self.now)
        return self.report

    def _take(self, raws: Sequence[RawRow], context: Context) -> None:
        known = self._known(raws)
        same: list[int] = []
        arrivals: list[tuple[RawRow, Arrival]] = []
        for raw in raws:
            self.report.read += 1
            row = known.get(raw.row_id)
            digest = blake2b(self._salt + raw.digest_source, digest_size=16).digest()
            reason = self._refusal(raw, digest)
            if reason:
                self.report.refuse(raw.number, raw.row_id, reason)
            elif raw.row_id in self._seen or (row is not None and bytes(row.digest) == digest):
                self.report.unchanged += 1
                if row is not None:
                    same.append(row.pk)
            else:
                arrival = self._map(raw, row, digest, context)
                if arrival is not None:
                    arrivals.append((raw, arrival))
            if raw.row_id:
                self._seen.setdefault(raw.row_id, digest)
        self._write(arrivals, same)

    def _refusal(self, raw: RawRow, digest: bytes) -> str:
        if raw.problem:
            return raw.problem
        if not raw.row_id:
            return NO_ID
        if self._seen.get(raw.row_id, digest) != digest:
            return TWICE
        return ""

    def _map(self, raw: RawRow, row: SourceRow | None, digest: bytes, context: Context) -> Arrival | None:
        drafts = self.adapter.map(raw, context)
        if isinstance(drafts, Rejected):
            self.report.refuse(raw.number, raw.row_id, drafts.reason)
            return None
        kind = _kind(drafts)
        fresh = row is None or not row.digest
        if row is None:
            row = SourceRow(source=self.source, row_id=raw.row_id, kind=kind)
        row.digest, row.kind, row.seen_at, row.absent_since = digest, kind, self.now, None
        return Arrival(row=row, drafts=drafts, fresh=fresh)

    def _known(self, raws: Sequence[RawRow]) -> dict[str, SourceRow]:
        ids = [raw.row_id for raw in raws if raw.row_id]
        return {row.row_id: row for row in SourceRow.objects.filter(source=self.source, row_id__in=ids)}

    def _write(self, arrivals: list[tuple[RawRow, Arrival]], same: list[int]) -> None:
        if not self.dry_run:
            SourceRow.objects.filter(pk__in=same).update(seen_at=self.now, absent_since=None)
            arrivals = self._absorb(arrivals)
        for _, arrival in arrivals:
            if arrival.fresh:
                self.report.created += 1
            else:
                self.report.updated += 1

    def _absorb(self, arrivals: list[tuple[RawRow, Arrival]]) -> list[tuple[RawRow, Arrival]]:
        """Write all at once; when the database refuses a batch, halve it until the bad row stands alone."""
        if not arrivals:
            return []
        try:
            with transaction.atomic():
                self.absorber.absorb([arrival for _, arrival in arrivals])
        except (DatabaseError, ValueError) as error:
            if connection.connection is None or _lost(error):
                raise
            if len(arrivals) == 1:
                raw, _ = arrivals[0]
                self.report.refuse(raw.number, raw.row_id, f"Tietokanta ei ottanut riviä vastaan ({type(error).__name__}).")
                return []
            self._forget(arrivals)
            middle = len(arrivals) // 2
            return self._absorb(arrivals[:middle]) + self._absorb(arrivals[middle:])
        return arrivals

    def _forget(self, arrivals: list[tuple[RawRow, Arrival]]) -> None:
        """Undo in memory what the rolled-back batch had marked."""
        self.absorber = Absorber(self.source, self.now, fictitious=self.absorber.fictitious)
        for _, arrival in arrivals:
            row = arrival.row
            if row.pk is None or not SourceRow.objects.filter(pk=row.pk).exists():
                row.pk = None
                row.entry_id = row.place_id = row.organisation_id = None


def _lost(error: Exception) -> bool:
    """Is the connection gone (rather than one row bad)?"""
    return "connection" in str(error).lower() or "locked" in str(error).lower()


def _kind(drafts: Sequence[object]) -> str:
    if any(isinstance(draft, EntryDraft) for draft in drafts):
        return "entry"
    if any(isinstance(draft, PlaceDraft) for draft in drafts):
        return "place"
    return "organisation" if drafts else "context"


def _batches(rows: Iterator[RawRow]) -> Iterator[list[RawRow]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
