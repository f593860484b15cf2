"""One need of a companion: who could, why each fits and who does not; a human asks one, and writes down what was told by phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mukana.audit.actions import read
from mukana.directory.words import term_name
from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.lib.moments import as_local, parse_moment
from mukana.referrals.actions import accompanying, supporting
from mukana.referrals.actions.saying import decide
from mukana.referrals.labels import PRACTICAL, SUPPORT, listed, said
from mukana.referrals.labels_meeting import FITS, GENDERS, LANGUAGES, OBSTACLES, SUPPORT_REASONS, TAPERS
from mukana.referrals.models import Companion, Support
from mukana.referrals.queries.companions import Weighed, weighed
from mukana.referrals.queries.register import supports_in_reach
from mukana.referrals.queries.seeing import is_shut, view_for
from mukana.referrals.refusals import words_of
from mukana.referrals.rules import support as rules
from mukana.referrals.rules.codes import COMPANION, COMPANIONS, Deed, Refused
from mukana.referrals.showing import safe_rules
from mukana.referrals.views.bylink import DONE, fresh
from mukana.referrals.views.parts import deed_of
from mukana.referrals.views.register import person_of

PHONE_REASONS = ("ill", "no_transport", "resident_cancelled", "no_show", "other")


@allow("referrals.companions")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def need(request: HttpRequest, support_id: UUID) -> HttpResponse:
    """What is needed, who is asked, what comes next."""
    found = _support(request, support_id)
    if request.method != "POST":
        return _page(request, found)
    what = request.POST.get("toimi", "")
    if what not in DEEDS:
        return _page(request, found, _("Valitse, mitä haluat tehdä."), 422)
    try:
        DEEDS[what](request, found)
    except Refused as refused:
        return _page(request, _support(request, support_id), _words(refused), 409)
    return redirect(f"{reverse('support_need', args=[found.pk])}?{DONE}={what}")


def _ask(request: HttpRequest, support: Support) -> None:
    asked, backup = _chosen(request, "saattaja"), _chosen(request, "vara")
    if asked is None:
        raise Refused("nobody_chosen")
    supporting.offer(support, asked, deed_of(request, COMPANIONS), backup=backup if backup != asked else None)


def _answered(request: HttpRequest, support: Support) -> None:
    made = support.offers.filter(state="offered").first()
    if made is None:
        raise Refused("answered")
    supporting.answer_offer(made, yes=request.POST.get("vastaus") == "kylla", deed=_told(request))


def _take_back(request: HttpRequest, support: Support) -> None:
    supporting.take_back_ask(support, deed_of(request, COMPANIONS))


def _met(request: HttpRequest, support: Support) -> None:
    supporting.met(support, _told(request))


def _along(request: HttpRequest, support: Support) -> None:
    accompanying.was_along(support, _told(request))


def _could_not(request: HttpRequest, support: Support) -> None:
    accompanying.could_not(support, request.POST.get("syy", ""), _told(request))


def _release(request: HttpRequest, support: Support) -> None:
    supporting.release(support, request.POST.get("syy", ""), _told(request))


def _anew(request: HttpRequest, support: Support) -> None:
    supporting.look_again(support, deed_of(request, COMPANIONS))


def _taper(request: HttpRequest, support: Support) -> None:
    supporting.taper(support, deed_of(request, COMPANIONS))


def _again(request: HttpRequest, support: Support) -> None:
    starts_at = parse_moment(f"{request.POST.get('paiva', '')}T{request.POST.get('klo', '')}")
    if starts_at is None:
        raise Refused("past")
    accompanying.again(support, starts_at, deed_of(request, COMPANIONS))


def _was(request: HttpRequest, support: Support) -> None:
    decide(support, deed_of(request, COMPANIONS, "phone"), came=True)


def _was_not(request: HttpRequest, support: Support) -> None:
    decide(support, deed_of(request, COMPANIONS, "phone"), came=False)


DEEDS: dict[str, Callable[[HttpRequest, Support], None]] = {
    "pyyda": _ask, "vastaus": _answered, "peru-pyynto": _take_back, "juteltu": _met, "mukana": _along, "ei-paassyt": _could_not,
    "luopui": _release, "uusi": _anew, "vahenna": _taper, "seuraava": _again, "oli": _was, "ei-ollut": _was_not,
}  # fmt: skip


def _told(request: HttpRequest) -> Deed:
    """The companion's own word, as the keeper heard it on the phone."""
    return deed_of(request, COMPANION, "phone")


def _support(request: HttpRequest, support_id: UUID) -> Support:
    found = supports_in_reach(person_of(request)).filter(pk=support_id).first()
    if found is None:
        raise Http404
    return found


def _chosen(request: HttpRequest, name: str) -> Companion | None:
    try:
        key = UUID(request.POST.get(name, ""))
    except ValueError:
        return None
    return Companion.objects.filter(pk=key, active=True).first()


def _page(request: HttpRequest, support: Support, problem: str = "", status: int = 200) -> HttpResponse:
    differ = support.placement.errands.filter(kind="company_word", done_at=None).first()
    able, others = weighed(support) if support.state == rules.NEEDED else ([], [])
    facts = {
        "support": support,
        "state": _("Ei vielä selvillä") if differ else said(SUPPORT, support.state),
        "wish": _wish(request, support),
        "able": [(one, _fits(one)) for one in able],
        "others": [(one, listed(OBSTACLES, one.obstacles)) for one in others],
        "offers": [(one, _offer_word(one.state)) for one in support.offers.select_related("companion")],
        "contact": _contact(request, support),
        "told": accompanying.told_of(support),
        "differ": differ,
        "begun": support.starts_at is not None and support.starts_at <= now(),
        "taper": TAPERS[support.taper],
        "reasons": [(code, SUPPORT_REASONS[code]) for code in PHONE_REASONS],
        "review": support.visits >= rules.REVIEW_AFTER_VISITS,
        "next_day": _week_later(support.starts_at),
        "problem": problem,
        "done": _said().get(request.GET.get(DONE, ""), "") if status == 200 else "",
        "once": fresh(),
    }
    return render(request, "referrals/support_need.html", facts, status=status)


def _wish(request: HttpRequest, support: Support) -> dict[str, Any]:
    """What is asked for, without a name and without why."""
    resident = support.placement.referral.resident
    if is_shut(support.placement.referral):
        return {"area": support.placement.referral.area}
    read(resident, by=person_of(request), fields=["practical", "language", "gender_wish"], purpose="matching")
    session = support.placement.sessions.order_by("-starts_at").first()
    return {
        "area": "" if resident.protected else support.placement.referral.area,
        "place": session.place if session else "",
        "language": said(LANGUAGES, resident.language),
        "gender": said(GENDERS, resident.gender_wish) if resident.gender_wish else "",
        "practical": listed(PRACTICAL, resident.practical),
    }


def _contact(request: HttpRequest, support: Support) -> dict[str, object]:
    """What the companion sees, for telling it by phone to one who has no mobile."""
    if support.state not in rules.MAY_SEE:
        return {}
    fields = view_for("companion", support.placement, now())
    read(support.placement.referral.resident, by=person_of(request), fields=sorted(fields), purpose="companion")
    return {**fields, "safe": safe_rules(fields), "rings": "no_call" not in support.placement.referral.resident.safe}


def _fits(one: Weighed) -> str:
    shared = ", ".join(term_name("topic", code) for code in one.shared)
    return ", ".join(f"{said(FITS, code)}: {shared}" if code == "interests" and shared else said(FITS, code) for code in one.fits)


def _offer_word(state: str) -> str:
    return {
        "offered": _("kysytty, odottaa vastausta"), "accepted": _("lupautui"), "declined": _("ei päässyt"),
        "expired": _("ei vastannut"), "released": _("luopui tai peruttiin"),
    }[state]  # fmt: skip


def _words(refused: Refused) -> str:
    found = refused.facts.get("obstacles")
    if isinstance(found, list):
        return _("Tätä saattajaa ei voi pyytää: %(why)s.") % {"why": listed(OBSTACLES, found)}
    return words_of(refused)


def _week_later(starts_at: datetime | None) -> datetime:
    """The next time, as it is proposed."""
    return as_local((starts_at or now()) + timedelta(days=7))


def _said() -> dict[str, str]:
    return {
        "pyyda": _("Pyyntö on lähtenyt. Vastausaikaa on yksi arkipäivä."),
        "vastaus": _("Vastaus on kirjattu."),
        "peru-pyynto": _("Pyyntö on peruttu."),
        "juteltu": _("Kirjattu: ovat jutelleet."),
        "mukana": _("Kirjattu: oli mukana."),
        "ei-paassyt": _("Kirjattu: ei päässyt mukaan."),
        "luopui": _("Kirjattu: luopui. Etsitään toinen."),
        "uusi": _("Etsitään saattaja uuteen aikaan."),
        "vahenna": _("Tuen väheneminen on kirjattu."),
        "seuraava": _("Seuraava yhteinen kerta on kirjattu."),
        "oli": _("Kirjattu: saattaja oli mukana."),
        "ei-ollut": _("Kirjattu: saattaja ei ollut mukana."),
    }
