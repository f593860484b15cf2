"""Giving the numbers of a year out: not more often than weekly, and never so that two releases tell of a few together."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from mukana.lib.clock import now
from mukana.lib.suppression import Unprotected
from mukana.referrals.models import NumbersRelease
from mukana.referrals.queries.numbers import facts_of, latest_release
from mukana.referrals.rules.numbers import published
from mukana.referrals.rules.numbers_data import as_data, from_data
from mukana.referrals.rules.publishing import Earlier, earlier_as_data, earlier_from_data, joined, worth_it

EVERY = timedelta(days=7)
KEPT = 2  # the last one, and the one it was compared with


@transaction.atomic
def release(year: int) -> NumbersRelease:
    """The release in force: counted anew when the last one is a week old and enough has changed to be told.

    A count that differs by a few from what it was in any earlier release of the year is hidden.  Where that would hide
    too much, the last release stands until more people have come.
    """
    last = latest_release(year)
    moment = now()
    if last is not None and moment - last.made_at < EVERY:
        return last
    facts = facts_of(year)
    earlier: Earlier = {}
    if last is not None:
        told = earlier_from_data(last.earlier)
        before = published(from_data(last.facts), told).shown
        earlier = joined(told, before)
        try:
            if not worth_it(before, published(facts, earlier).shown):
                return last
        except Unprotected:
            return last
    made = NumbersRelease.objects.create(
        year=year, made_at=moment, people=facts.members, facts=as_data(facts), earlier=earlier_as_data(earlier)
    )
    kept = NumbersRelease.objects.filter(year=year).order_by("-made_at").values_list("pk", flat=True)[:KEPT]
    NumbersRelease.objects.filter(year=year).exclude(pk__in=list(kept)).delete()
    return made
