"""Where the resident goes: proposing places, and every deed on a placement."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mukana.accounts.models import Person
from mukana.directory.models import Entry
from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.referrals.actions import offering
from mukana.referrals.forms import placement as forms
from mukana.referrals.forms import visit
from mukana.referrals.forms.correct import CorrectForm
from mukana.referrals.forms.errand import ErrandForm
from mukana.referrals.forms.placement import PlacementForm
from mukana.referrals.labels import DECLINE_REASONS, END_REASONS, FIELD_GROUPS, PLACEMENT, RECALL_REASONS, SUPPORT, listed, said
from mukana.referrals.models import Placement, Referral
from mukana.referrals.queries.casework import Spot, spots_of
from mukana.referrals.queries.places import Place, proposals
from mukana.referrals.queries.seeing import is_shut
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.cases import CAN_OFFER
from mukana.referrals.rules.codes import Refused
from mukana.referrals.views.case_parts import after, attempted, deed_page, gone, head_of, person_of, refusal, role_in
from mukana.referrals.views.parts import case_in_reach, case_of, deed_of

DEEDS: dict[str, type[PlacementForm]] = {
    made.slug: made
    for made in (
        forms.RequestForm, forms.AcceptedForm, forms.DeclinedForm, forms.WaitlistedForm, visit.ScheduleForm, visit.MarkForm,
        visit.NeedCompanionForm, visit.CalledOffForm, CorrectForm, forms.StillWantedForm, forms.CameBackForm, forms.DeletedForm,
        forms.EndForm, forms.RecallForm,
    )
}  # fmt: skip
FIRST = frozenset(  # what can be the main thing to do to a placement
    {
        forms.RequestForm, forms.AcceptedForm, visit.ScheduleForm, visit.MarkForm, forms.StillWantedForm, forms.CameBackForm,
        forms.DeletedForm,
    }
)  # fmt: skip
_WHY = {"declined": DECLINE_REASONS, "recalled": RECALL_REASONS, "ended": END_REASONS}
_KIND = {
    "missed_first": "warn",
    "session_cancelled": "warn",
    "lapsed": "warn",
    "declined": "",
    "recalled": "",
    "ended": "",
    "waitlisted": "warn",
}
_GOOD = frozenset({"accepted", "scheduled", "first_attended", "attending"})


@dataclass(frozen=True, slots=True)
class Card:
    """A placement as the page shows it: its state in words, its main deed and the others."""

    spot: Spot
    state: str
    kind: str
    why: str
    support: str
    groups: str
    first: type[PlacementForm] | None
    rest: list[type[PlacementForm]]
    errands: list[ErrandForm]
    ended: bool


def shown(case: Referral, person: Person) -> list[Card]:
    """Every placement of the case."""
    return [_card(spot, person) for spot in spots_of(case)]


@allow("referrals.work")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def place_deed(request: HttpRequest, case_id: UUID, placement_id: UUID, what: str) -> HttpResponse:
    """One deed on one placement."""
    made, case = DEEDS.get(what), case_in_reach(request, case_id)
    placement = Placement.objects.select_related("entry__place", "referral__resident").filter(pk=placement_id, referral=case).first()
    if made is None or placement is None:
        raise Http404
    form = made(placement, person_of(request), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not (problem := attempted(request, form, case)):
            return after(request, case, what, f"#k-{placement.pk}")
    else:
        problem = "" if made.offered(placement) or form.errors else words_of(Refused("no_such_move"))
    return deed_page(request, form, case_of(request, case_id, "case", ("name", "safe")), problem, about=placement.entry_name)


@allow("referrals.work")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Suggestions for the resident's needs and wish, or by name; a press puts one on the list, nobody outside knows yet."""
    case, problem = case_in_reach(request, case_id), ""
    if request.method == "POST":
        entry = get_object_or_404(Entry.objects.public(), pk=_key(request.POST.get("kohde", "")))
        try:
            placement = offering.propose(case, entry, deed_of(request, role_in(person_of(request), case)))
        except Refused as refused:
            problem = refusal(refused)
        else:
            return after(request, case, "ehdota", f"#k-{placement.pk}")
    case = case_of(request, case_id, "case", ("name", "wish", "needs", "practical", "safe"))
    words = request.GET.get("q", "").strip()[:200]
    found: list[Place] = proposals(case, words, now()) if case.state in CAN_OFFER else []
    if is_shut(case):
        return gone(request, case)
    if case.state not in CAN_OFFER and not problem:
        problem = words_of(Refused("not_in_dialogue" if case.open else "ended"))
    facts = {**head_of(case), "q": words, "found": found, "problem": problem, "key": uuid4().hex}
    return render(request, "referrals/propose.html", facts, status=409 if problem else 200)


def _card(spot: Spot, person: Person) -> Card:
    placement = spot.placement
    offered = [made for made in DEEDS.values() if made.offered(placement)]
    state = placement.state
    why = said(_WHY[state], placement.reason) if state in _WHY and placement.reason else ""
    support = said(SUPPORT, spot.support.state) if spot.support else ""
    kind = "ok" if state in _GOOD else _KIND.get(state, "now")
    errands = [ErrandForm(one, person) for one in spot.errands if one.kind != "confirm_error"]
    groups = listed(FIELD_GROUPS, spot.groups)
    first = next((made for made in offered if made in FIRST), None)
    if any(one.thing.kind == "check_mark" for one in errands) and CorrectForm in offered:
        first = CorrectForm
    rest = [made for made in offered if made is not first]
    return Card(spot, said(PLACEMENT, state), kind, why, support, groups, first, rest, errands, not spot.open)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise Http404 from problem
