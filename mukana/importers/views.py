"""Staff's pages on the sources."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from mukana.directory.models import Source
from mukana.importers.models import ImportRun
from mukana.importers.queries import runs_of, source_states
from mukana.lib.allow import allow

SHOWN_REFUSALS = 500


@allow("sources.see")
def sources(request: HttpRequest) -> HttpResponse:
    """Every source with its state."""
    return render(request, "importers/sources.html", {"states": source_states()})


@allow("sources.see")
def source(request: HttpRequest, key: str) -> HttpResponse:
    """One source with its latest runs."""
    found = get_object_or_404(Source, key=key)
    return render(request, "importers/source.html", {"source": found, "runs": runs_of(found)})


@allow("sources.see")
def run_report(request: HttpRequest, run: int) -> HttpResponse:
    """What one run did, the refused rows with their reasons."""
    found = get_object_or_404(ImportRun.objects.select_related("source"), pk=run)
    return render(request, "importers/run.html", {"run": found, "rejected": found.rejected[:SHOWN_REFUSALS]})
