"""The staff's work list: whom to ask, remind and ring; requests in bulk; moving an entry."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mukana.accounts.models import Person
from mukana.accounts.queries import can
from mukana.directory.models import Entry
from mukana.lib.allow import allow
from mukana.lib.clock import today
from mukana.organisations.models import Organisation
from mukana.upkeep.actions import asking
from mukana.upkeep.actions.calling import Said, note_call
from mukana.upkeep.actions.links import Receiver
from mukana.upkeep.actions.moving import move
from mukana.upkeep.forms.small import CallForm, MoveForm
from mukana.upkeep.labels import FILTERS
from mukana.upkeep.queries.contact import channel_of, contact_of
from mukana.upkeep.queries.desk import named, reachable_entries
from mukana.upkeep.queries.showing import critical_facts
from mukana.upkeep.queries.work import WorkRow, waiting
from mukana.upkeep.rules.codes import Doer

PER_PAGE = 30
MOST = 500  # messages sent with one press
FOUND = 20  # organisations offered by name


@allow("entries.confirm")
@require_safe
def upkeep_desk(request: HttpRequest) -> HttpResponse:
    """What is due, late or expired, with the number to ring."""
    return _desk_page(request)


def _desk_page(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    rows = _rows(request)
    wanted = _filter(request.GET.get("tila", ""))
    chips = [(code, word, sum(1 for row in rows if row.belongs(code))) for code, word in FILTERS.items()]
    chosen = [row for row in rows if row.belongs(wanted)]
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("sivu"))
    sent = request.GET.get("lahti", "")
    facts = {"page": page, "chips": chips, "wanted": wanted, "total": len(rows), "sent": int(sent) if sent.isdigit() else None}
    return render(request, "upkeep/desk.html", {**facts, "problem": problem}, status=status)


@allow("entries.confirm")
@require_http_methods(["POST"])
def send_requests(request: HttpRequest) -> HttpResponse:
    """First what would leave and to whom; then, with the second press, it leaves.

    Who was asked within the week is left out unless it is said of that one.
    """
    person = _person(request)
    picked = set(request.POST.getlist("kohde"))
    rows = [row for row in _rows(request) if str(row.entry.pk) in picked]
    if not rows:
        return _desk_page(request, _("Valitse ainakin yksi kohde."), status=422)
    anyway = set(request.POST.getlist("silti"))
    ready = asking.parcels(row for row in rows if row.asked_on is None or str(row.entry.pk) in anyway)[:MOST]
    if "send" in request.POST and ready:
        count = sum(asking.send(parcel, by=str(person.pk)) for parcel in ready)
        return redirect(f"{request.path.replace('laheta/', '')}?lahti={count}")
    problem = _("Valitse ainakin yksi.") if "send" in request.POST else ""
    again = [(row, str(row.entry.pk) in anyway) for row in rows if row.channel and row.asked_on is not None]
    facts = {"parcels": ready, "unreachable": [row for row in rows if not row.channel], "picked": picked, "again": again}
    return render(request, "upkeep/send.html", {**facts, "problem": problem}, status=422 if problem else 200)


@allow("entries.confirm")
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """What the organiser said on the phone."""
    entry = _entry(entry_id)
    person = _person(request)
    if not can(person, "entries.confirm", entry):
        raise Http404
    contact = contact_of(entry)
    form = CallForm(entry, request.POST if request.method == "POST" else None, initial={"spoke_with": contact.name})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        note_call(entry, Said(data["result"], data["spoke_with"].strip(), data["note"], tuple(data["fields_held"]) or None), person)
        return _told(entry, "soitettu")
    facts = {"form": form, "entry": entry, "contact": contact, "facts": critical_facts(entry), "calls": entry.calls.all()[:5]}
    return render(request, "upkeep/call.html", facts, status=422 if form.errors else 200)


@allow("entries.confirm")
@require_POST
def send_link(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Send the entry's organiser a link for editing its own entries."""
    entry = _entry(entry_id)
    person = _person(request)
    if entry.organisation is None or not can(person, "entries.confirm", entry):
        raise Http404
    contact = contact_of(entry)
    channel, to = channel_of(contact, bounced=False)
    sent = bool(channel) and asking.send_edit_link(entry.organisation, Receiver(channel, to, contact.name), by=str(person.pk))
    return render(request, "upkeep/link_sent.html", {"sent": sent, "entry": entry, "contact": contact, "channel": channel})


@allow("organisations.move")
@require_http_methods(["GET", "HEAD", "POST"])
def move_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Find the organisation by name, then give the entry to it."""
    entry = _entry(entry_id)
    form = MoveForm(request.POST if request.method == "POST" else request.GET)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    if request.method == "POST" and form.is_valid() and form.cleaned_data["organisation"]:
        person = _person(request)
        organisation = get_object_or_404(Organisation, pk=form.cleaned_data["organisation"])
        move(entry, organisation, Doer(str(person.pk), person.name, "login"))
        return _told(entry, "siirretty")
    alike = Organisation.objects.filter(named(words))[:FOUND] if words else []
    found = [one for one in alike if one.pk != entry.organisation_id]
    facts = {"entry": entry, "form": form, "q": words, "found": found, "nothing": _nothing(words, found)}
    return render(request, "upkeep/move.html", facts)


def _told(entry: Entry, done: str) -> HttpResponse:
    return redirect(f"{reverse('upkeep_entry', args=[entry.pk])}?tehty={done}")


def _nothing(words: str, found: list[Organisation]) -> str:
    return _("Tällä nimellä ei löydy järjestöä. Kokeile lyhyempää sanaa.") if words and not found else ""


def _rows(request: HttpRequest) -> list[WorkRow]:
    return waiting(today(), reachable_entries(request.user, "entries.confirm"))


def _filter(code: str) -> str:
    return code if code in FILTERS else "all"


def _entry(entry_id: UUID) -> Entry:
    return get_object_or_404(Entry.objects.select_related("organisation__parent", "place", "municipality"), pk=entry_id)


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # the doorkeeper lets in nobody else
    return request.user
