"""The register of companions: who there are, what has expired, who is needed; and the public page of models."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mukana.accounts.models import Person
from mukana.audit.actions import read
from mukana.lib.allow import allow
from mukana.lib.clock import now, today
from mukana.lib.suppression import ALL
from mukana.referrals import sheets
from mukana.referrals.actions.registering import forget, keep
from mukana.referrals.actions.releasing import release
from mukana.referrals.forms.register import CompanionForm
from mukana.referrals.labels import SUPPORT, in_short, said
from mukana.referrals.labels_meeting import KINDS
from mukana.referrals.models import Companion
from mukana.referrals.queries import register
from mukana.referrals.queries.numbers import Released, released
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.codes import Refused
from mukana.referrals.rules.support import NEEDED
from mukana.referrals.views.bylink import DONE

FILTERS = ("kaikki", "saattajat", "mallit", "vapaat", "vanhentuneet")


@allow("referrals.companions")
@never_cache
@require_safe
def companions(request: HttpRequest) -> HttpResponse:
    """Everybody of one's own areas, the open needs, and what company has brought."""
    person = person_of(request)
    rows = register.register(person, today())
    wanted = request.GET.get("rajaus", "kaikki")
    shown = [row for row in rows if _belongs(row, wanted)]
    read("referrals.Companion", by=person, fields=["name"], purpose="register", count=len(shown))
    needs = [(one, said(SUPPORT, one.state)) for one in register.supports_in_reach(person).filter(state__in=register.OPEN)]
    areas = register.reach_of(person)
    facts = {
        "rows": [(row, said(KINDS, row.companion.kind)) for row in shown],
        "chips": [(code, words, sum(1 for row in rows if _belongs(row, code))) for code, words in _filters().items()],
        "wanted": wanted if wanted in FILTERS else "kaikki",
        "differ": register.differing(person),
        "needs": sorted(needs, key=lambda pair: pair[0].state != NEEDED),
        "areas": areas,
        "now": now(),
        "told": (told := _company()),
        "company": sheets.company(told),
        "done": _said().get(request.GET.get(DONE, ""), ""),
    }
    return render(request, "referrals/companions.html", facts)


def _company() -> Released:
    """This year's release, or last year's while this year's tells nothing of company yet."""
    told = released(release(today().year))
    if any(one.at(ALL, ALL) for one in told.numbers.company.values()):
        return told
    before = released(release(today().year - 1))
    return before if any(one.at(ALL, ALL) for one in before.numbers.company.values()) else told


@allow("referrals.companions")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def companion_new(request: HttpRequest, kind: str) -> HttpResponse:
    """A new support person ("saattaja") or model ("malli")."""
    if kind not in ("saattaja", "malli"):
        raise Http404
    return _form_page(request, None, "person" if kind == "saattaja" else "village_ride")


@allow("referrals.companions")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def companion(request: HttpRequest, companion_id: UUID) -> HttpResponse:
    """Change one of the register; reading the number is written down."""
    person = person_of(request)
    found = register.companion_in_reach(person, companion_id)
    if found is None:
        raise Http404
    read(found, by=person, fields=["name", "phone"], purpose="register")
    return _form_page(request, found, found.kind)


@allow("referrals.companions")
@require_POST
def companion_forget(request: HttpRequest, companion_id: UUID) -> HttpResponse:
    """Somebody leaves the register."""
    found = register.companion_in_reach(person_of(request), companion_id)
    if found is None:
        raise Http404
    try:
        forget(found, by=str(person_of(request).pk))
    except Refused as refused:
        return _form_page(request, found, found.kind, words_of(refused))
    return redirect(f"{reverse('companions')}?{DONE}=poistettu")


@allow("public")
@require_safe
def companion_models(request: HttpRequest) -> HttpResponse:
    """Somebody along for the first time: what there is in which area, conditions, price, waiting time, whom to ask."""
    rows = [(one, said(KINDS, one.kind), in_short(list(one.areas.all()))) for one in register.models_shown()]
    return render(request, "referrals/companion_models.html", {"rows": rows})


def person_of(request: HttpRequest) -> Person:
    """Whoever is signed in."""
    assert isinstance(request.user, Person)  # the doorkeeper lets in nobody else
    return request.user


def _form_page(request: HttpRequest, found: Companion | None, kind: str, problem: str = "") -> HttpResponse:
    own = register.reach_of(person_of(request))
    form = CompanionForm(own, found, kind, request.POST if request.method == "POST" and not problem else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        keep(found, form.facts(), areas=form.areas(), own=own, slots=told["slots"], by=str(person_of(request).pk))
        return redirect(f"{reverse('companions')}?{DONE}=tallennettu")
    status = 409 if problem else 422 if form.errors else 200
    return render(request, "referrals/companion.html", {"form": form, "companion": found, "own": own, "problem": problem}, status=status)


def _belongs(row: register.Row, wanted: str) -> bool:
    if wanted == "saattajat":
        return not row.companion.is_model
    if wanted == "mallit":
        return row.companion.is_model
    if wanted == "vapaat":
        return row.usable and row.free != 0
    return wanted != "vanhentuneet" or row.vetting_over or row.pledge_missing


def _filters() -> dict[str, str]:
    return {
        "kaikki": _("Kaikki"), "saattajat": _("Saattajat"), "mallit": _("Mallit"), "vapaat": _("Voi kysyä nyt"),
        "vanhentuneet": _("Paperit vanhentuneet"),
    }  # fmt: skip


def _said() -> dict[str, str]:
    return {"tallennettu": _("Tiedot on tallennettu."), "poistettu": _("Nimi ja numero on poistettu rekisteristä.")}
