"""The coordinator's inbox: take on, send on, see what came back and what is open."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mukana.accounts.models import Person
from mukana.audit.actions import read_all
from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.referrals.forms.inbox import RedirectForm, TakeOnForm, worker_choices
from mukana.referrals.labels import CASE, NEEDS, REDIRECT_REASONS, listed, said
from mukana.referrals.labels_meeting import LANGUAGES
from mukana.referrals.models import Referral
from mukana.referrals.queries import incoming
from mukana.referrals.queries.scope import areas_of
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.cases import LIVE
from mukana.referrals.rules.codes import Refused
from mukana.referrals.rules.writing import clean_reference
from mukana.referrals.views.parts import deed_of, done_before
from mukana.referrals.wording import spoken

PER_PAGE = 50
SEEN = ["age_band", "language", "practical", "needs"]
DEEDS = {"ota": TakeOnForm, "siirra": RedirectForm}


@allow("referrals.coordinate")
@never_cache
@require_safe
def referrals_inbox(request: HttpRequest) -> HttpResponse:
    """New ones first, overdue before others."""
    return _page(request)


@allow("referrals.coordinate")
@never_cache
@require_POST
def inbox_deed(request: HttpRequest, case_id: UUID, what: str) -> HttpResponse:
    """Take on with a link worker, or send to another area; of two who press, the second hears what happened."""
    person: Person = request.user  # type: ignore[assignment]  # the doorkeeper lets in nobody else
    made = DEEDS.get(what)
    case = Referral.objects.filter(pk=case_id, area__in=areas_of(person)).select_related("area").first()
    if made is None or case is None:
        return _page(request, _("Lähete ei ole enää sinun alueellasi. Joku on voinut siirtää sen."), status=409) if made else _unknown()
    form = made(case, person, request.POST)
    if not form.is_valid():
        return _page(request, _("Valitse luettelosta."), status=422)
    deed = deed_of(request, form.role)
    try:
        if not done_before(deed):
            form.run(deed)
    except Refused as refused:
        return _page(request, _refusal(refused, case), status=409)
    return redirect(f"{reverse('referrals_inbox')}?tehty={what}&tunnus={case.reference}")


def _unknown() -> HttpResponse:
    raise Http404


def _refusal(refused: Refused, case: Referral) -> str:
    case.refresh_from_db()
    if refused.code in ("same", "no_such_move") and case.link_worker is not None:
        return _("%(reference)s on jo otettu vastaan. Linkkihenkilö on %(name)s.") % {
            "reference": spoken(case.reference),
            "name": case.link_worker,
        }
    return words_of(refused)


def _page(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    person: Person = request.user  # type: ignore[assignment]  # the doorkeeper lets in nobody else
    moment, areas = now(), areas_of(person)
    new, team = incoming.new_cases(areas, person.pk, moment), incoming.workers()
    read_all((f"referrals.Resident:{one.case.resident_id}" for one in new), by=person, fields=SEEN, purpose="inbox")
    state = request.GET.get("tila", "")
    worker = next((one.person.pk for one in team if str(one.person.pk) == request.GET.get("tekija")), None)
    found = incoming.open_cases(areas, worker, state if state in LIVE else "")
    facts = {
        "now": moment, "areas": areas, "counts": incoming.counts(areas, moment), "problem": problem, "said": _said(request),
        "cards": [(one, listed(NEEDS, one.case.needs), said(LANGUAGES, one.case.resident.language), uuid4().hex) for one in new],
        "workers": worker_choices(team),
        "others": list(incoming.other_areas("")) if new else [], "reasons": REDIRECT_REASONS.items(),
        "returned": list(incoming.returned(areas)[:PER_PAGE]), "page": Paginator(found, PER_PAGE).get_page(request.GET.get("sivu")),
        "states": [(code, word) for code, word in CASE.items() if code in LIVE], "state": state, "worker": str(worker or ""),
    }  # fmt: skip
    return render(request, "referrals/inbox.html", facts, status=status)


def _said(request: HttpRequest) -> str:
    made = DEEDS.get(request.GET.get("tehty", ""))
    return f"{spoken(clean_reference(request.GET.get('tunnus', '')))}: {made.done}" if made else ""
