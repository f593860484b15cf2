"""The receiver's offer behind a link: somebody would like to come, without a name.  Opening it changes nothing."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
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
from mukana.referrals.views.bylink import DONE, SENDS, fresh, once, shut


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
    if what == "linkki":
        return _send(request, token, placement)
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


def _send(request: HttpRequest, token: str, placement: Placement) -> HttpResponse:
    """The page's link once more, to the known address only."""
    if not answering.has_page(placement):
        raise Refused("answered")
    answering.check_shown(placement)
    if not ratelimit.consume(request, action=SENDS, key=str(placement.pk)):
        return redirect(f"{reverse('offer', args=[token])}?{DONE}=usein")
    sent = "linkki" if answering.send_again(placement) else "ei-osoitetta"
    return redirect(f"{reverse('offer', args=[token])}?{DONE}={sent}")


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
    facts: dict[str, Any] = {
        "what": placement.entry_name,
        "kept": code == "answered",
        "resend": code == "answered" and answering.has_page(placement),
    }
    done = _said().get(request.GET.get(DONE, ""), "")
    return shut(request, Refused(code), phone=phone, once=fresh(), done=done, **facts)


def _said() -> dict[str, str]:
    return {
        "linkki": _("Lähetimme linkin yhteystietoonne."),
        "ei-osoitetta": _("Yhteystietoa ei ole. Linkkihenkilö soittaa teille."),
        "usein": _("Linkki on jo lähetetty. Katso viestejäsi hetken päästä."),
    }
