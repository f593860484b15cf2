"""The group's list on paper, and its ticks written down afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mukana.accounts.models import Person
from mukana.attendance.rules import RESULTS
from mukana.audit.actions import read
from mukana.directory.models import Occurrence
from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.referrals import wording
from mukana.referrals.actions import answering
from mukana.referrals.actions.listing import changed, enter_list
from mukana.referrals.forms.correct import WHY_CHOICES
from mukana.referrals.labels_meeting import MARKS
from mukana.referrals.queries.lists import Row, dates_with_people, rows_of
from mukana.referrals.queries.scope import cases_of
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.codes import RECEIVER, Refused
from mukana.referrals.views.bylink import DONE, fresh, shut
from mukana.referrals.views.parts import deed_of

MOST_DIGITS = 4


@allow("public")
@never_cache
@require_safe
def arrival_list(request: HttpRequest, token: str, occurrence_id: UUID) -> HttpResponse:
    """The receiver's list for a date of its own entry, to be printed."""
    try:
        placement = answering.viewed(token)
        answering.check_shown(placement)
    except Refused as refused:
        return shut(request, refused)
    occurrence = get_object_or_404(Occurrence.objects.select_related("entry"), pk=occurrence_id, entry=placement.entry_id)
    rows = rows_of(occurrence, now())
    _looked(rows, answering.by_link(token).by)
    return _sheet(request, occurrence, rows, wording.ring(placement.referral), back=token)


@allow("referrals.work")
@require_safe
def group_lists(request: HttpRequest) -> HttpResponse:
    """Dates near today at which somebody of one's own cases is expected."""
    return render(request, "referrals/lists.html", {"dates": dates_with_people(_person(request), now()), "now": now()})


@allow("referrals.work")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def group_list(request: HttpRequest, occurrence_id: UUID) -> HttpResponse:
    """The ticks of a paper list, as the receiver read or sent them."""
    occurrence, rows = _own(request, occurrence_id)
    if request.method != "POST":
        return _entry_page(request, occurrence, rows)
    told = {row.placement.subject: request.POST.get(f"r{row.placement.pk}", "") for row in rows}
    results = {subject: result for subject, result in told.items() if result in RESULTS}
    people = request.POST.get("montako", "").strip()
    why = request.POST.get("miksi", "")
    problem = _problem(results, people) or ("" if why or not changed(occurrence, results) else words_of(Refused("mark_why")))
    if problem:
        return _entry_page(request, occurrence, rows, problem, told, 422)
    try:
        deed = deed_of(request, RECEIVER, "paper")
        marked = enter_list(occurrence, results, deed, people=int(people) if people else None, why=why)
    except Refused as refused:
        return _entry_page(request, occurrence, rows, words_of(refused), told, 409)
    return redirect(f"{request.path}?{DONE}={marked}")


@allow("referrals.work")
@never_cache
@require_safe
def group_list_print(request: HttpRequest, occurrence_id: UUID) -> HttpResponse:
    """The same list for printing, for a receiver who has no link."""
    occurrence, rows = _own(request, occurrence_id)
    return _sheet(request, occurrence, rows, wording.ring(rows[0].placement.referral))


def _own(request: HttpRequest, occurrence_id: UUID) -> tuple[Occurrence, list[Row]]:
    person = _person(request)
    occurrence = get_object_or_404(Occurrence.objects.select_related("entry"), pk=occurrence_id)
    rows = rows_of(occurrence, now(), list(cases_of(person).values_list("pk", flat=True)))
    if not rows:
        raise Http404
    _looked(rows, str(person.pk))
    return occurrence, rows


def _looked(rows: list[Row], by: str) -> None:
    for row in rows:
        read(row.placement.referral.resident, by=by, fields=["first_name"], purpose="group_list")


def _sheet(request: HttpRequest, occurrence: Occurrence, rows: list[Row], phone: str, back: str = "") -> HttpResponse:
    facts = {"occurrence": occurrence, "rows": rows, "phone": phone, "token": back, "now": now()}
    return render(request, "referrals/list_sheet.html", facts)


def _entry_page(
    request: HttpRequest, occurrence: Occurrence, rows: list[Row], problem: str = "", told: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    chosen = [(row, (told or {}).get(row.placement.subject) or row.result) for row in rows]
    done = request.GET.get(DONE, "") if status == 200 else ""
    facts: dict[str, Any] = {
        "occurrence": occurrence,
        "rows": chosen,
        "choices": [(code, words) for code, words in MARKS.items() if code != "cancelled"],
        "people": request.POST.get("montako", ""),
        "whys": WHY_CHOICES if any(row.result for row in rows) else [],
        "why": request.POST.get("miksi", ""),
        "problem": problem,
        "done": done if done.isdigit() else "",
        "once": fresh(),
    }
    return render(request, "referrals/list_entry.html", facts, status=status)


def _problem(results: dict[str, str], people: str) -> str:
    if people and not (people.isascii() and people.isdigit() and len(people) <= MOST_DIGITS):
        return _("Kirjoita osallistujien määrä numerona.")
    return "" if results or people else _("Merkitse ainakin yksi rivi.")


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # the doorkeeper lets in nobody else
    return request.user
