"""Closed cases: with or without digital means, and whether the referrer heard how it ended."""

from __future__ import annotations

from collections import Counter

from django.db.models import Exists, OuterRef, QuerySet

from mukana.referrals.models import Feedback, Referral
from mukana.referrals.rules.cases import CLOSED
from mukana.referrals.rules.numbers import NO, YES


def closed(rows: QuerySet[Referral]) -> dict[str, int]:
    """ "digital.told" (each yes or no) → how many of the cases."""
    told = Exists(Feedback.objects.filter(referral=OuterRef("pk"), kind="closed").exclude(told=""))
    found: Counter[str] = Counter()
    for digital, heard in rows.filter(state=CLOSED).annotate(heard=told).values_list("resident__digital", "heard"):
        found[f"{YES if digital else NO}.{YES if heard else NO}"] += 1
    return dict(found)
