"""A companion's page behind a link: yes or no, then whom to meet and how it went; nothing about why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.referrals import wording
from mukana.referrals.actions import accompanying, supporting
from mukana.referrals.forms.accompany import AgainForm, ReasonForm
from mukana.referrals.labels_meeting import TAPERS
from mukana.referrals.models import Support, SupportOffer
from mukana.referrals.queries.company import Company, company_of
from mukana.referrals.queries.meeting import coming_dates
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.codes import Deed, Refused
from mukana.referrals.showing import needs_of, safe_rules
from mukana.referrals.views.bylink import DONE, fresh, once, shut


@allow("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def company(request: HttpRequest, token: str) -> HttpResponse:
    """Where and when; after the yes a first name and a phone number."""
    try:
        made = supporting.offered_to(token)
        if request.method == "POST":
            return _do(request, token, made)
        return _page(request, token)
    except Refused as refused:
        return _shut(request, token, refused)


def _do(request: HttpRequest, token: str, made: SupportOffer) -> HttpResponse:
    what = request.POST.get("toimi", "")
    deed = supporting.by_link(token, once(request, what))
    if what in ("kylla", "ei"):
        return _answer(token, made, deed, yes=what == "kylla")
    supporting.check_company(made)
    doing = DEEDS.get(what)
    if doing is None:
        return _page(request, token, status=422, problem=_("Valitse, mitä haluat tehdä."))
    try:
        return doing(request, token, made.support, deed)
    except Refused as refused:
        supporting.check_company(supporting.offered_to(token))
        return _page(request, token, status=409, problem=words_of(refused))


def _answer(token: str, made: SupportOffer, deed: Deed, *, yes: bool) -> HttpResponse:
    """A second press of the same button finds what the first one did."""
    if made.state == "offered":
        supporting.check_asked(made)
        supporting.answer_offer(made, yes=yes, deed=deed)
    elif made.state == "accepted" and not yes:  # another tab said yes before
        return _back(token, "jo-kylla")
    return _back(token, "kiitos" if yes and made.state != "declined" else "")


def _met(_request: HttpRequest, token: str, support: Support, deed: Deed) -> HttpResponse:
    supporting.met(support, deed)
    return _back(token, "juteltu")


def _along(_request: HttpRequest, token: str, support: Support, deed: Deed) -> HttpResponse:
    accompanying.was_along(support, deed)
    return _back(token, "mukana")


def _alone(_request: HttpRequest, token: str, support: Support, deed: Deed) -> HttpResponse:
    accompanying.did_not_come(support, deed)
    return _back(token, "ei-tullut")


def _could_not(request: HttpRequest, token: str, support: Support, deed: Deed) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id="en_%s")
    if not form.is_valid():
        return _page(request, token, status=422, missed_form=form)
    accompanying.could_not(support, form.cleaned_data["syy"], deed)
    return _back(token, "en-paassyt")


def _release(request: HttpRequest, token: str, support: Support, deed: Deed) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id="peru_%s")
    if not form.is_valid():
        return _page(request, token, status=422, release_form=form)
    supporting.release(support, form.cleaned_data["syy"], deed)
    return _back(token, "")


def _again(request: HttpRequest, token: str, support: Support, deed: Deed) -> HttpResponse:
    form = AgainForm(coming_dates(support.placement, now()), request.POST)
    if not form.is_valid():
        return _page(request, token, status=422, again_form=form)
    accompanying.again(support, form.date.starts_at, deed, ends_at=form.date.ends_at)
    return _back(token, "uusi-kerta")


Doing = Callable[[HttpRequest, str, Support, Deed], HttpResponse]
DEEDS: dict[str, Doing] = {
    "juteltu": _met, "mukana": _along, "ei-tullut": _alone, "en-paassyt": _could_not, "peru": _release, "uudestaan": _again,
}  # fmt: skip


def _back(token: str, done: str) -> HttpResponse:
    page = reverse("company", args=[token])
    return redirect(f"{page}?{DONE}={done}" if done else page)


def _page(request: HttpRequest, token: str, *, status: int = 200, problem: str = "", **forms: Any) -> HttpResponse:
    made = supporting.offered_to(token)
    asked = made.state == "offered"
    if asked:
        supporting.check_asked(made)
    fields = {} if asked else supporting.companion_view(token)
    found = company_of(made, now(), told=accompanying.told_of(made.support))
    facts = {
        "company": found,
        "what": made.support.placement.entry_name,
        "fields": fields,
        "needs": needs_of(fields),
        "safe": safe_rules(fields),
        "taper": TAPERS[made.support.taper],
        "missed_form": ReasonForm(auto_id="en_%s"),
        "release_form": ReasonForm(auto_id="peru_%s"),
        "again_form": AgainForm(found.dates),
        "problem": problem,
        "done": _done(request, found) if status == 200 else "",
        "opens_release": found.coming and request.GET.get(DONE) == "jo-kylla",
        "phone": wording.ring(made.support.placement.referral),
        "once": fresh(),
        **forms,
    }
    return render(request, "referrals/company.html", facts, status=status)


def _shut(request: HttpRequest, token: str, refused: Refused) -> HttpResponse:
    if refused.code == "unknown":
        return shut(request, refused)
    made = supporting.offered_to(token)
    code = made.state if refused.code == "not_yours" and made.state in ("declined", "expired", "released") else refused.code
    return shut(request, Refused(code), what="", notes=code == "withdrawn", phone=wording.ring(made.support.placement.referral))


def _done(request: HttpRequest, found: Company) -> str:
    """What the last press did; a no after a yes is told where it can still be said."""
    done = request.GET.get(DONE, "")
    if done == "jo-kylla":
        return _("Olet jo vastannut kyllä. Jos et pääsekään, kerro se tässä.") if found.coming else _("Olet jo vastannut kyllä.")
    return _said().get(done, "")


def _said() -> dict[str, str]:
    return {
        "kiitos": _("Kiitos, että lähdet mukaan. Soita tai tapaa ennen käyntiä, viimeistään edellisenä päivänä."),
        "juteltu": _("Kiitos. Merkitsimme, että olette jutelleet."),
        "mukana": _("Kiitos, että olit mukana."),
        "ei-tullut": _("Kiitos tiedosta. Linkkihenkilö soittaa hänelle."),
        "en-paassyt": _("Kiitos, että kerroit. Saattajien koordinaattori on sinuun yhteydessä."),
        "uusi-kerta": _("Seuraava kerta on merkitty."),
    }
