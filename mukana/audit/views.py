"""Pages of those who see to it that things are done right: traces, retention, background work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mukana.audit.actions import record
from mukana.audit.actions.jobs import hurry
from mukana.audit.actions.retention import NotHeld, UnknownRule, confirm, hold, release
from mukana.audit.forms import HoldForm, TraceForm
from mukana.audit.models import JobState, LegalHold
from mukana.audit.queries import Wanted, all_deeds, deeds, holds, job_rows, rule_rows
from mukana.audit.rules import things
from mukana.audit.tables import lines
from mukana.lib.allow import allow
from mukana.lib.clock import now, today


@allow("audit.see")
@require_safe
def traces(request: HttpRequest) -> HttpResponse:
    """Who did what, narrowed by thing, person and day."""
    form = TraceForm(request.GET)
    wanted = form.wanted() if form.is_valid() else Wanted()
    page, rows = deeds(wanted, request.GET.get("sivu", "1"))
    facts = {"form": form, "page": page, "rows": rows, "things": things(), "narrowed": wanted != Wanted()}
    return render(request, "audit/traces.html", facts, status=200 if form.is_valid() else 422)


@allow("audit.see")
@require_safe
def traces_table(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The same as a table; taking it is a deed too."""
    form = TraceForm(request.GET)
    if not form.is_valid():
        return redirect("traces")
    asked = {name: str(value) for name, value in form.cleaned_data.items() if value}
    record("audit.exported", "audit.Trace:", by=str(request.user.pk), **asked)
    answer = StreamingHttpResponse(lines(all_deeds(form.wanted())), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="kuka-teki-mita-{today().isoformat()}.csv"'
    return answer


@allow("retention.run")
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Every rule in words with what it would remove now; what is held."""
    return _retention_page(request, HoldForm())


@allow("retention.run")
@require_POST
def retention_confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Let the nightly work do what the rule says."""
    try:
        confirm(code, request.POST.get("version", ""), by=str(request.user.pk))
    except UnknownRule:
        return _retention_page(request, HoldForm(), _("Sääntö on muuttunut sivun avaamisen jälkeen. Katso luku uudelleen."), status=409)
    return redirect("retention")


@allow("retention.run")
@require_POST
def hold_place(request: HttpRequest) -> HttpResponse:
    """Keep one record."""
    form = HoldForm(request.POST)
    if form.is_valid():
        try:
            hold(form.cleaned_data["thing"].strip(), form.cleaned_data["reason"], by=str(request.user.pk))
        except NotHeld as refusal:
            words = {"unknown": _("Tällaista tietoa ei ole. Tarkista laji ja tunnus."), "held": _("Tämän poistaminen on jo estetty.")}
            form.add_error("thing", words[refusal.code])
        else:
            return redirect("retention")
    return _retention_page(request, form, status=422)


@allow("retention.run")
@require_POST
def hold_release(request: HttpRequest, held: int) -> HttpResponse:
    """Let the rules touch it again."""
    release(get_object_or_404(LegalHold, pk=held), by=str(request.user.pk))
    return redirect("retention")


@allow("jobs.see")
@require_safe
def background(request: HttpRequest) -> HttpResponse:
    """How the background work goes, those that fail first."""
    rows = job_rows()
    return render(request, "audit/background.html", {"rows": rows, "failing": sum(row.kind == "bad" for row in rows)})


@allow("jobs.see")
@require_POST
def background_hurry(request: HttpRequest, state: int) -> HttpResponse:
    """Try a failed one at once."""
    hurry(get_object_or_404(JobState, pk=state).name, by=str(request.user.pk))
    return redirect("background")


def _retention_page(request: HttpRequest, form: HoldForm, problem: str = "", status: int = 200) -> HttpResponse:
    facts = {"rows": rule_rows(now()), "holds": holds(), "form": form, "problem": problem}
    return render(request, "audit/retention.html", facts, status=status)
