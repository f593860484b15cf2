"""The third step of every import: match rows by digest, write what changed, report the rest.

Rows come in batches.  A batch is one transaction, so a run that was cut off is
simply run again: what is in is recognised and skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b

from django.db import DataError, IntegrityError, OperationalError, transaction

from mukana.directory.actions.absorb import Absorber
from mukana.directory.actions.batch import Arrival
from mukana.directory.actions.links import link_pending
from mukana.directory.drafts import EntryDraft, PlaceDraft
from mukana.directory.models import Source, SourceRow
from mukana.importers.adapter import Context, RawRow, Rejected, SourceAdapter, SourceError
from mukana.importers.opening import is_url
from mukana.importers.report import Report
from mukana.importers.whereabouts import located
from mukana.lib.seen import Seen

BATCH = 1000
ATTEMPTS = 3
Progress = Callable[[Report], None]
Known = dict[str, tuple[int, bytes]]  # row id → primary key and digest
TWICE = "Sama tunniste on aineistossa kahdesti eri sisällöllä. Ensimmäinen jäi voimaan."
NOTHING = "Yhtään riviä ei voitu tuoda. Onko tiedosto oikea tälle lähteelle?"
NO_ID = "Riviltä puuttuu tunniste."


class Sync:
    """One run of one source; `run` gives the report, whatever the source holds."""

    def __init__(self, source: Source, adapter: SourceAdapter, now: datetime, *, dry_run: bool = False, fictitious: bool = False) -> None:
        self.source = source
        self.adapter = adapter
        self.now = now
        self.dry_run = dry_run
        self.report = Report(source=source.key)
        self.broke: SourceError | None = None  # what ended the reading before its end
        self.absorber = Absorber(source, now, fictitious=fictitious)
        self._seen = Seen()
        self._salt = b"%d|" % adapter.mapping_version

    def run(self, address: str, context: Context, progress: Progress | None = None) -> Report:
        """Read everything at the address; never raises for what stands in it."""
        try:
            for batch in _batches(_rows(self.adapter, address, context), apart=self.adapter.ordered):
                self._take(batch, context)
                if progress:
                    progress(self.report)
            if self.report.read and self.report.rejected_count == self.report.read:
                self.report.problem = NOTHING
        except SourceError as error:
            self.broke = error
            self.report.problem = "" if error.code == "not_modified" else error.sentence
        finally:
            self._seen.close()
        if not self.dry_run:
            link_pending(self.source, self.now)
        return self.report

    def _take(self, raws: Sequence[RawRow], context: Context) -> None:
        digests = [blake2b(self._salt + raw.digest_source, digest_size=16).digest() for raw in raws]
        known = self._known(raws)
        changed = self._changed(raws, digests, known)
        there: list[int] = []  # standing rows that the source still has, whatever came of them today
        arrivals: list[tuple[RawRow, Arrival]] = []
        for raw, digest in zip(raws, digests, strict=True):
            self.report.read += 1
            pk, _ = known.get(raw.row_id, (None, b""))
            arrival = None if self._settled(raw, digest, known) else self._map(raw, changed.get(pk), digest, context)
            if arrival is not None:
                arrivals.append((raw, arrival))
            elif pk is not None:
                there.append(pk)
            if raw.row_id and not raw.old:
                self._remember(raw.row_id, digest)
        self._write(arrivals, there)

    def _settled(self, raw: RawRow, digest: bytes, known: Known) -> bool:
        """Is the row dealt with already: refused, or as it was?"""
        pk, held = known.get(raw.row_id, (None, b""))
        before = self._seen.get(raw.row_id)
        reason = "" if raw.gone and pk is not None else self._refusal(raw, digest, before)
        if reason:
            self.report.refuse(raw.number, raw.name or raw.row_id, reason)
        elif raw.old or (held if before is None else before) == digest or (raw.gone and pk is None):
            self.report.unchanged += 1
        else:
            return False
        return True

    def _remember(self, row_id: str, digest: bytes) -> None:
        if self.adapter.ordered or row_id not in self._seen:
            self._seen.put(row_id, digest)

    def _refusal(self, raw: RawRow, digest: bytes, before: bytes | None) -> str:
        if raw.problem:
            return raw.problem
        if not raw.row_id:
            return NO_ID
        if not self.adapter.ordered and before not in (None, digest):
            return TWICE
        return ""

    def _map(self, raw: RawRow, row: SourceRow | None, digest: bytes, context: Context) -> Arrival | None:
        drafts = self.adapter.map(raw, context)
        left_out, context.noticed = context.noticed, []
        if isinstance(drafts, Rejected):
            self.report.refuse(raw.number, raw.name or raw.row_id, drafts.reason)
            return None
        for what in left_out:
            self.report.notice(raw.number, raw.name or raw.row_id, what)
        kind = row.kind if row is not None and raw.gone else _kind(drafts)
        fresh = (row is None or not row.digest) and raw.row_id not in self._seen
        if row is None:
            row = SourceRow(source=self.source, row_id=raw.row_id, kind=kind)
        row.digest, row.kind, row.seen_at, row.absent_since = digest, kind, self.now, None
        row.run = None  # `actions.keep` names the run when it has ended
        return Arrival(row=row, drafts=located(drafts), fresh=fresh)

    def _known(self, raws: Sequence[RawRow]) -> Known:
        ids = [raw.row_id for raw in raws if raw.row_id]
        rows = SourceRow.objects.filter(source=self.source, row_id__in=ids).values_list("row_id", "pk", "digest", "absent_since")
        return {row_id: (pk, b"" if absent else bytes(digest)) for row_id, pk, digest, absent in rows}  # what comes back is told anew

    def _changed(self, raws: Sequence[RawRow], digests: Sequence[bytes], known: Known) -> dict[int | None, SourceRow]:
        """The standing rows that come with another content; nearly all rows of a source are as they were."""
        pairs = ((known[raw.row_id], digest) for raw, digest in zip(raws, digests, strict=True) if raw.row_id in known)
        return dict(SourceRow.objects.in_bulk([pk for (pk, held), digest in pairs if held != digest]))

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
        """Write all at once; when the database refuses a batch, halve it until the bad row stands alone.

        Trouble of the database itself (full, locked, gone) is no row's fault and is raised.
        """
        if not arrivals:
            return []
        try:
            self._write_together(arrivals)
        except (DataError, IntegrityError, ValueError, OverflowError) as error:
            self._forget(arrivals)
            if len(arrivals) == 1:
                raw, _ = arrivals[0]
                self.report.refuse(raw.number, raw.name or raw.row_id, f"Tietokanta ei ottanut riviä vastaan ({type(error).__name__}).")
                return []
            middle = len(arrivals) // 2
            return self._absorb(arrivals[:middle]) + self._absorb(arrivals[middle:])
        return arrivals

    def _write_together(self, arrivals: list[tuple[RawRow, Arrival]]) -> None:
        for left in reversed(range(ATTEMPTS)):
            try:
                with transaction.atomic():
                    self.absorber.absorb([arrival for _, arrival in arrivals])
                return
            except OperationalError as error:
                if not left or "deadlock" not in str(error):
                    raise
                self._forget(arrivals)  # two imports met; the database let the other one go first

    def _forget(self, arrivals: list[tuple[RawRow, Arrival]]) -> None:
        """Undo in memory what the rolled-back batch had marked."""
        self.absorber = Absorber(self.source, self.now, fictitious=self.absorber.fictitious)
        for _, arrival in arrivals:
            row = arrival.row
            if row.pk is None or not SourceRow.objects.filter(pk=row.pk).exists():
                row.pk = None
                row.entry_id = row.place_id = row.organisation_id = None


def _rows(adapter: SourceAdapter, address: str, context: Context) -> Iterator[RawRow]:
    """The rows of a source; in an ordered one kept as files, those that a later row replaces are marked as old.

    Without the mark such a row would look changed, and its replacement too, each time the same files are read.
    """
    if not adapter.ordered or is_url(address):
        yield from adapter.read(address, context)
        return
    last = Seen()
    with suppress(SourceError):  # met again below, after the rows before it
        for at, row in enumerate(adapter.read(address, Context(context.options, columns=context.columns, cursor=dict(context.cursor)))):
            if row.row_id and not row.problem:
                last.put(row.row_id, str(at).encode())
    try:
        for at, row in enumerate(adapter.read(address, context)):
            known = None if row.problem else last.get(row.row_id)
            yield row if known is None or int(known) <= at else replace(row, old=True)
    finally:
        last.close()


def _kind(drafts: Sequence[object]) -> str:
    if any(isinstance(draft, EntryDraft) for draft in drafts):
        return "entry"
    if any(isinstance(draft, PlaceDraft) for draft in drafts):
        return "place"
    return "organisation" if drafts else "context"


def _batches(rows: Iterator[RawRow], *, apart: bool) -> Iterator[list[RawRow]]:
    """Rows in batches; when the source breaks off, what came before is given first.

    With `apart` two rows of one id never stand in the same batch.
    """
    batch: list[RawRow] = []
    ids: set[str] = set()
    try:
        for row in rows:
            if len(batch) == BATCH or (apart and row.row_id in ids):
                yield batch
                batch = []
                ids.clear()
            batch.append(row)
            ids.add(row.row_id)
    except SourceError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch
