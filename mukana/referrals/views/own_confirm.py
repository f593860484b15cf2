"""Somebody near wrote a referral: the resident reads what was said and says yes or no, by link, by a letter's code, by phone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mukana.audit.actions import read
from mukana.lib import phones
from mukana.lib.allow import allow
from mukana.referrals import labels, secrets
from mukana.referrals.actions.ending import withdraw
from mukana.referrals.actions.own import confirm
from mukana.referrals.forms.own import CodeForm, ConfirmForm
from mukana.referrals.models import Referral
from mukana.referrals.queries.own import case_by_token
from mukana.referrals.queries.seeing import is_shut
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.cases import AWAITING
from mukana.referrals.rules.codes import RESIDENT, Deed, Refused
from mukana.referrals.views.bycode import case_of
from mukana.referrals.views.bylink import fresh, once
from mukana.referrals.views.case_parts import gone
from mukana.referrals.views.own import actor_of, deed_by, lost
from mukana.referrals.views.parts import case_in_reach
from mukana.referrals.wording import language_of, ring

FIELDS = ["name", "phone", "email", "address", "wish", "needs", "practical"]
PHONE, FACE, PAPER = "phone", "face", "paper"
METHODS = {PHONE: "oral", FACE: "oral", PAPER: "paper"}
YES, NO = "kylla", "ei"


@allow("public")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """The reference and the code of a letter lead to the same page as the link."""
    if request.method != "POST":
        return render(request, "referrals/own_confirm_door.html", {"form": CodeForm()})
    form = CodeForm(request.POST)
    case, status = case_of(request, form, secrets.is_letter_code, _("Koodi ei täsmää. Tarkista se kirjeestä tai soita."))
    if case is None:
        return render(request, "referrals/own_confirm_door.html", {"form": form}, status=status)
    return redirect("own_confirm", token=secrets.token_of(case, secrets.CONFIRM))


@allow("public")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What was said of the resident; nothing is done before the yes."""
    case = case_by_token(token, secrets.CONFIRM)
    if case is None:
        return lost(request)
    if case.state != AWAITING:
        return _answered(request, case)
    if request.method != "POST":
        read(case.resident, by=actor_of(token), fields=FIELDS, purpose="confirm")
        return _page(request, case, ConfirmForm())
    return _decide(request, case, deed_by(request, token, "vahvista"), "online")


@allow("referrals.work")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_staff(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The resident's word by phone, face to face or on paper, written down by staff."""
    case = case_in_reach(request, case_id)
    if is_shut(case):
        return gone(request, case)
    if case.state != AWAITING:
        return render(request, "referrals/own_confirm_shut.html", {"problem": words_of(Refused("answered"))}, status=409)
    if request.method != "POST":
        return _page(request, case, ConfirmForm(), staff=True)
    channel = request.POST.get("tapa", PHONE)
    channel = channel if channel in METHODS else PHONE
    deed = Deed(str(request.user.pk), RESIDENT, channel, once(request, "vahvista"))
    return _decide(request, case, deed, METHODS[channel], staff=True)


def _decide(request: HttpRequest, case: Referral, deed: Deed, method: str, *, staff: bool = False) -> HttpResponse:
    form = ConfirmForm(request.POST)
    said = request.POST.get("vastaus", "")
    if not form.is_valid() or said not in (YES, NO):
        form.is_valid()
        return _page(request, case, form, staff=staff, problem=_("Vastaa kyllä tai ei."), status=422)
    try:
        if said == NO:
            withdraw(case, deed)
        else:
            told = form.cleaned_data
            given = form.given(method, language_of(case))
            case = confirm(case, given, deed, safe=told["kielletty"], protected=told["turvakielto"])
    except Refused as refused:
        return _page(request, case, form, staff=staff, problem=words_of(refused), status=409)
    if staff:
        return redirect("letters" if said == NO else "referrals_inbox")
    return _answered(request, case, now_yes=said == YES, now_no=said == NO)


def _answered(request: HttpRequest, case: Referral, *, now_yes: bool = False, now_no: bool = False) -> HttpResponse:
    """Thanks, or that it was answered before; the way on is the own page."""
    case = Referral.objects.select_related("resident", "area").get(pk=case.pk)
    facts = {"yes": now_yes, "no": now_no, "own": secrets.token_of(case, secrets.OWN), "phone": ring(case)}
    return render(request, "referrals/own_confirmed.html", facts, status=200 if now_yes or now_no else 410)


def _page(
    request: HttpRequest, case: Referral, form: ConfirmForm, *, staff: bool = False, problem: str = "", status: int = 200
) -> HttpResponse:
    if staff:
        read(case.resident, by=request.user, fields=FIELDS, purpose="confirm_staff")
    facts: dict[str, Any] = {
        "case": case, "form": form, "staff": staff, "problem": problem, "once": fresh(), "phone": ring(case), "facts": _said_of(case),
        "shell": "look/staff.html" if staff else "referrals/link_shell.html",
    }  # fmt: skip
    return render(request, "referrals/own_confirm.html", facts, status=status)


def _said_of(case: Referral) -> list[dict[str, str]]:
    """What was written of the resident, every word of it."""
    who = case.resident
    address = ", ".join(str(part) for part in (who.address or {}).values() if part)
    rows = (
        ("users", _("Kuka kirjoitti"), case.referrer_unit),
        ("user", _("Nimesi"), who.name),
        ("phone", _("Puhelinnumerosi"), phones.shown(who.phone)),
        ("envelope", _("Sähköpostisi"), who.email),
        ("map-pin", _("Osoitteesi"), address),
        ("calendar-blank", _("Ikäsi"), labels.said(labels.AGE_BANDS, who.age_band)),
        ("heart", _("Mitä kaipaat"), labels.listed(labels.NEEDS, case.needs)),
        ("chat-circle-text", _("Toive"), case.wish),
        ("hand-heart", _("Hyvä tietää"), labels.listed(labels.PRACTICAL, who.practical)),
    )
    return [{"icon_name": icon, "term": term, "text": text} for icon, term, text in rows if text]
