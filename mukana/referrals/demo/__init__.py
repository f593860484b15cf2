"""The demo region's referrals: each lived through the real deeds, day by day, with the clock moved; loaded once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from django.db import transaction

from mukana.accounts.models import Membership, Person
from mukana.directory.models import Entry
from mukana.directory.queries.freshness import referable
from mukana.lib.clock import now, today
from mukana.lib.holidays import add_working_days
from mukana.lib.moments import at_wall
from mukana.organisations.models import Municipality
from mukana.referrals.actions.errands import finish
from mukana.referrals.actions.staffing import Staff, set_area
from mukana.referrals.actions.ticking import tick
from mukana.referrals.demo import agreement, companions
from mukana.referrals.demo.stories import STORIES, Story
from mukana.referrals.demo.world import World
from mukana.referrals.models import Errand, Referral

PHONE = "05 000 1210"
FIRST_DAY = 46  # working days ago; the oldest story begins then


def load() -> int:
    """Areas and referrals of the demo, once; gives how many referrals were made."""
    mari = Person.objects.filter(email="mari@mukana.example").first()
    if Referral.objects.exists() or mari is None:
        return 0
    world = _world(mari)
    if world is None:
        return 0
    with transaction.atomic():
        return _live(world)


def _world(mari: Person) -> World | None:
    day = today()
    rows = (
        Entry.objects.public()
        .filter(fictitious=True, kind="group")
        .exclude(phone="")
        .select_related("municipality", "place")
        .order_by("pk")
    )
    entries = [one for one in rows if one.municipality_id and referable(one, day) is None]
    if not entries:
        return None
    named = {one.email.partition("@")[0]: one for one in Person.objects.filter(demo=True)}
    towns = sorted({one.municipality_id for one in entries if one.municipality_id})
    Membership.objects.get_or_create(person=named["tiina"], role="referral_coordinator", organisation=None)  # stands in for Outi
    staff = Staff(named["outi"], named["tiina"], named["tiina"], named["ritva"], PHONE)
    for town in Municipality.objects.filter(pk__in=towns):
        set_area(town, staff, by=named["outi"])
    home = max(towns, key=lambda code: sum(one.municipality_id == code for one in entries))
    companions.fill(Municipality.objects.get(pk=home), list(Municipality.objects.filter(pk__in=towns)), str(named["ritva"].pk))
    with at(at_wall(add_working_days(day, -FIRST_DAY - 5), time(9))):
        agreement.fill(str(named["outi"].pk))
    near = [one for one in entries if one.municipality_id == home]
    return World(Municipality.objects.get(pk=home), named["outi"], mari, named["henna"], near)


def _live(world: World) -> int:
    """Day after day: what people do in the morning, what the clock does at four."""
    stories = [story(world) for story in STORIES]
    waiting = [(next(one), number, one) for number, one in enumerate(stories)]
    here, day = now(), today()
    for ago in range(FIRST_DAY, -1, -1):
        that = add_working_days(day, -ago) if ago else day
        with at(min(at_wall(that, time(10)), here)):
            waiting = [after for step in waiting for after in _moved(step, ago)]
            if ago > 1:
                _told(world)
        if ago:
            with at(at_wall(that, time(16, 5))):
                tick(now())
    return len(stories)


def _told(world: World) -> None:
    """Calls and letters of the day before are done: what is left is of the last days."""
    for errand in Errand.objects.filter(kind__in=("ring_resident", "post_letter"), done_at=None, since__lt=now() - timedelta(hours=12)):
        finish(errand, "done", world.deed(channel="phone"))


def _moved(step: tuple[int, int, Story], ago: int) -> list[tuple[int, int, Story]]:
    due, number, story = step
    while due >= ago:
        following = next(story, None)
        if following is None:
            return []
        due = following
    return [(due, number, story)]


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The clock stands at the moment."""
    before = os.environ.get("MUKANA_NOW")
    os.environ["MUKANA_NOW"] = moment.replace(tzinfo=None).isoformat()
    try:
        yield
    finally:
        if before is None:
            del os.environ["MUKANA_NOW"]
        else:
            os.environ["MUKANA_NOW"] = before
