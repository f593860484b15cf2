"""How long people wait, in working days from sending: until somebody took it on, reached them, saw them come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Min, QuerySet

from mukana.lib.moments import as_local
from mukana.referrals.models import Referral
from mukana.referrals.rules import cases, sessions
from mukana.referrals.rules.cases import working_days_between

Waits = dict[str, dict[str, dict[int, int]]]


def waits(rows: QuerySet[Referral]) -> Waits:
    """area → leg → working days → how many cases; a leg counts for those who have come so far."""
    found: dict[str, dict[str, Counter[int]]] = {}
    for leg, told in _legs(rows).items():
        for area, sent, came in _moments(told):
            found.setdefault(area, {}).setdefault(leg, Counter())[_days(as_local(sent).date(), as_local(came).date())] += 1
    return {area: {leg: dict(days) for leg, days in legs.items()} for area, legs in found.items()}


def _legs(rows: QuerySet[Referral]) -> dict[str, QuerySet[Any]]:
    moved = rows.filter(transitions__thing="case")
    came = Min("transitions__at")
    held = rows.filter(placements__sessions__state=sessions.ATTENDED)
    return {
        "acknowledged": moved.filter(transitions__target=cases.ACKNOWLEDGED).annotate(came=came),
        "contact": moved.filter(transitions__target=cases.IN_DIALOGUE).annotate(came=came),
        "session": held.annotate(came=Min("placements__sessions__starts_at")),
    }


def _moments(told: QuerySet[Any]) -> Iterator[tuple[str, datetime, datetime]]:
    return told.order_by().values_list("area_id", "sent_at", "came").iterator()


@lru_cache(maxsize=20_000)
def _days(start: date, end: date) -> int:
    return working_days_between(start, end)
