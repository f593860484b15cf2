"""Bringing a source in: one run at a time per source, kept as an ImportRun, searchable at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.db import connection

from mukana.audit.actions import record
from mukana.directory.models import Change, Source
from mukana.duplicates.actions import suggest
from mukana.importers.adapter import Context, SourceAdapter
from mukana.importers.models import ImportRun
from mukana.importers.report import STORED_REFUSALS, Report
from mukana.importers.sync import Progress, Sync
from mukana.lib.clock import now
from mukana.lib.collecting import rarely_collecting
from mukana.lib.locks import named_lock
from mukana.search.actions import catch_up

IMPORT_LOCK = 7_302_115
LONGEST_WAIT_S = 6 * 3600


def bring_in(
    adapter: SourceAdapter, address: str, *, by: str, source: Source | None = None, dry_run: bool = False, progress: Progress | None = None
) -> Report:
    """Import everything at the address.  A second import of the same source waits for the first."""
    source = source or source_of(adapter)
    with alone(source):
        started, mark = now(), feed_end()
        sync = Sync(source, adapter, started, dry_run=dry_run, fictitious=source.adapter == "demo")
        context = context_of(source)
        report = sync.run(address, context, progress)
        if not dry_run:
            source.cursor, source.address = context.cursor, address[:500]
            keep(source, report, started, by=by)
            make_known(report, mark)
        return report


@contextmanager
def alone(source: Source) -> Iterator[None]:
    """Inside, nobody else reads this source, on this node or another."""
    with named_lock(f"import-{source.key}", settings.DATA / "locks", wait_seconds=LONGEST_WAIT_S):
        _hold(source)
        try:
            with rarely_collecting():
                yield
        finally:
            _release(source)


def source_of(adapter: SourceAdapter) -> Source:
    """The source row an adapter writes under when none is named."""
    source, _ = Source.objects.get_or_create(
        key=adapter.key,
        defaults={"adapter": adapter.key, "name": adapter.label, "licence": adapter.licence, "attribution": adapter.attribution},
    )
    return source


def context_of(source: Source) -> Context:
    """What a reading knows of its source: a table sent on a page has a giver, who organises what has no organiser of its own."""
    options = {"giver": source.name} if source.adapter == "table" and source.key != "table" else {}
    return Context(options=options, columns=source.mapping or None, cursor=dict(source.cursor))


def keep(source: Source, report: Report, started: datetime, *, by: str) -> ImportRun:
    """Write down what a run did, and on the source when it was read and what was wrong."""
    facts = asdict(report)
    del facts["source"], facts["duplicates_suggested"]
    facts["rejected"], facts["noticed"] = facts["rejected"][:STORED_REFUSALS], facts["noticed"][:STORED_REFUSALS]
    run = ImportRun.objects.create(source=source, address=source.address, by=by, started_at=started, ended_at=now(), **facts)
    if report.created or report.updated:
        _name_run(source, run)
    source.last_read_at, source.last_problem = now(), report.problem
    source.save(update_fields=["last_read_at", "last_problem", "address", "cursor"])
    record("imported", f"directory.Source:{source.key}", by=by, read=report.read, created=report.created, updated=report.updated)
    return run


def feed_end() -> int:
    """Where the change feed ends now."""
    return Change.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def make_known(report: Report, mark: int) -> None:
    """What has changed since `mark` becomes searchable, then is compared with everything else."""
    catch_up()
    touched = set(Change.objects.filter(seq__gt=mark).exclude(kind="removed").values_list("entry_id", flat=True))
    report.duplicates_suggested = suggest(now(), touched)


def _name_run(source: Source, run: ImportRun) -> None:
    """Rows written by this run and not yet named by any are its own; that is how it can be undone."""
    written = source.rows.filter(run=None)
    written.filter(first_run=None).update(first_run=run.pk)
    written.update(run=run.pk)


def _hold(source: Source) -> None:
    """Several nodes share one PostgreSQL: the file lock of one node is not enough there."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [IMPORT_LOCK, source.key])


def _release(source: Source) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [IMPORT_LOCK, source.key])
