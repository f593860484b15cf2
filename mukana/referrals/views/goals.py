"""The page of a resident's own goals and how it goes: optional, with permission, aloud or on paper."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from mukana.lib.allow import allow
from mukana.referrals.actions.measuring import answer, leave_goal, set_goal
from mukana.referrals.actions.permitting import Given, permit
from mukana.referrals.forms.goals import AnswersForm, OwnForm
from mukana.referrals.models import Goal, Referral
from mukana.referrals.queries.goals import goals_of
from mukana.referrals.queries.seeing import is_shut
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.codes import LINK_WORKER, RESIDENT, Deed, Refused
from mukana.referrals.views.case_parts import gone
from mukana.referrals.views.parts import case_in_reach, case_of, deed_of

FIELDS = ("goals", "measures")


@allow("referrals.work")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def case_goals(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What they want and how it goes; with POST a new goal ("oma") or the answers of one talk ("vointi")."""
    case = case_of(request, case_id, "goals", FIELDS)
    if is_shut(case):
        return gone(request, case)
    found = goals_of(case)
    mine = request.POST.get("teko") == "oma"
    own = OwnForm(request.POST if request.method == "POST" and mine else None)
    now = AnswersForm(found.standing, request.POST if request.method == "POST" and not mine else None)
    refusal = ""
    if request.method == "POST" and (own if mine else now).is_valid():
        try:
            _write(case, own if mine else None, now, deed_of(request, LINK_WORKER))
        except Refused as refused:
            refusal = words_of(refused)
        else:
            return redirect("case_goals", case_id)
    wrong = own.errors or now.errors
    facts = {"case": case, "found": found, "own": own, "now": now, "form": own if own.errors else now, "refusal": refusal}
    return render(request, "referrals/goals.html", facts, status=409 if refusal else 422 if wrong else 200)


@allow("referrals.work")
@require_POST
def goals_permit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The resident said yes to being asked."""
    case = case_in_reach(request, case_id)
    if not goals_of(case).may_ask:
        permit(case, [Given("measures")], deed_of(request, RESIDENT, "face"))
    return redirect("case_goals", case_id)


@allow("referrals.work")
@require_POST
def goal_leave(request: HttpRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    """It does not matter to the resident any more."""
    case = case_in_reach(request, case_id)
    leave_goal(get_object_or_404(Goal, referral=case, pk=goal_id), deed_of(request, LINK_WORKER))
    return redirect("case_goals", case_id)


def _write(case: Referral, own: OwnForm | None, now: AnswersForm, deed: Deed) -> None:
    if own is not None:
        set_goal(case, own.cleaned_data["laji"], own.cleaned_data["sanat"], deed)
    else:
        answer(case, now.answers, now.cleaned_data["tapa"], deed)
