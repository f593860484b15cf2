"""Staff's pages on the sources."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from mukana.accounts.queries import can
from mukana.directory.models import Source
from mukana.importers.adapter import SourceError
from mukana.importers.forms import ColumnsForm, PlanForm, SourceForm, TableForm
from mukana.importers.labels import FETCHED
from mukana.importers.models import ImportRun, Upload
from mukana.importers.planning import ask_now, begin, schedule
from mukana.importers.queries import came, hidden_of, read_table, runs_of, source_states, undo_refusal, unknown_towns
from mukana.importers.uploads import confirm_columns, receive
from mukana.lib.allow import allow
from mukana.lib.clock import now

SHOWN_REFUSALS = 500


@allow("sources.see")
def sources(request: HttpRequest) -> HttpResponse:
    """Every source with its state."""
    return render(request, "importers/sources.html", {"states": source_states(), "done": request.GET.get("tehty", "")})


@allow("sources.see")
def source(request: HttpRequest, key: str) -> HttpResponse:
    """One source with its latest runs."""
    found = get_object_or_404(Source, key=key)
    form = PlanForm(initial={"address": found.address if "://" in found.address else "", "every_hours": found.every_hours or 0})
    coming = bool(found.next_fetch_at and found.next_fetch_at <= now())
    response = render(request, "importers/source.html", {**_source_page(request, found, form), "coming": coming})
    if coming and request.GET.get("tehty") == "haku":
        response.headers["Refresh"] = "3"
    return response


def _source_page(request: HttpRequest, found: Source, form: PlanForm) -> dict[str, Any]:
    plannable = found.adapter in FETCHED and can(request.user, "sources.schedule")
    removable = can(request.user, "sources.import")
    return {
        "removable": removable,
        "hidden": hidden_of(found).count(),
        "source": found,
        "runs": runs_of(found),
        "sent": found.uploads.first(),
        "form": form,
        "plannable": plannable,
    }


@allow("sources.schedule")
def source_new(request: HttpRequest) -> HttpResponse:
    """Tell of a source that is then fetched by itself."""
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = begin(**form.cleaned_data, by=str(request.user.pk))
        return _asked(made.key)
    return render(request, "importers/source_new.html", {"form": form})


@allow("sources.schedule")
@require_POST
def source_plan(request: HttpRequest, key: str) -> HttpResponse:
    """Change where or how often a source is fetched."""
    found = get_object_or_404(Source, key=key)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return render(request, "importers/source.html", _source_page(request, found, form), status=422)
    schedule(found, address=form.cleaned_data["address"], every_hours=form.cleaned_data["every_hours"] or None, by=str(request.user.pk))
    return redirect("source", key=key)


@allow("sources.schedule")
@require_POST
def source_fetch(request: HttpRequest, key: str) -> HttpResponse:
    """Fetch now; or say that the source really has become this small."""
    found = get_object_or_404(Source, key=key)
    ask_now(found, by=str(request.user.pk), accept_smaller="accept_smaller" in request.POST)
    return _asked(key)


def _asked(key: str) -> HttpResponse:
    """The page that says that the fetch begins soon, and looks again by itself until it has ended."""
    return redirect(f"{reverse('source', args=[key])}?tehty=haku")


@allow("sources.see")
def run_report(request: HttpRequest, run: int) -> HttpResponse:
    """What one run did, the refused rows with their reasons."""
    found = get_object_or_404(ImportRun.objects.select_related("source", "undoing"), pk=run)
    undoable = not undo_refusal(found) and can(request.user, "sources.import")
    facts = {
        "run": found,
        "rejected": found.rejected[:SHOWN_REFUSALS],
        "noticed": found.noticed[:SHOWN_REFUSALS],
        "came": came(found),
        "unknown_towns": unknown_towns(found),
        "undoing": getattr(found, "undoing", None),
        "undoable": undoable,
    }
    return render(request, "importers/run.html", facts)


@allow("sources.import")
def table_upload(request: HttpRequest) -> HttpResponse:
    """Send a table."""
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = receive(form.cleaned_data["file"], form.cleaned_data["giver"], by=str(request.user.pk))
        return redirect("table_columns", upload=upload.pk)
    return render(request, "importers/table.html", {"form": form})


@allow("sources.import")
def table_columns(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Tell what the columns mean, once; then follow the import."""
    found = get_object_or_404(Upload.objects.select_related("source"), pk=upload)
    if found.state == "done" and found.run_id:
        return redirect("run_report", run=found.run_id)
    if found.state != "columns":
        response = render(request, "importers/waiting.html", {"upload": found})
        response.headers["Refresh"] = "2"
        return response
    try:
        table = read_table(found)
    except SourceError as error:
        return render(request, "importers/unreadable.html", {"upload": found, "sentence": error.sentence}, status=422)
    form = ColumnsForm(request.POST or None, headers=table.headers, guessed=table.guessed)
    if not table.headers or (request.method == "POST" and form.is_valid()):
        confirm_columns(found, form.columns() if table.headers else {}, by=str(request.user.pk))
        return redirect("table_columns", upload=found.pk)
    columns = [(form[f"c{number}"], table.samples(header)) for number, header in enumerate(table.headers)]
    return render(request, "importers/columns.html", {"upload": found, "form": form, "columns": columns})
