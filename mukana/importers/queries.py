"""What staff want to know of the sources."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mukana.directory.models import Entry, Place, Source, SourceRow
from mukana.importers.adapter import SourceError
from mukana.importers.models import ImportRun, Upload
from mukana.importers.rules import may_undo
from mukana.importers.table.columns import guess_mapping
from mukana.organisations.models import Organisation
from mukana.organisations.reference import alike_name


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source as the list shows it; `state` is ok, warn (rows refused) or bad (could not be read) or never."""

    source: Source
    entries: int
    last: ImportRun | None

    @property
    def state(self) -> str:
        if self.source.failing_since:
            return "bad"
        if self.last is None:
            return "never"
        if self.last.problem:
            return "bad"
        return "warn" if self.last.rejected_count else "ok"


def source_states() -> list[SourceState]:
    """Every source with its last run and the count of entries it brought."""
    counted = Source.objects.annotate(entries=Count("rows__entry", filter=Q(rows__entry__isnull=False), distinct=True)).order_by(
        "name", "key"
    )
    latest: dict[str, ImportRun] = {}
    for run in ImportRun.objects.order_by("started_at", "id").defer("rejected", "noticed"):
        latest[run.source_id] = run
    return [SourceState(source, source.entries, latest.get(source.key)) for source in counted]


def due(at: datetime) -> list[Source]:
    """Sources whose time has come, by their rhythm or as somebody asked, longest waiting first."""
    return list(Source.objects.filter(next_fetch_at__lte=at).exclude(address="").order_by("next_fetch_at", "key"))


def runs_of(source: Source, most: int = 30) -> list[ImportRun]:
    """The latest runs of a source, newest first."""
    return list(source.runs.defer("rejected", "noticed")[:most])


@dataclass(frozen=True, slots=True)
class TableSight:
    """The beginning of a table: headers, first rows, and what the columns seem to mean.  JSON lines have no headers."""

    headers: list[str]
    rows: list[dict[str, Any]]
    guessed: dict[str, str]

    def samples(self, header: str) -> list[str]:
        """What stands in the column's first rows."""
        return [str(row[header])[:80] for row in self.rows if str(row.get(header, "")).strip()][:3]


@contextmanager
def as_file(upload: Upload) -> Iterator[Path]:
    """The sent table as a file on this node while the block runs."""
    with NamedTemporaryFile(prefix="mukana-table-") as kept:
        for data in upload.pieces.values_list("data", flat=True).iterator(chunk_size=1):
            kept.write(data)
        kept.flush()
        yield Path(kept.name)


def read_table(upload: Upload) -> TableSight:
    """Raises SourceError when the file is no table."""
    try:
        with as_file(upload) as path:
            return _sight(upload, path)
    except SourceError as error:
        raise SourceError(error.code, error.sentence.replace(str(path), upload.name)) from error


def _sight(upload: Upload, path: Path) -> TableSight:
    from mukana.importers.table.client import preview  # what reads Excel takes 50 MB, which web processes do without

    with path.open("rb") as file:
        start = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"["):
        return TableSight([], [], {})
    headers, rows = preview(str(path))
    known = {header: field for header, field in upload.source.mapping.items() if header in headers}
    return TableSight(headers, rows, guess_mapping(headers) | known)


@dataclass(frozen=True, slots=True)
class Came:
    """What of one kind a run brought: how many were new, how many were written over."""

    kind: str  # entries places organisations
    new: int
    updated: int


KINDS: dict[str, tuple[type[models.Model], str]] = {
    "entries": (Entry, "entry"),
    "places": (Place, "place"),
    "organisations": (Organisation, "organisation"),
}
KINDS_OF = dict(KINDS.values())
LISTED = 100


def came(run: ImportRun) -> list[Came]:
    """Entries, places and organisations apart; a kind that the run did not touch is left out."""
    found = [Came(kind, brought(run, kind, new=True).count(), brought(run, kind, new=False).count()) for kind in KINDS]
    return [one for one in found if one.new or one.updated]


def brought(run: ImportRun, kind: str, *, new: bool) -> QuerySet[Any]:
    """The records of a kind that the run made, or that stood before and were written over by it."""
    model, pointer = KINDS[kind]
    rows = SourceRow.objects.filter(**{pointer: OuterRef("pk")})
    written, before = Exists(rows.filter(source=run.source_id, run=run.pk)), Exists(rows.exclude(source=run.source_id, first_run=run.pk))
    return model._default_manager.filter(written, ~before if new else before).order_by("pk")


@dataclass(frozen=True, slots=True)
class UnknownTown:
    """A municipality's name that we do not know, and the one it may mean ("" for none)."""

    name: str
    meant: str


def unknown_towns(run: ImportRun, most: int = 50) -> list[UnknownTown]:
    """Names of municipalities in the run's rows that are not in the list of municipalities."""
    names: set[str] = set()
    for model in (Entry, Place, Organisation):
        rows = SourceRow.objects.filter(**{KINDS_OF[model]: OuterRef("pk")}, source=run.source_id, run=run.pk)
        found = model._default_manager.filter(Exists(rows), municipality=None).exclude(municipality_text="")
        names.update(found.values_list("municipality_text", flat=True).distinct()[:most])
    return [UnknownTown(name, alike_name(name)) for name in sorted(names)[:most]]


def undo_refusal(run: ImportRun) -> str:
    """Why the run cannot be undone, as `rules.may_undo` says; "" when it can."""
    later = run.source.runs.filter(Q(created__gt=0) | Q(updated__gt=0), pk__gt=run.pk)
    return may_undo(wrote=bool(run.created or run.updated), undone=hasattr(run, "undoing"), later_wrote=later.exists())


def hidden_of(source: Source) -> QuerySet[Entry]:
    """Entries of the source that are kept but not shown: they speak of no wellbeing topic."""
    return Entry.objects.filter(Exists(source.rows.filter(entry=OuterRef("pk"))), status="draft").order_by("pk")
