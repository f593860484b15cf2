"""The resident's own page by link: where it stands, who knows what, and everything they may decide."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mukana.audit.actions import read
from mukana.lib.allow import allow
from mukana.referrals import secrets
from mukana.referrals.actions import own
from mukana.referrals.actions.ending import withdraw
from mukana.referrals.actions.saying import resident_says
from mukana.referrals.actions.visiting import answer_why
from mukana.referrals.forms.own import UnsafeForm, WhyForm
from mukana.referrals.letter_sheets import permission_words
from mukana.referrals.models import Permission, Placement, Referral, Support
from mukana.referrals.own_words import DONE
from mukana.referrals.queries.casework import replaced_of
from mukana.referrals.queries.own import agreed, case_by_token, looked, told
from mukana.referrals.queries.standing import place_words, standing, steps
from mukana.referrals.queries.withdrawn import aftermath
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.cases import AWAITING, CLOSED, WITHDRAWN
from mukana.referrals.rules.codes import RESIDENT, Deed, Refused
from mukana.referrals.rules.writing import tells_danger
from mukana.referrals.views.bylink import fresh, once


@allow("public")
@never_cache
@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    """What the resident sees of their own case; the look is the resident's own."""
    case = case_by_token(token)
    if case is None:
        return lost(request)
    return shown(request, token, case)


@allow("public")
@never_cache
@require_POST
def permission(request: HttpRequest, token: str, permission_id: UUID) -> HttpResponse:
    """One permission is taken back."""

    def do(case: Referral, deed: Deed) -> str:
        row = Permission.objects.filter(referral=case, pk=permission_id).first()
        if row is None:
            raise Http404
        own.take_back(row, deed)
        return "lupa"

    return _did(request, token, "lupa", do)


@allow("public")
@never_cache
@require_POST
def why(request: HttpRequest, token: str, placement_id: UUID) -> HttpResponse:
    """Why the first session was missed."""

    def do(case: Referral, deed: Deed) -> str:
        form = WhyForm(request.POST)
        answer_why(_placement(case, placement_id), form.cleaned_data["syy"] if form.is_valid() else "", deed)
        return "miksi"

    return _did(request, token, f"miksi{placement_id.hex[-8:]}", do)


@allow("public")
@never_cache
@require_POST
def queue(request: HttpRequest, token: str, placement_id: UUID) -> HttpResponse:
    """Is the place still wanted?"""

    def do(case: Referral, deed: Deed) -> str:
        yes = request.POST.get("vastaus") == "kylla"
        own.want_place(_placement(case, placement_id), yes=yes, deed=deed)
        return "jono" if yes else "jono-ei"

    return _did(request, token, f"jono{placement_id.hex[-8:]}", do)


@allow("public")
@never_cache
@require_POST
def company(request: HttpRequest, token: str, support_id: UUID) -> HttpResponse:
    """Did the companion come along?"""

    def do(case: Referral, deed: Deed) -> str:
        task = Support.objects.select_related("placement__referral__resident").filter(placement__referral=case, pk=support_id).first()
        if task is None:
            raise Http404
        resident_says(task, request.POST.get("vastaus", ""), deed)
        return "saattaja"

    return _did(request, token, f"saattaja{support_id.hex[-8:]}", do)


@allow("public")
@never_cache
@require_POST
def talk(request: HttpRequest, token: str) -> HttpResponse:
    """The resident wants to talk."""

    def do(case: Referral, deed: Deed) -> str:
        own.talk_again(case, deed)
        return "juttelu"

    return _did(request, token, "juttelu", do)


@allow("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_all_back(request: HttpRequest, token: str) -> HttpResponse:
    """Withdraw everything: first what it means, then the deed."""
    case = case_by_token(token)
    if case is None:
        return lost(request)
    if case.state == WITHDRAWN:
        return redirect("own", token=token)
    if request.method == "POST":
        try:
            withdraw(case, deed_by(request, token, "peru"))
        except Refused as refused:
            return shown(request, token, case, problem=words_of(refused), status=409)
        return redirect("own", token=token)
    return render(request, "referrals/own_withdraw.html", {"case": case, "token": token, "once": fresh(), "stands": standing(case)})


@allow("public")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def unsafe(request: HttpRequest, token: str) -> HttpResponse:
    """What is not safe; the link itself changes with it, so the resident goes on with a new one."""
    case = case_by_token(token)
    if case is None:
        return lost(request)
    form = UnsafeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        own.tell_unsafe(
            case, told["kielletty"], deed_by(request, token, "turva"), protected=told["turvakielto"], words=told["kerro"]
        )  # fmt: skip
        case.resident.refresh_from_db()
        done = "vaara" if tells_danger(told["kerro"]) else "turva"
        return redirect(f"{reverse('own', args=[secrets.token_of(case, secrets.OWN)])}?tehty={done}")
    facts = {"form": form, "token": token, "stands": standing(case)}
    return render(request, "referrals/own_unsafe.html", facts, status=422 if form.errors else 200)


def shown(request: HttpRequest, token: str, case: Referral, *, problem: str = "", status: int = 200) -> HttpResponse:
    """The page, as it stands now."""
    read(case.resident, by=actor_of(token), fields=["name", "history"], purpose="own")
    said = "" if problem else str(DONE.get(request.GET.get("tehty", ""), ""))
    facts: dict[str, Any] = {
        "case": case, "token": token, "stands": standing(case), "once": fresh(), "problem": problem, "said": said,
        "told": told(case), "looked": looked(case.resident),
        "permissions": _permissions(case),
    }  # fmt: skip
    if case.state == WITHDRAWN:
        return render(request, "referrals/own_withdrawn.html", {**facts, "after": aftermath(case)}, status=status)
    places = [(one, place_words(one.placement, case)) for one in agreed(case)]
    facts |= {
        "places": places, "steps": steps(case), "why": WhyForm(auto_id=False), "may_talk": case.open or case.state == CLOSED,
        "may_end": case.open, "confirm": secrets.token_of(case, secrets.CONFIRM) if case.state == AWAITING else "",
    }  # fmt: skip
    return render(request, "referrals/own.html", facts, status=status)


def lost(request: HttpRequest) -> HttpResponse:
    """The link opens nothing (any more): the way to a new one."""
    return render(request, "referrals/own_lost.html", status=404)


def actor_of(token: str) -> str:
    """What traces call the resident: by the link, never by name."""
    return f"own:{sha256(token.encode()).hexdigest()[:16]}"


def deed_by(request: HttpRequest, token: str, what: str) -> Deed:
    """The resident's own deed, once for the form."""
    return Deed(actor_of(token), RESIDENT, "link", once(request, what))


def _did(request: HttpRequest, token: str, what: str, do: Callable[[Referral, Deed], str]) -> HttpResponse:
    """One deed of the page, and the page again; what cannot be done is said on it."""
    case = case_by_token(token)
    if case is None:
        return lost(request)
    try:
        done = do(case, deed_by(request, token, what))
    except Refused as refused:
        case.refresh_from_db()
        return shown(request, token, case, problem=words_of(refused), status=409)
    return redirect(f"{reverse('own', args=[token])}?tehty={done}")


def _placement(case: Referral, key: UUID) -> Placement:
    found = Placement.objects.select_related("referral__resident", "entry").filter(referral=case, pk=key).first()
    if found is None:
        raise Http404
    return found


def _permissions(case: Referral) -> list[tuple[Permission, str, bool]]:
    """Each in words, and whether a newer one replaced it."""
    rows = list(case.permissions.select_related("entry"))
    replaced = replaced_of(rows)
    return [(one, permission_words(one), one.pk in replaced) for one in rows]
