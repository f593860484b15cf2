"""A referrer's own referrals: what became of them, a line for the patient record, taking one back."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mukana.accounts.models import Person
from mukana.audit.actions import read
from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.lib.text import squeeze
from mukana.referrals.actions.ending import cancel
from mukana.referrals.actions.hearing import heard
from mukana.referrals.forms.refer_cancel import CancelForm
from mukana.referrals.models import Feedback, Referral
from mukana.referrals.queries.sent import Own, first_visit_on, owns, sent_by
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.cases import LIVE
from mukana.referrals.rules.codes import REFERRER, Deed, Refused
from mukana.referrals.views.refer_parts import keyed
from mukana.referrals.wording import outcome_words, ring, spoken

PER_PAGE = 25
STATES = {
    "sent": (_("Lähetetty"), "now"),
    "acknowledged": (_("Otettu vastaan"), "now"),
    "not_reached": (_("Ei ole tavoitettu, yritetään yhä"), "warn"),
    "first_visit": (_("Ensimmäinen käynti toteutui"), "ok"),
    "corrected": (_("Korjaus: ensimmäinen käynti on vielä edessä"), "now"),
    "closed": (_("Päättynyt"), "ok"),
    "withdrawn": (_("Asukas perui"), ""),
    "cancelled": (_("Peruit tämän"), ""),
}


@allow("referrals.refer")
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The list, without anybody's name."""
    search = squeeze(request.GET.get("tunnus"))[:40]
    page = Paginator(sent_by(_person(request), search), PER_PAGE).get_page(request.GET.get("sivu"))
    rows = [(own, spoken(own.case.reference), *STATES[own.state]) for own in owns(page.object_list, now())]
    return render(request, "referrals/refer_mine.html", {"rows": rows, "page": page, "search": search})


@allow("referrals.refer")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One of them, with the resident's name while it is being worked on; the look is written down."""
    own, problem, status = _own(request, case_id), "", 200
    form = CancelForm(keyed(request.POST) if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        deed = Deed(str(request.user.pk), REFERRER, "screen", str(form.cleaned_data["kerran"]))
        try:
            cancel(own.case, form.cleaned_data["syy"], deed)
            return redirect("referral_mine", case_id=case_id)
        except Refused as refused:
            problem, status = words_of(refused), 409
            own = _own(request, case_id)
    return _shown(request, own, form, problem, status=422 if form.is_bound and form.errors else status)


def _shown(request: HttpRequest, own: Own, form: CancelForm, problem: str, status: int) -> HttpResponse:
    resident = own.case.resident
    name = resident.name if own.case.state in LIVE and own.state != "withdrawn" else ""
    if name:
        read(resident, by=request.user, fields=["name"], purpose="own_referral")
    heard(own.told)
    word, kind = STATES[own.state]
    facts = {
        "own": own, "case": own.case, "name": name, "word": word, "kind": kind, "form": form, "problem": problem,
        "reference": spoken(own.case.reference), "phone": ring(own.case), "told": [(row, _said(row, own.case)) for row in own.told],
    }  # fmt: skip
    return render(request, "referrals/refer_mine_one.html", facts, status=status)


def _said(row: Feedback, case: Referral) -> str:
    word = str(STATES[row.kind][0])
    if row.kind == "first_visit" and (day := first_visit_on(case)):
        return f"{word} {day.day}.{day.month}."
    return f"{word}: {outcome_words(row.outcome)}" if row.outcome else word


def _own(request: HttpRequest, case_id: UUID) -> Own:
    found = owns(sent_by(_person(request)).filter(pk=case_id), now())
    if not found:
        raise Http404
    return found[0]


def _person(request: HttpRequest) -> Person:
    person: Person = request.user  # type: ignore[assignment]  # only those who are signed in come here
    return person
