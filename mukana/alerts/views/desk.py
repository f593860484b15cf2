"""Counts for staff, and the two things done for somebody who phones."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mukana.alerts.actions import confirming, keeping
from mukana.alerts.forms import CodeForm, EndForm
from mukana.alerts.queries import counts
from mukana.audit.actions import record
from mukana.lib.allow import allow
from mukana.lib.clock import now


@allow("alerts.see")
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """How many, how often, what was sent."""
    record("alerts.counted", "alerts.Alert", by=str(request.user.pk))
    return _page(request, CodeForm(prefix="koodi"), EndForm(prefix="loppu"))


@allow("alerts.see")
@require_POST
def confirm_for(request: HttpRequest) -> HttpResponse:
    """Somebody reads the code of the message aloud."""
    form = CodeForm(request.POST, prefix="koodi")
    if form.is_valid():
        try:
            confirming.confirm_by_code(form.cleaned_data["address"], form.cleaned_data["code"], by=str(request.user.pk))
            return redirect(f"{reverse('alerts_desk')}?tehty=alkoi")
        except confirming.WrongCode:
            form.add_error("code", _("Koodi ei käy tähän numeroon."))
    return _page(request, form, EndForm(prefix="loppu"), 422)


@allow("alerts.see")
@require_POST
def end_for(request: HttpRequest) -> HttpResponse:
    """Somebody phones and wants no more messages."""
    form = EndForm(request.POST, prefix="loppu")
    if not form.is_valid():
        return _page(request, CodeForm(prefix="koodi"), form, 422)
    keeping.end_all(form.cleaned_data["address"], by=str(request.user.pk))
    return redirect(f"{reverse('alerts_desk')}?tehty=loppui")


def _page(request: HttpRequest, code: CodeForm, ending: EndForm, status: int = 200) -> HttpResponse:
    done = {"alkoi": _("Hakuvahti alkoi."), "loppui": _("Tähän osoitteeseen ei lähde enää hakuvahtien viestejä.")}
    facts = {"counts": counts(now()), "code": code, "ending": ending, "done": done.get(request.GET.get("tehty", ""), "")}
    return render(request, "alerts/desk.html", facts, status=status)
