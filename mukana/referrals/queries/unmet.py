"""Unmet need by area, topic, reason and week: what receivers said no to or nobody answered, and where guidance found nothing."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from mukana.directory.models import Term
from mukana.guidance.models import Lack
from mukana.lib.moments import as_local, at_wall
from mukana.referrals.models import Placement
from mukana.referrals.rules import placements
from mukana.referrals.rules.numbers import Unmet

NO_TOPIC, NO_AREA = "other", "none"


def unmet(first: date, last: date) -> dict[tuple[str, str], int]:
    """(municipality, reason) → how often, for placements declined or silently recalled from `first` to `last`."""
    found: Counter[tuple[str, str]] = Counter()
    for one in unmet_rows(first, last):
        found[one.area, one.reason] += one.number
    return dict(found)


def unmet_rows(first: date, last: date) -> list[Unmet]:
    """The same by topic (the entry's first) and week too."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for area, topic, reason, at in _placements(first, last).values_list("referral__area_id", "topic", "reason", "ended_at"):
        day = as_local(at).date()
        found[area, topic, reason, (day - timedelta(days=day.weekday())).isoformat()] += 1
    return [Unmet(*key, number) for key, number in found.items()]


def lacked_rows(first: date, last: date) -> list[Unmet]:
    """What was asked of guidance in vain in the weeks whose Monday is in the period."""
    rows = Lack.objects.filter(week__gte=first, week__lte=last).order_by("week", "pk")
    return [
        Unmet(area or NO_AREA, subject or NO_TOPIC, reason, week.isoformat(), number)
        for area, subject, reason, week, number in rows.values_list("municipality", "subject", "reason", "week", "number")
    ]


def _placements(first: date, last: date) -> QuerySet[Any]:
    topic = Term.objects.filter(entries=OuterRef("entry"), scheme="topic").order_by("order", "code").values("code")[:1]
    gone = Q(state=placements.DECLINED) | Q(state=placements.RECALLED, reason="silent")
    rows = Placement.objects.filter(gone, ended_at__gte=at_wall(first, time()), ended_at__lt=at_wall(last + timedelta(days=1), time()))
    return rows.exclude(referral__state="entered_in_error").annotate(topic=Coalesce(Subquery(topic), Value(NO_TOPIC)))
