"""What pages of one case share: who sees it as what, doing a form's deed, where to go afterwards."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mukana.accounts.models import Person
from mukana.accounts.queries import can
from mukana.lib.clock import now
from mukana.referrals.forms.deed import DeedForm
from mukana.referrals.labels import AGE_BANDS, CASE, NEEDS, PRACTICAL, SAFE, listed, said
from mukana.referrals.labels_meeting import LANGUAGES
from mukana.referrals.models import Referral, Resident
from mukana.referrals.queries.scope import areas_of, cases_of, people_of
from mukana.referrals.queries.seeing import is_shut, reach_of
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.codes import COORDINATOR, LINK_WORKER, Refused
from mukana.referrals.rules.reaching import usable
from mukana.referrals.views.parts import deed_of, done_before
from mukana.referrals.wording import spoken

Made = type[DeedForm]
LAST = frozenset({"poistettu", "tehtava", "virhe", "vahvista", "eivirhe"})  # what can still be done when all was taken back


def person_of(request: HttpRequest) -> Person:
    """Who is signed in."""
    assert isinstance(request.user, Person)  # the doorkeeper lets in nobody else
    return request.user


def role_in(person: Person, case: Referral) -> str:
    """As what the member of staff decides: the case's link worker (or their stand-in), else its coordinator."""
    if case.link_worker_id in people_of(person) or not coordinates(person, case):
        return LINK_WORKER
    return COORDINATOR


def coordinates(person: Person, case: Referral) -> bool:
    """Is the case's area theirs?"""
    return can(person, "referrals.coordinate") and case.area_id in areas_of(person)


def may(person: Person, case: Referral, made: Made) -> bool:
    """May this person do it to this case?"""
    return coordinates(person, case) if made.permission == "referrals.coordinate" else can(person, made.permission)


def head_of(case: Referral) -> dict[str, object]:
    """Who it is about, with what must not be forgotten in front; of what was taken back only the reference and the state."""
    shut = is_shut(case)
    resident = Resident(safe_asked=True, preferred="", age_band="") if shut else case.resident
    ways = usable(reach_of(resident))
    return {
        "case": case, "resident": resident, "now": now(), "spoken": spoken(case.reference), "state": said(CASE, case.state),
        "language": said(LANGUAGES, resident.language),
        "shut": shut, "wish": "" if shut else case.wish,
        "age": said(AGE_BANDS, resident.age_band), "needs": listed(NEEDS, () if shut else case.needs),
        "practical": listed(PRACTICAL, resident.practical),
        "safe": [(code, said(SAFE, code)) for code in resident.safe], "may_call": "call" in ways, "may_write": "email" in ways,
        "by_letter": _address(resident) if "letter" in ways and not {"call", "sms", "email"} & set(ways) else "",
        "overdue": case.due_at is not None and case.due_at < now(),
    }  # fmt: skip


def _address(resident: Resident) -> str:
    """On one line; the only way there is to reach the resident."""
    told = resident.address or {}
    town = " ".join(filter(None, (told.get("postal_code", ""), told.get("city", ""))))
    return ", ".join(filter(None, (told.get("street", ""), town)))


def attempted(request: HttpRequest, form: DeedForm, case: Referral) -> str:
    """Do the form's deed once; what stands in the way in words, "" when it is done."""
    deed = deed_of(request, form.role or role_in(person_of(request), case), form.channel)
    if done_before(deed):
        return ""
    try:
        form.run(deed)
    except Refused as refused:
        return refusal(refused)
    return ""


def refusal(refused: Refused) -> str:
    """Why it was not done; somebody may have been quicker."""
    if refused.code == "same":
        return _("Joku ehti ensin: tämä on jo tehty. Mitään ei tehty toiseen kertaan.")
    if "why" in refused.facts:
        return str(refused.facts["why"])
    return words_of(refused)


def after(request: HttpRequest, case: Referral, slug: str, anchor: str = "") -> HttpResponse:
    """Back to the case; to the lists when it is out of one's reach now."""
    if cases_of(person_of(request)).filter(pk=case.pk).exists():
        return redirect(f"{reverse('referral_case', args=[case.pk])}?tehty={slug}{anchor}")
    name = "referrals_inbox" if can(request.user, "referrals.coordinate") else "referrals_day"
    return redirect(f"{reverse(name)}?tehty={slug}&tunnus={case.reference}")


def deed_page(request: HttpRequest, form: DeedForm, case: Referral, problem: str = "", *, about: str = "") -> HttpResponse:
    """The form alone, with whom it is about above it; what was typed stays.  What was taken back has only its last deeds."""
    if is_shut(case) and form.slug not in LAST:
        return gone(request, case)
    status = 409 if problem else 422 if form.errors else 200
    return render(request, "referrals/deed.html", {**head_of(case), "form": form, "problem": problem, "about": about}, status=status)


def gone(request: HttpRequest, case: Referral) -> HttpResponse:
    """The page of a case that was taken back: it has ended, and nothing of the resident is shown."""
    facts = {"case": case, "spoken": spoken(case.reference), "problem": words_of(Refused("withdrawn"))}
    return render(request, "referrals/case_gone.html", facts, status=410)
