"""How long people wait, in working days from sending: until somebody took it on, reached them, saw them come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Min, Q, QuerySet

from mukana.lib.moments import as_local, at_wall
from mukana.referrals.models import Session, Transition
from mukana.referrals.rules import cases, sessions
from mukana.referrals.rules.cases import working_days_between

Waits = dict[str, dict[str, dict[int, int]]]


def waits(first: date, last: date) -> Waits:
    """area → leg → working days → how many cases sent in the period; a leg counts for those who have come so far."""
    found: dict[str, dict[str, Counter[int]]] = {}
    for leg, told in _legs(at_wall(first, time()), at_wall(last + timedelta(days=1), time())).items():
        for area, sent, came in _moments(told):
            found.setdefault(area, {}).setdefault(leg, Counter())[_days(as_local(sent).date(), as_local(came).date())] += 1
    return {area: {leg: dict(days) for leg, days in legs.items()} for area, legs in found.items()}


def _legs(start: datetime, end: datetime) -> dict[str, QuerySet[Any]]:
    ours = Q(referral__sent_at__gte=start, referral__sent_at__lt=end, at__gte=start) & ~Q(referral__state=cases.ERROR)
    moved = Transition.objects.filter(ours, thing="case").values_list("referral__area_id", "referral__sent_at", "referral_id")
    case = "placement__referral"
    held = Session.objects.filter(state=sessions.ATTENDED, **{f"{case}__sent_at__gte": start, f"{case}__sent_at__lt": end})
    whose = held.exclude(placement__referral__state=cases.ERROR).values_list(f"{case}__area_id", f"{case}__sent_at", f"{case}_id")
    return {
        "acknowledged": moved.filter(target=cases.ACKNOWLEDGED).annotate(came=Min("at")),
        "contact": moved.filter(target=cases.IN_DIALOGUE).annotate(came=Min("at")),
        "session": whose.annotate(came=Min("starts_at")),
    }


def _moments(told: QuerySet[Any]) -> Iterator[tuple[str, datetime, datetime]]:
    for area, sent, _case, came in told.order_by().iterator():
        yield area, sent, came


@lru_cache(maxsize=20_000)
def _days(start: date, end: date) -> int:
    return working_days_between(start, end)
