"""How far people get: offered, agreed, reached, placed, first visit, fourth visit, third month; never only "sent"."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, F, QuerySet, Value, When
from django.db.models.functions import ExtractQuarter

from mukana.directory.freshness import months_after
from mukana.lib.clock import now
from mukana.lib.moments import as_local, at_wall
from mukana.referrals.models import Raising, Referral, Transition
from mukana.referrals.queries.taken_back import Wrong, holds, taken_back
from mukana.referrals.rules import cases, placements
from mukana.referrals.rules.numbers import (
    AGREED,
    FIRST,
    FOURTH,
    OFFERED,
    OPEN,
    PLACED,
    REACHED,
    SAID_NO,
    STAGES,
    STAYED_AWAY,
    THIRD_MONTH,
    TOO_EARLY,
    People,
)

MONTHS = 3
_CAME = {
    FOURTH: ("placement", placements.ATTENDING),
    FIRST: ("placement", placements.FIRST_ATTENDED),
    PLACED: ("placement", placements.SCHEDULED),
    REACHED: ("case", cases.IN_DIALOGUE),
}  # the furthest first: who came there has come to all before
_WHO = ("area_id", "quarter", "resident__digital", "wants_companion")


def sent_between(first: date, last: date) -> QuerySet[Referral]:
    """The cases sent from `first` to `last`, but for those that ought not to be."""
    rows = Referral.objects.filter(sent_at__gte=at_wall(first, time()), sent_at__lt=at_wall(last + timedelta(days=1), time()))
    return rows.exclude(state=cases.ERROR)


def people(first: date, last: date) -> list[People]:
    """Everybody who was offered a referral in the period, by how far they have come since and why no further."""
    rows = sent_between(first, last).annotate(quarter=ExtractQuarter("sent_at"), end=_end())
    wrong = taken_back(first)
    came = {stage: _came(first, thing, target, wrong) for stage, (thing, target) in _CAME.items()}
    months = _third_months(first, came[FOURTH], wrong)
    found: Counter[tuple[Any, ...]] = Counter()
    for key, *who, end in rows.values_list("pk", *_WHO, "end").iterator():
        stage = next((stage for stage, cases_there in came.items() if key in cases_there), AGREED)
        stayed = (STAYED_AWAY if end == OPEN else end, FOURTH)
        found[(*who, *(months.get(key, stayed) if stage == FOURTH else (end, stage)))] += 1
    told = [
        People(area, quarter, stage, end, number, digital, companion)
        for (area, quarter, digital, companion, end, stage), number in found.items()
    ]
    return [*_said_no(first, last), *told]


@dataclass(frozen=True, slots=True)
class Funnel:
    """People by stage, each once."""

    offered: int = 0
    agreed: int = 0
    reached: int = 0
    placed: int = 0
    first_visit: int = 0
    fourth_visit: int = 0


def funnel(first: date, last: date) -> Funnel:
    """The cases sent from `first` to `last`, with those who said no when it was suggested, and how far each has come."""
    ends: Counter[str] = Counter()
    for one in people(first, last):
        ends[one.stage] += one.number
    return Funnel(*(sum(ends[later] for later in STAGES[number:]) for number in range(len(STAGES) - 1)))


def _came(first: date, thing: str, target: str, wrong: Wrong) -> set[UUID]:
    """Everybody who has come there since the first day; read by the index of what is counted.

    What a corrected mark had said does not count: of the few of whom one was corrected each step is looked at.
    """
    rows = Transition.objects.filter(thing=thing, target=target, at__gte=at_wall(first, time()))
    found = set(rows.exclude(thing_id__in=list(wrong)).values_list("referral_id", flat=True).iterator())
    doubted = rows.filter(thing_id__in=list(wrong)).values_list("referral_id", "thing_id", "number")
    return found | {case for case, thing_id, number in doubted if holds(wrong, thing_id, target, number)}


def _end() -> Case:
    """Why a case has come no further: its outcome, or that it was withdrawn or cancelled, or goes on."""
    ended = [When(state=cases.CLOSED, then=F("outcome")), When(ended_at__isnull=False, then=F("state"))]
    return Case(*ended, default=Value(OPEN), output_field=CharField())


def _said_no(first: date, last: date) -> list[People]:
    rows = Raising.objects.filter(on__gte=first, on__lte=last).annotate(quarter=ExtractQuarter("on"))
    counted = rows.values_list("area_id", "quarter").annotate(Count("pk")).order_by()
    return [People(area, quarter, OFFERED, SAID_NO, number) for area, quarter, number in counted]


def _third_months(first: date, regulars: set[UUID], wrong: Wrong) -> dict[UUID, tuple[str, str]]:
    """Of those who came a fourth time: (why not, stage) when they are still there three months after their first visit,
    or when that day has not come.  Those who are not told here have stayed away."""
    history: dict[UUID, list[tuple[UUID, str, datetime]]] = {}
    events = Transition.objects.filter(thing="placement", target__in=_EVENTS, at__gte=at_wall(first, time())).order_by("at", "number")
    for case, placement, target, at, number in events.values_list("referral_id", "thing_id", "target", "at", "number").iterator():
        if case in regulars and holds(wrong, placement, target, number):
            history.setdefault(case, []).append((placement, target, at))
    found = {case: _third_month(row) for case, row in history.items()}
    return {case: told for case, told in found.items() if told is not None}


_EVENTS = (placements.FIRST_ATTENDED, placements.ATTENDING, placements.LAPSED, placements.ENDED, placements.RECALLED)


def _third_month(row: list[tuple[UUID, str, datetime]]) -> tuple[str, str] | None:
    begun = as_local(next(at for _, target, at in row if target == placements.FIRST_ATTENDED))
    day = at_wall(months_after(begun.date(), MONTHS), begun.time())
    if day > now():
        return TOO_EARLY, FOURTH
    standing = {placement: target for placement, target, at in row if at <= day}
    return ("", THIRD_MONTH) if placements.ATTENDING in standing.values() else None
