"""Corrections from outside: the form, what came of it, and the page of those who decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mukana.accounts.queries import can
from mukana.audit.actions import read
from mukana.directory.actions.editing import fact
from mukana.directory.models import Entry
from mukana.lib.allow import allow
from mukana.upkeep import doors
from mukana.upkeep.actions import proposing
from mukana.upkeep.actions.links import digest
from mukana.upkeep.forms.small import ProposalForm
from mukana.upkeep.models import Proposal, ProposedFact
from mukana.upkeep.queries.desk import proposals_of
from mukana.upkeep.queries.editable import stands
from mukana.upkeep.views.refusing import refused


@dataclass(frozen=True, slots=True)
class Standing:
    """A proposed fact beside what stands now; `moved`: it has changed since the proposal was written."""

    fact: ProposedFact
    stands: Any
    stamp: str
    moved: bool


@allow("public")
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The facts as they stand; whoever knows better writes over them."""
    entry = get_object_or_404(Entry.objects.public().select_related("organisation"), pk=entry_id)
    form = ProposalForm(entry, stands(entry), request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "upkeep/propose.html", {"form": form, "entry": entry}, status=422 if form.errors else 200)
    if form.is_machine():
        return redirect("entry", entry_id=entry.pk)
    try:
        made = proposing.propose(entry, form.values(), note=form.said(), contact=form.cleaned_data["contact"])
    except proposing.TooMany:
        form.add_error(None, _("Tästä kohteesta on juuri tullut monta ehdotusta. Yritä tunnin päästä uudelleen tai soita."))
        return render(request, "upkeep/propose.html", {"form": form, "entry": entry}, status=429)
    if made is None:
        form.add_error(None, _("Mikään ei ole muuttunut. Kirjoita oikea tieto sen kentän päälle, joka on väärin."))
        return render(request, "upkeep/propose.html", {"form": form, "entry": entry}, status=422)
    return redirect("proposal", token=made[0])


@allow("public")
@require_safe
def proposal(request: HttpRequest, token: str) -> HttpResponse:
    """What came of it, for whoever proposed it."""
    found = get_object_or_404(Proposal.objects.select_related("entry").prefetch_related("facts"), digest=digest(token))
    return render(request, "upkeep/proposal.html", {"proposal": found, "entry": found.entry})


@allow("public")
@require_safe
def proposals_desk(request: HttpRequest) -> HttpResponse:
    """What waits for a decision: staff see all, an organiser those of own entries."""
    grant = doors.granted(request)
    if not (can(request.user, "proposals.decide") or can(request.user, "entries.edit") or grant):
        return refused(request)
    waiting = proposals_of(request.user)
    if grant is not None:
        known = {one.pk for one in waiting}
        others = Proposal.objects.filter(decided_at=None).select_related("entry").prefetch_related("facts")
        waiting += [one for one in others if one.pk not in known and grant.opens(one.entry)]
    for one in waiting:
        if one.contact and request.user.is_authenticated:
            read(f"upkeep.Proposal:{one.pk}", by=request.user, fields=["contact"])
    cards = [(one, [_standing(one, each) for each in one.facts.all()]) for one in waiting]
    return render(request, "upkeep/proposals.html", {"cards": cards, "done": request.GET.get("tehty", "")})


@allow("public")
@require_POST
def decide(request: HttpRequest, fact_id: int) -> HttpResponse:
    """Take one proposed fact into use, or turn it down with a reason."""
    one = get_object_or_404(ProposedFact.objects.select_related("proposal__entry__organisation__parent"), pk=fact_id)
    doer = doors.keeper(request, one.proposal.entry, "proposals.decide") or doors.keeper(request, one.proposal.entry)
    if doer is None:
        return refused(request)
    accept, reason = "accept" in request.POST, request.POST.get("reason", "").strip()[:300]
    done = "hyvaksytty" if accept else "hylatty"
    try:
        proposing.decide(one, accept, doer, reason=reason, seen=request.POST.get("seen", ""))
    except proposing.AlreadyDecided:
        done = "ehdittiin"
    except proposing.Moved:
        done = "muuttunut"
    return _told(done)


@allow("public")
@require_POST
def close(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """A note without facts has been read."""
    found = get_object_or_404(Proposal.objects.select_related("entry__organisation__parent"), pk=proposal_id)
    doer = doors.keeper(request, found.entry, "proposals.decide") or doors.keeper(request, found.entry)
    if doer is None:
        return refused(request)
    if not found.facts.filter(decision="").exists():
        proposing.close(found, doer)
        return _told("luettu")
    return _told("")


def _standing(one: Proposal, proposed: ProposedFact) -> Standing:
    stands = proposed.before if proposed.decision else fact(one.entry, proposed.key)
    return Standing(proposed, stands, proposing.stamp(stands), stands != proposed.before)


def _told(done: str) -> HttpResponse:
    return redirect(f"{reverse('proposals_desk')}?tehty={done}")
