"""The link worker's day: whom I meet, whom I ring, what is late."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mukana.accounts.models import Person
from mukana.audit.actions import read_all
from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.lib.moments import as_local, at_wall
from mukana.referrals.labels import PLACEMENT, SUPPORT, said
from mukana.referrals.queries import day
from mukana.referrals.queries.day import Row
from mukana.referrals.queries.inbox import Waiting
from mukana.referrals.queries.scope import people_of
from mukana.referrals.turn_words import asked

PER_PAGE = 30
HEADINGS = {day.LATE: _("Myöhässä"), day.TODAY: _("Tänään"), day.THIS_WEEK: _("Tällä viikolla"), day.LATER: _("Myöhemmin")}


@allow("referrals.work")
@never_cache
@require_safe
def referrals_day(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person; every name shown is one trace."""
    person: Person = request.user  # type: ignore[assignment]  # the doorkeeper lets in nobody else
    moment = now()
    people = people_of(person)
    turns = Waiting(people, moment)
    page = Paginator(turns, PER_PAGE).get_page(request.GET.get("sivu"))
    rows, seen = day.rows_of(list(page.object_list), people, moment)
    today, coming, met = _visits(people, moment)
    awaited, others = day.awaited_by(people)
    read_all((f"referrals.Resident:{key}" for key in {*seen, *met}), by=person, fields=["name", "words"], purpose="day")
    facts = {
        "now": moment, "page": page, "groups": _groups(rows, moment), "today": today, "coming": coming,
        "awaited": [(one, _waits(one)) for one in awaited],
        "totals": day.Totals(turns.late, len(turns), others),
    }  # fmt: skip
    return render(request, "referrals/day.html", facts)


def _visits(people: list[UUID], moment: datetime) -> tuple[list[day.Visit], list[day.Visit], list[object]]:
    begins = at_wall(as_local(moment).date(), time())
    ends = begins + timedelta(days=1)
    found, met = day.visits_of(people, begins, ends + day.WEEK, moment)
    return [one for one in found if one.session.starts_at < ends], [one for one in found if one.session.starts_at >= ends], list(met)


def _groups(rows: list[Row], moment: datetime) -> list[tuple[str, str, list[tuple[Row, str, str, str]]]]:
    """(bucket, heading, rows with their sentence, button and address)."""
    found = []
    for bucket, group in groupby(rows, key=lambda row: day.bucket_of(row.turn, moment)):
        found.append(
            (bucket, str(HEADINGS[bucket]), [(row, *asked(row.turn.kind, row.turn.state, rings=row.rings), _address(row)) for row in group])
        )
    return found


def _address(row: Row) -> str:
    if row.turn.kind == "glass":
        return reverse("glass_reviews")
    if row.turn.case is None:
        return reverse("referrals_inbox")
    if row.turn.kind == "case" and row.turn.state == "sent":
        return f"{reverse('referrals_inbox')}#u-{row.turn.case}"
    return f"{reverse('referral_case', args=[row.turn.case])}#{'toimi' if row.turn.kind == 'case' else f'k-{row.turn.key}'}"


def _waits(one: day.Awaited) -> str:
    return said(PLACEMENT if one.kind == "placement" else SUPPORT, one.state)
