"""Sources that are fetched regularly: conditional, with pauses after failures, and with rules for what is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from mukana.directory.models import Source, SourceRow
from mukana.importers import absence
from mukana.importers.actions import alone, context_of, feed_end, keep, make_known
from mukana.importers.adapter import SourceAdapter
from mukana.importers.opening import FILES, is_url
from mukana.importers.report import Report
from mukana.importers.rules import next_fetch
from mukana.importers.sync import Progress, Sync
from mukana.lib.clock import now
from mukana.lib.http import conditionally, open_network_only
from mukana.lib.networks import is_inner

SHRUNK = "Aineistosta puuttui {missing} kohdetta {held}:sta, joten mitään ei poistettu. Tarkista lähde tai hyväksy pienempi aineisto."


class UnknownAdapter(Exception):
    """The source was made by an importer that this version does not have."""


def fetch(source: Source, *, by: str, progress: Progress | None = None) -> Report:
    """Read the source's own address again and keep what comes of it; never raises for what the source does."""
    adapter = _adapter(source)
    with alone(source):
        source.refresh_from_db()
        started, mark = _begin(source), feed_end()
        sync = Sync(source, adapter, started, fictitious=source.adapter == "demo")
        context = context_of(source)
        guarded = open_network_only(_guarded(source.address))
        with guarded, conditionally(source.address, _validators(source, adapter)) as question:
            report = sync.run(source.address, context, progress)
        if sync.broke is None:
            source.cursor = context.cursor
            source.validators = {**question.answered, "version": str(adapter.mapping_version)}
        report = _settle(source, adapter, sync, report, started)
        keep(source, report, started, by=by)
        _plan_next(source, sync, report)
        make_known(report, mark)
    return report


def _adapter(source: Source) -> SourceAdapter:
    from mukana.importers.registry import SOURCES  # what reads sources takes 50 MB, which web processes do without

    if source.adapter not in SOURCES:
        raise UnknownAdapter(source.adapter)
    return SOURCES[source.adapter]


def _guarded(address: str) -> bool:
    """May the source not lead us into inner networks?  One that an administrator placed there by the command may."""
    return not settings.PRIVATE_NETWORKS and not is_inner(urlsplit(address).hostname or "")


def _begin(source: Source) -> datetime:
    """Now, but after everything seen before, also where the clock stands still: what is seen earlier was not in this read."""
    newest = SourceRow.objects.filter(source=source).aggregate(newest=Max("seen_at"))["newest"]
    return max(now(), newest + timedelta(milliseconds=1)) if newest else now()


def _validators(source: Source, adapter: SourceAdapter) -> dict[str, str]:
    """What to ask with; nothing when an unchanged answer would not mean unchanged drafts."""
    single = adapter.one_document or urlsplit(source.address).path.lower().endswith(FILES)
    same_mapping = source.validators.get("version") == str(adapter.mapping_version)
    return source.validators if is_url(source.address) and single and same_mapping else {}


@transaction.atomic
def _settle(source: Source, adapter: SourceAdapter, sync: Sync, report: Report, started: datetime) -> Report:
    """What the read says of the rows it did not bring."""
    if sync.broke is not None and sync.broke.code == "not_modified":
        there = SourceRow.objects.filter(source=source, absent_since=None).exclude(digest=b"")
        return replace(report, unchanged=there.update(seen_at=started), read=there.count())
    if sync.broke is not None or report.problem or adapter.ordered:
        return report
    if not report.read and not SourceRow.objects.filter(source=source).exists():
        return report
    found = absence.take_note(source, started, accept_smaller=bool(source.options.get("accept_smaller")))
    if found.shrunk:
        return replace(report, problem=SHRUNK.format(missing=found.missing, held=found.held))
    return report


def _plan_next(source: Source, sync: Sync, report: Report) -> None:
    """When to come again; what is wrong is wrong since the first failure in a row."""
    failed = bool(report.problem)
    source.failures = source.failures + 1 if failed else 0
    source.failing_since = (source.failing_since or now()) if failed else None
    wait = sync.broke.retry_after if sync.broke else 0
    source.next_fetch_at = next_fetch(now(), source.every_hours, source.failures, wait)
    if not failed:
        source.options = {key: value for key, value in source.options.items() if key != "accept_smaller"}
    source.save(update_fields=["failures", "failing_since", "next_fetch_at", "validators", "options"])
