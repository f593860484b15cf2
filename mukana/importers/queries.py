"""What staff want to know of the sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from mukana.directory.models import Source
from mukana.importers.models import ImportRun, Upload
from mukana.importers.table.columns import guess_mapping


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source as the list shows it; `state` is ok, warn (rows refused) or bad (could not be read) or never."""

    source: Source
    entries: int
    last: ImportRun | None

    @property
    def state(self) -> str:
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
    for run in ImportRun.objects.order_by("started_at", "id").defer("rejected"):
        latest[run.source_id] = run
    return [SourceState(source, source.entries, latest.get(source.key)) for source in counted]


def due(at: datetime) -> list[Source]:
    """Scheduled sources whose time has come, longest waiting first."""
    return list(
        Source.objects.filter(every_hours__isnull=False, next_fetch_at__lte=at).exclude(address="").order_by("next_fetch_at", "key")
    )


def runs_of(source: Source, most: int = 30) -> list[ImportRun]:
    """The latest runs of a source, newest first."""
    return list(source.runs.defer("rejected")[:most])


@dataclass(frozen=True, slots=True)
class TableSight:
    """The beginning of a table: headers, first rows, and what the columns seem to mean.  JSON lines have no headers."""

    headers: list[str]
    rows: list[dict[str, Any]]
    guessed: dict[str, str]

    def samples(self, header: str) -> list[str]:
        """What stands in the column's first rows."""
        return [str(row[header])[:80] for row in self.rows if str(row.get(header, "")).strip()][:3]


def read_table(upload: Upload) -> TableSight:
    """Raises SourceError when the file is no table."""
    from mukana.importers.table.client import preview  # what reads Excel takes 50 MB, which web processes do without

    with upload.path.open("rb") as file:
        start = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"["):
        return TableSight([], [], {})
    headers, rows = preview(str(upload.path))
    known = {header: field for header, field in upload.source.mapping.items() if header in headers}
    return TableSight(headers, rows, guess_mapping(headers) | known)
