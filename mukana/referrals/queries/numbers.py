"""The numbers of a year: counted anew, or as they were released; and what is overdue at this moment."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Count, Min, Q, Sum

from mukana.guidance.models import Count as Guided
from mukana.guidance.rules.strengths import GIVEN, GUIDED
from mukana.lib.suppression import Table, table
from mukana.organisations.models import Municipality
from mukana.referrals.models import Errand, NumbersRelease, Placement, Raising, Referral, Support
from mukana.referrals.queries.changes import changes
from mukana.referrals.queries.closing import closed
from mukana.referrals.queries.effect import first_visits
from mukana.referrals.queries.funnel import people, sent_between
from mukana.referrals.queries.unmet import lacked_rows, unmet_rows
from mukana.referrals.queries.waiting import waits
from mukana.referrals.rules.numbers import Facts, Numbers, published
from mukana.referrals.rules.numbers_data import from_data
from mukana.referrals.rules.publishing import earlier_from_data

OVERDUE, ON_TIME = "overdue", "on_time"
_OPEN = {"case": Referral, "placement": Placement, "support": Support, "errand": Errand}


@dataclass(frozen=True, slots=True)
class Released:
    """The numbers of a year, and when they were counted."""

    year: int
    made_at: datetime
    numbers: Numbers
    areas: dict[str, str]  # code → name, of those that have any


def facts_of(year: int) -> Facts:
    """Count everything of a year; a dozen queries, whatever the number of cases."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = sent_between(first, last)
    guided = dict(
        Guided.objects.filter(entry=None, day__gte=first, day__lte=last).values_list("strength").annotate(Sum("number")).order_by()
    )
    return Facts(
        people=tuple(people(first, last)),
        waits=waits(first, last),
        closed=closed(rows),
        unmet=tuple(unmet_rows(first, last)),
        lacked=tuple(lacked_rows(first, last)),
        company=first_visits(first, last),
        changes=changes(rows),
        guided=guided.get(GUIDED, 0),
        given=guided.get(GIVEN, 0),
    )


def latest_release(year: int) -> NumbersRelease | None:
    """What was released last."""
    return NumbersRelease.objects.filter(year=year).order_by("made_at").last()


def released(release: NumbersRelease) -> Released:
    """A release as anybody may read it."""
    numbers = _published(json.dumps(release.facts), json.dumps(release.earlier))
    tables = (numbers.unmet.reasons, numbers.lacked.reasons, *numbers.company.values())
    codes: Collection[str] = {*numbers.ladders.by["area"], *(row for table in tables for row in table.rows)}
    names = dict(Municipality.objects.filter(pk__in=codes).values_list("pk", "name_fi"))
    return Released(release.year, release.made_at, numbers, dict(sorted(names.items(), key=lambda one: one[1])))


@lru_cache(maxsize=4)
def _published(facts: str, earlier: str) -> Numbers:
    """What may be shown of a release is worked out once, as a release never changes."""
    return published(from_data(json.loads(facts)), earlier_from_data(json.loads(earlier)))


def years(today: date) -> list[int]:
    """This year and those that have any numbers, the newest first."""
    sent = Referral.objects.aggregate(first=Min("sent_at"))["first"]
    raised = Raising.objects.aggregate(first=Min("on"))["first"]
    first = min([today.year, *(day.year for day in (sent, raised) if day)])
    return list(range(today.year, first - 1, -1))


def overdue_now(moment: datetime) -> Table:
    """What is open, by kind: overdue or on time."""
    found: dict[tuple[str, str], int] = {}
    for kind, model in _OPEN.items():
        told = model._default_manager.filter(due_at__isnull=False).aggregate(late=Count("pk", filter=Q(due_at__lt=moment)), all=Count("pk"))
        found |= {(kind, OVERDUE): told["late"], (kind, ON_TIME): told["all"] - told["late"]}
    return table(found)
