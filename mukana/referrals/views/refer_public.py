"""Asking to come along without an account, for oneself or for somebody near; nobody's data is ever shown here."""

from __future__ import annotations

from datetime import datetime

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from mukana.lib.allow import allow
from mukana.referrals.actions import referring
from mukana.referrals.forms.refer_fields import again
from mukana.referrals.forms.refer_public import AskForm, RelativeForm
from mukana.referrals.models import Referral, Transition
from mukana.referrals.rules.codes import PROXY, RESIDENT, Deed
from mukana.referrals.views.refer_parts import BACK, SAFE, answered, first_contact_by, keyed, page
from mukana.referrals.wording import ring

VISITOR = "visitor"
ASKED = "asked_along"  # in the session: what the thanks tell, nothing of the person
FOR_SELF, FOR_OTHER = "referrals/refer_ask.html", "referrals/refer_ask_for.html"


@allow("public")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ask_along(request: HttpRequest) -> HttpResponse:
    """For oneself."""
    return _door(request, AskForm, FOR_SELF)


@allow("public")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ask_along_for(request: HttpRequest) -> HttpResponse:
    """For somebody near, who is asked before anything goes on."""
    return _door(request, RelativeForm, FOR_OTHER)


@allow("public")
@never_cache
@require_safe
def asked_along(request: HttpRequest) -> HttpResponse:
    """Thanks: what happens next, by when, and whom to ring."""
    told = request.session.get(ASKED)
    if not told:
        return redirect("ask_along")
    facts = {**told, "by": datetime.fromisoformat(told["by"])}
    return render(request, "referrals/refer_asked.html", facts)


def _door(request: HttpRequest, kind: type[AskForm], template: str) -> HttpResponse:
    facts = {"public": True}
    if request.method != "POST":
        return page(request, template, kind(), **facts)
    if request.POST.get("toimi") == BACK:
        return page(request, template, kind(initial=again(kind, request.POST)), **facts)
    form = kind(keyed(request.POST))
    if form.is_valid() and not _sent_before(form) and not ratelimit.consume(request, action="ask_along", key=_whom(form)):
        problem = _("Pyyntöjä tuli niin monta, että otamme seuraavan vastaan myöhemmin. Voit myös soittaa.")
        return page(request, template, form, 429, problem=problem, **facts)
    found = answered(request, form, lambda whole: _send(request, whole), template, facts)
    if isinstance(found, HttpResponse):
        return found
    by = first_contact_by(found.sent_at or found.made_at)
    request.session[ASKED] = {"by": by.isoformat(), "phone": ring(found), "relative": kind is RelativeForm}
    return redirect("asked_along")


def _send(request: HttpRequest, form: AskForm) -> Referral:
    safe, key = SAFE in request.POST, str(form.cleaned_data["kerran"])
    told = form.made(None, danger_seen=safe)
    if isinstance(form, RelativeForm):
        return referring.refer_for(told, Deed(VISITOR, PROXY, "screen", key))
    return referring.refer(told, Deed(VISITOR, RESIDENT, "screen", key))


def _sent_before(form: AskForm) -> bool:
    """Is it the same form again?  That costs nothing."""
    return Transition.objects.filter(key=f"{form.cleaned_data['kerran']}.draft").exists()


def _whom(form: AskForm) -> str:
    told = form.cleaned_data
    return str(told["puhelin"] or told["sahkoposti"] or form.address()).lower()
