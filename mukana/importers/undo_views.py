"""Staff look at what an import brought, and take back what was wrong."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from mukana.directory.models import Source
from mukana.importers.models import ImportRun
from mukana.importers.queries import KINDS, LISTED, brought, hidden_of, undo_refusal
from mukana.importers.undoing import ask, foretell
from mukana.lib.allow import allow

COUNTED = 5000  # rows; of more the exact outcome is told only afterwards


@allow("sources.see")
def run_brought(request: HttpRequest, run: int, kind: str) -> HttpResponse:
    """The names of what a run brought, of one kind."""
    if kind not in KINDS:
        raise Http404
    found = get_object_or_404(ImportRun.objects.select_related("source"), pk=run)
    new = request.GET.get("laji") != "paivitetyt"
    page = Paginator(brought(found, kind, new=new), LISTED).get_page(request.GET.get("sivu"))
    return render(request, "importers/brought.html", {"run": found, "kind": kind, "new": new, "page": page})


@allow("sources.see")
def source_hidden(request: HttpRequest, key: str) -> HttpResponse:
    """The entries of a source that the search does not show, and why."""
    found = get_object_or_404(Source, key=key)
    page = Paginator(hidden_of(found), LISTED).get_page(request.GET.get("sivu"))
    return render(request, "importers/hidden.html", {"source": found, "page": page})


@allow("sources.import")
def run_undo(request: HttpRequest, run: int) -> HttpResponse:
    """Say what undoing would do, and put it in the worker's queue."""
    found = get_object_or_404(ImportRun.objects.select_related("source"), pk=run)
    refusal = undo_refusal(found)
    if request.method == "POST" and not refusal:
        ask(found.source, found, by=str(request.user.pk))
    if request.method == "POST" or refusal == "undone":
        return redirect("run_report", run=found.pk)
    told = foretell(found.source, found) if not refusal and found.created + found.updated <= COUNTED else None
    return render(request, "importers/undo.html", {"run": found, "refusal": refusal, "told": told}, status=409 if refusal else 200)


@allow("sources.import")
def source_remove(request: HttpRequest, key: str) -> HttpResponse:
    """Say what would go with a source, and put its removal in the worker's queue."""
    found = get_object_or_404(Source, key=key)
    if request.method == "POST":
        ask(found, None, by=str(request.user.pk))
        return redirect(f"{reverse('sources')}?tehty=poisto")
    told = foretell(found, None) if found.rows.count() <= COUNTED else None
    return render(request, "importers/remove.html", {"source": found, "told": told, "rows": found.rows.count()})
