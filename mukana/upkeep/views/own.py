"""A keeper's own entries, the state of one, a new one, and "do not list us"."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mukana.accounts.queries import can
from mukana.directory.freshness import applicable, share
from mukana.directory.models import Entry
from mukana.lib.allow import allow
from mukana.lib.clock import now, today
from mukana.lib.text import squeeze
from mukana.organisations.models import Organisation
from mukana.upkeep import doors
from mukana.upkeep.actions import listing
from mukana.upkeep.actions.confirming import confirm, confirmed_days
from mukana.upkeep.actions.editing import publish
from mukana.upkeep.actions.making import make_entry
from mukana.upkeep.forms.small import NewEntryForm
from mukana.upkeep.models import Doubt
from mukana.upkeep.queries.desk import named
from mukana.upkeep.queries.keeping import own_rows
from mukana.upkeep.queries.showing import critical_facts
from mukana.upkeep.views.refusing import refused

PER_PAGE = 30


@allow("public")
@require_safe
def own_entries(request: HttpRequest) -> HttpResponse:
    """The list, with the state of each and what hides it."""
    mine = doors.own_entries(request)
    if mine is None:
        return refused(request)
    words = squeeze(request.GET.get("q"))[:100]
    found = mine.filter(named(words)) if words else mine
    page = Paginator(found.with_facts().order_by("organisation_id", "pk"), PER_PAGE).get_page(request.GET.get("sivu"))
    rows = own_rows(list(page.object_list), now())
    organisations = _organisations(request, mine)
    facts = {"rows": rows, "page": page, "q": words, "organisations": organisations, "grant": doors.granted(request)}
    return render(request, "upkeep/own_entries.html", facts)


@allow("public")
@require_safe
def upkeep_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One entry: its state field by field, why it is not seen, and what can be done."""
    entry = get_object_or_404(Entry.objects.select_related("organisation__parent", "place", "merged_into"), pk=entry_id)
    doer = doors.keeper(request, entry)
    may_confirm = doors.keeper(request, entry, "entries.confirm") is not None
    if doer is None and not may_confirm:
        return refused(request)
    facts = {"row": own_rows([entry], now())[0], "entry": entry, "facts": critical_facts(entry), "may_edit": doer is not None}
    facts |= {"may_confirm": may_confirm, "share": share(confirmed_days(entry), applicable(entry.kind, entry.form), today())}
    facts |= {"doubts": Doubt.objects.filter(entry=entry, ended_at=None), "may_move": can(request.user, "organisations.move")}
    facts |= {"may_publish": doer is not None and entry.status == "draft", "done": request.GET.get("tehty", "")}
    facts["staff"] = may_confirm and can(request.user, "act.on_behalf", entry)
    return render(request, "upkeep/entry.html", facts)


@allow("public")
@require_POST
def confirm_own(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """A keeper confirms the ticked fields, or all."""
    entry = get_object_or_404(Entry.objects.select_related("organisation__parent"), pk=entry_id)
    doer = doors.keeper(request, entry, "entries.confirm")
    if doer is None:
        return refused(request)
    fields = None if "all" in request.POST else request.POST.getlist("field")
    held = confirm(entry, fields, doer, how="login" if doer.door == "login" else "link_shown")
    return _told(entry, "vahvistettu" if held else "valitse")


@allow("public")
@require_POST
def publish_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """A draft is shown to everybody."""
    entry = get_object_or_404(Entry.objects.select_related("organisation__parent"), pk=entry_id)
    doer = doors.keeper(request, entry)
    if doer is None:
        return refused(request)
    publish(entry, doer)
    return _told(entry, "julkaistu")


@allow("public")
@require_http_methods(["GET", "HEAD", "POST"])
def new_entry(request: HttpRequest) -> HttpResponse:
    """A draft of a new entry."""
    mine = doors.own_entries(request)
    if mine is None:
        return refused(request)
    organisations = _organisations(request, mine)
    form = NewEntryForm(Organisation.objects.filter(pk__in=[one.pk for one in organisations]), request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "upkeep/new_entry.html", {"form": form}, status=422 if form.is_bound else 200)
    organisation = form.cleaned_data["organisation"]
    doer = doors.keeper_of(request, organisation)
    if doer is None:
        return refused(request)
    made = make_entry(organisation, kind=form.cleaned_data["kind"], name=form.cleaned_data["name"], doer=doer)
    return redirect("edit_entry", entry_id=made.pk)


@allow("public")
@require_http_methods(["GET", "HEAD", "POST"])
def list_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """ "Do not list this", and back."""
    entry = get_object_or_404(Entry.objects.select_related("organisation__parent"), pk=entry_id)
    doer = doors.keeper(request, entry)
    if doer is None:
        return refused(request)
    if request.method != "POST":
        return render(request, "upkeep/unlist.html", {"entry": entry, "thing": entry, "hidden": entry.do_not_list})
    hidden = entry.do_not_list
    (listing.relist if hidden else listing.unlist)(entry, doer)
    return _told(entry, "luettelossa" if hidden else "pois-luettelosta")


@allow("public")
@require_http_methods(["GET", "HEAD", "POST"])
def list_organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """ "Do not list us", and back."""
    organisation = get_object_or_404(Organisation.objects.select_related("parent"), pk=organisation_id)
    doer = doors.keeper_of(request, organisation)
    if doer is None:
        return refused(request)
    if request.method != "POST":
        facts: dict[str, Any] = {"thing": organisation, "hidden": organisation.do_not_list, "count": organisation.entries.count()}
        return render(request, "upkeep/unlist.html", facts)
    (listing.relist_organisation if organisation.do_not_list else listing.unlist_organisation)(organisation, doer)
    return redirect("own_entries")


def _told(entry: Entry, done: str) -> HttpResponse:
    return redirect(f"{reverse('upkeep_entry', args=[entry.pk])}?tehty={done}")


def _organisations(request: HttpRequest, mine: Any) -> list[Organisation]:
    """Organisations of which the visitor keeps everything; too many to list for those who keep the whole region."""
    found = Organisation.objects.filter(pk__in=mine.values("organisation_id")).select_related("parent")[:PER_PAGE]
    return [one for one in found if doors.keeper_of(request, one) is not None]
