"""Giving the numbers of a year out: not more often than weekly, and not while so few are new that they would show."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from mukana.lib.clock import now
from mukana.lib.suppression import may_follow
from mukana.referrals.models import NumbersRelease
from mukana.referrals.queries.numbers import facts_of, latest_release
from mukana.referrals.rules.numbers import as_data, from_data, may_follow_changes

EVERY = timedelta(days=7)
KEPT = 2  # the last one, and the one it was compared with


@transaction.atomic
def release(year: int) -> NumbersRelease:
    """The release in force: counted anew when the last one is a week old and enough people have come since.

    Whoever compares two releases sees the same people or at least five more, in all and in every measured change.
    """
    last = latest_release(year)
    moment = now()
    if last is not None and moment - last.made_at < EVERY:
        return last
    facts = facts_of(year)
    if last is not None:
        before = from_data(last.facts)
        if not may_follow(facts.members - before.members) or not may_follow_changes(before.changes, facts.changes):
            return last
    made = NumbersRelease.objects.create(year=year, made_at=moment, people=facts.members, facts=as_data(facts))
    kept = NumbersRelease.objects.filter(year=year).order_by("-made_at").values_list("pk", flat=True)[:KEPT]
    NumbersRelease.objects.filter(year=year).exclude(pk__in=list(kept)).delete()
    return made
