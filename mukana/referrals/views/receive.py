"""The receiver's offer behind a link: somebody would like to come, without a name.  Opening it changes nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mukana.lib.allow import allow
from mukana.referrals import wording
from mukana.referrals.actions import answering
from mukana.referrals.forms.receive import DeclineForm
from mukana.referrals.models import Placement
from mukana.referrals.refusals import words_of
from mukana.referrals.rules import placements
from mukana.referrals.rules.codes import Refused
from mukana.referrals.showing import facts_of
from mukana.referrals.views.bylink import fresh, once, shut


@allow("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """Age band, area, wish, practical needs, language; three answers."""
    try:
        placement = answering.offered(token)
        if request.method == "POST":
            return _answer(request, token, placement)
        return _page(request, token, DeclineForm())
    except Refused as refused:
        return _shut(request, token, refused)


def _answer(request: HttpRequest, token: str, placement: Placement) -> HttpResponse:
    what = request.POST.get("vastaus", "")
    deed = answering.by_link(token, once(request, what))
    if what == "kylla":
        return redirect("arrival", token=answering.accept(placement, deed))
    if what == "jono":
        return redirect("arrival", token=answering.waitlist(placement, deed))
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, token, form, status=422)
    try:
        answering.decline(placement, form.cleaned_data["syy"], deed, counter_proposal=form.cleaned_data["ehdotus"])
    except Refused as refused:
        placement.refresh_from_db()
        if placement.state != placements.REQUESTED:
            raise
        return _page(request, token, form, words_of(refused), status=409)
    return redirect("offer", token=token)


def _page(request: HttpRequest, token: str, form: DeclineForm, problem: str = "", status: int = 200) -> HttpResponse:
    found = answering.look(token)
    facts = {
        "placement": found.placement,
        "facts": facts_of(found.fields),
        "form": form,
        "problem": problem,
        "phone": wording.ring(found.placement.referral),
        "once": fresh(),
    }
    return render(request, "referrals/offer.html", facts, status=status)


def _shut(request: HttpRequest, token: str, refused: Refused) -> HttpResponse:
    """Whoever answered first, or why nobody is asked any more."""
    if refused.code == "unknown":
        return shut(request, refused)
    placement = answering.offered(token)
    code = refused.code if refused.code == "withdrawn" else answering.why_dead(placement)
    if code == "answered" and placement.state == placements.DECLINED:
        code = "declined"
    phone = wording.ring(placement.referral)
    return shut(request, Refused(code), phone=phone, what=placement.entry_name, kept=code == "answered")
