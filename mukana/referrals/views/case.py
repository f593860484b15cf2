"""The page of one case: who, what is to be done now, what else can be done, where they go, what has happened."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mukana.accounts.models import Person
from mukana.lib.allow import allow
from mukana.referrals import story_words
from mukana.referrals.forms import case_contact, case_end, case_people, case_plan, inbox
from mukana.referrals.forms.case_contact import missing
from mukana.referrals.forms.errand import ErrandForm
from mukana.referrals.labels import ERROR_REASONS, FIELD_GROUPS, METHODS, PERMISSIONS, listed, said
from mukana.referrals.models import Referral
from mukana.referrals.queries import casework
from mukana.referrals.queries.erring import asked_in_error
from mukana.referrals.queries.seeing import is_shut
from mukana.referrals.queries.story import people_named, story_of
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.cases import CAN_OFFER, CONTACTING, FOLLOW_UP, FOLLOW_UPS_MONTHS, IN_DIALOGUE
from mukana.referrals.rules.codes import Refused
from mukana.referrals.rules.placements import LIVE
from mukana.referrals.views import case_places
from mukana.referrals.views.case_parts import LAST, Made, after, attempted, deed_page, head_of, may, person_of
from mukana.referrals.views.parts import case_in_reach, case_of

FIELDS = ("name", "phone", "email", "address", "age_band", "area", "wish", "practical", "language", "safe", "notes")
DEEDS: dict[str, Made] = {
    made.slug: made
    for made in (
        case_end.ConfirmMistakeForm, case_end.NoMistakeForm, inbox.TakeOnForm, case_contact.WriteForm, case_contact.AttemptForm,
        case_contact.UnreachableForm,
        case_contact.CalledBackForm, case_plan.PlanForm, case_plan.ResumeForm, case_plan.FollowedUpForm, case_plan.FollowUpForm,
        case_end.ReopenForm, case_plan.WantsMoreForm, case_plan.PauseForm, case_people.ReachForm, case_people.PermitForm,
        case_people.ReassignForm, inbox.RedirectForm, case_end.CloseForm, case_end.WithdrawForm, case_end.MistakeForm,
    )
}  # fmt: skip
DECIDED_ELSEWHERE = ("confirm_error", "company_word")  # by a deed or on a page of their own
# what can be the main thing
FIRST = ("vahvista", "ota", "kirjoita", "yritys", "soitti", "suunnitelma", "jatka", "seurattu", "seuranta", "avaa", "paata")
SAID = {
    **{slug: made.done for slug, made in {**DEEDS, **case_places.DEEDS}.items()},
    "tehtava": ErrandForm.done, "lupapois": case_people.UnpermitForm.done,
    "ehdota": _("Paikka on ehdolla. Kysy seuraavaksi lupa ja lähetä pyyntö."),
}  # fmt: skip


@allow("referrals.work")
@never_cache
@require_safe
def referral_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The case; one look is one trace."""
    case, person = case_of(request, case_id, "case", FIELDS), person_of(request)
    offered = [made for made in DEEDS.values() if may(person, case, made) and made.offered(case)]
    if is_shut(case):
        return _shut(request, case, offered)
    first = _first(case, person, offered)
    events = story_of(case)
    facts = {
        **head_of(case), "first": first(case, person) if first else None, "rest": [made for made in offered if made is not first],
        "spots": case_places.shown(case, person), "errands": [ErrandForm(one, person) for one in casework.loose_errands(case)],
        "permissions": _permissions(case), "events": [(one, story_words.what(one), story_words.by_whom(one)) for one in events],
        "said": SAID.get(request.GET.get("tehty", ""), ""), "can_propose": case.state in CAN_OFFER,
        "wants_plan": case.state == IN_DIALOGUE, "unreached": _unreached(case), "error": _error(case), "others": casework.others_of(case),
    }  # fmt: skip
    return render(request, "referrals/case.html", facts)


def _shut(request: HttpRequest, case: Referral, offered: list[Made]) -> HttpResponse:
    """What is left of a case that was taken back: its reference, its state, what is still to be done."""
    asked = case.placements.exclude(deletion_asked_at=None).order_by("entry_name")
    errands = case.errands.filter(done_at=None).exclude(kind="deletion_confirmed").select_related("owner_person", "placement")
    facts = {
        **head_of(case), "asked": asked, "errands": [ErrandForm(one, person_of(request)) for one in errands], "error": _error(case),
        "rest": [made for made in offered if made.slug in LAST], "said": SAID.get(request.GET.get("tehty", ""), ""),
    }  # fmt: skip
    return render(request, "referrals/case_shut.html", facts)


@allow("referrals.work")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def case_deed(request: HttpRequest, case_id: UUID, what: str) -> HttpResponse:
    """One deed's own page: the form, and what stands in the way."""
    made, person = DEEDS.get(what), person_of(request)
    case = case_in_reach(request, case_id)
    if made is None or not may(person, case, made):
        raise Http404
    form = made(case, person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not (problem := attempted(request, form, case)):
            return after(request, case, what)
    else:
        problem = "" if made.offered(case) or form.errors else _moved()
    return deed_page(request, form, case_of(request, case_id, "case", ("name", "safe")), problem)


@allow("referrals.work")
@never_cache
@require_POST
def case_errand(request: HttpRequest, case_id: UUID, errand_id: UUID) -> HttpResponse:
    """An errand of the case has been done."""
    case = case_in_reach(request, case_id)
    errand = case.errands.filter(pk=errand_id).exclude(kind__in=DECIDED_ELSEWHERE).first()
    if errand is None:
        raise Http404
    form = ErrandForm(errand, person_of(request), request.POST)
    problem = attempted(request, form, case) if form.is_valid() else ""
    if form.is_valid() and not problem:
        return after(request, case, "tehtava")
    return deed_page(request, form, case_of(request, case_id, "case", ("name", "safe")), problem)


@allow("referrals.work")
@never_cache
@require_POST
def case_unpermit(request: HttpRequest, case_id: UUID, permission_id: UUID) -> HttpResponse:
    """The resident takes one permission back; the receiver's link shows nothing from now on."""
    case = case_in_reach(request, case_id)
    row = case.permissions.filter(pk=permission_id).first()
    if row is None:
        raise Http404
    form = case_people.UnpermitForm(row, person_of(request), request.POST)
    form.full_clean()
    if problem := attempted(request, form, case):
        return deed_page(request, form, case_of(request, case_id, "case", ("name", "safe")), problem)
    return after(request, case, "lupapois", "#luvat")


def _moved() -> str:
    return words_of(Refused("no_such_move"))


def _first(case: Referral, person: Person, offered: list[Made]) -> Made | None:
    """The one thing to do now; while people talk, that is finding places until there is something to agree on."""
    if case.state == IN_DIALOGUE and not case.placements.filter(state__in=LIVE).exists():
        offered = [made for made in offered if made is not case_plan.PlanForm]
    asked = asked_in_error(case)
    if asked is not None and asked.by == str(person.pk):
        offered = [made for made in offered if made is not case_end.ConfirmMistakeForm]
    if case.state != FOLLOW_UP or case.follow_ups_done < len(FOLLOW_UPS_MONTHS):
        offered = [made for made in offered if made is not case_end.CloseForm]  # the first deed only when nothing else is left
    found = [made for slug in FIRST for made in offered if made.slug == slug]
    return found[0] if found else None


def _unreached(case: Referral) -> str:
    refused = missing(case) if case.state == CONTACTING else None
    return words_of(refused) if refused else ""


def _error(case: Referral) -> dict[str, str] | None:
    asked = asked_in_error(case)
    return {"who": people_named([asked.by]).get(asked.by, ""), "why": said(ERROR_REASONS, asked.reason)} if asked else None


def _permissions(case: Referral) -> list[dict[str, object]]:
    rows = casework.permissions_of(case)
    names, replaced = people_named([row.recorded_by for row in rows]), casework.replaced_of(rows)
    return [
        {
            "row": row, "what": said(PERMISSIONS, row.kind), "groups": listed(FIELD_GROUPS, row.groups), "how": said(METHODS, row.method),
            "who": names.get(row.recorded_by, ""), "entry": str(row.entry or ""),
            "replaced": row.pk in replaced,
        }
        for row in rows
    ]  # fmt: skip
