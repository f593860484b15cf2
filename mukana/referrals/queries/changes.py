"""Answers to measures as change is counted from them: paired, by question."""

from __future__ import annotations

from django.db.models import QuerySet

from mukana.referrals.models import Answer, Referral
from mukana.referrals.rules.measures import ITEMS, Change, Told, change


def changes(rows: QuerySet[Referral]) -> dict[str, Change]:
    """Question → what changed among the cases; only questions that were asked of anybody."""
    answers = Answer.objects.filter(referral__in=rows).order_by("at", "pk")
    told = [
        Told(case, item, phase, value, words, ended is not None)
        for case, item, phase, value, words, ended in answers.values_list(
            "referral_id", "item", "phase", "value", "goal_id", "referral__ended_at"
        )
    ]
    asked = {one.item for one in told}
    return {item: change(item, told) for item in ITEMS if item in asked}
