"""The play: day by day, staff and receivers and residents do what they do, late, wrongly or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from random import Random
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from mukana.lib.clock import now
from mukana.lib.composed import Composed, Hole
from mukana.lib.holidays import is_working_day
from mukana.lib.moments import at_wall
from mukana.lib.quickrows import row_of
from mukana.referrals.actions import ending, referring
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import Errand, Placement, Referral, Support
from mukana.referrals.queries.chain import broken_cases
from mukana.referrals.queries.funnel import Funnel, funnel
from mukana.referrals.queries.turns import read_once
from mukana.referrals.rules.codes import REFERRER, RESIDENT, Deed, Refused
from mukana.referrals.simulation import moves
from mukana.referrals.simulation.ledger import Broken, Ledger, check
from mukana.referrals.simulation.world import World, build, somebody

DAYS = 365
AFTER = 0  # days more, without new people; after some 330 the last ones' follow-ups have ended too
DILIGENCE = 0.85  # of due things are done on a day
WITHDRAWS = 0.0006  # a day


@dataclass(frozen=True, slots=True)
class Played:
    """What came of it."""

    told: Funnel
    counted: Funnel
    open_left: int
    ticks: int
    deeds: int
    refused: int
    chains_broken: int


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The clock stands at the moment."""
    before = os.environ.get("MUKANA_NOW", "")
    os.environ["MUKANA_NOW"] = moment.replace(tzinfo=None).isoformat()
    try:
        yield
    finally:
        os.environ["MUKANA_NOW"] = before


def play(people: int, seed: int, start: date = date(2026, 1, 5), days: int = DAYS, after: int = AFTER) -> Played:
    """Play so many residents through a year.  Raises Broken when anything is nobody's, or is told that may not be."""
    dice, ledger, refused = Random(seed), Ledger(), 0  # a play, no secret
    with at(at_wall(start, time(8))):
        world = build(dice, start)
    with read_once():
        refused += _days(world, ledger, people, days, after)
    return _ended(ledger, start, refused)


def _days(world: World, ledger: Ledger, people: int, days: int, after: int) -> int:
    """Day after day.  Gives how many deeds were refused."""
    dice, refused = world.dice, 0
    comings = sorted(dice.randrange(days) for _ in range(people))
    for day in range(days + after):
        today = world.start + timedelta(days=day)
        new = sum(1 for coming in comings if coming == day)
        if is_working_day(today):
            with at(at_wall(today, time(9, 30))):
                _arrivals(world, ledger, new, day)
            with at(at_wall(today, time(13, dice.randrange(60)))):
                refused += _work(world, ledger)
        elif new:
            comings = sorted(min(coming + new, days + after - 1) if coming == day else coming for coming in comings)
        evening = at_wall(today, time(16, 5))
        with at(evening):
            _withdrawals(world, ledger, evening)
            tick(evening)
            check(ledger, evening)
    return refused


def _arrivals(world: World, ledger: Ledger, count: int, day: int) -> None:
    for number in range(count):
        form = somebody(world, len(ledger.reached["agreed"]) + number)
        if world.dice.random() < 0.2:
            referring.raised(form.area, form.unit)
            ledger.said_no += 1
        case = referring.refer(form, Deed("sim", REFERRER, world.dice.choice(("screen", "paper", "phone"))))
        ledger.note("agreed", case.pk)
        ledger.names[case.pk] = (form.who.name.split()[1], form.who.address.get("street", ""))
        ledger.deeds += 1


def _work(world: World, ledger: Ledger) -> int:
    """Everybody looks at what is due by tomorrow evening and does most of it.  Gives how many deeds were refused."""
    horizon, refused = now() + timedelta(days=1, hours=8), 0
    for part in _PARTS:
        done_in: set[UUID] = set()  # what was read of a case is true until something is done in it
        for one in part.due.all(horizon=horizon):
            if world.dice.random() > DILIGENCE:
                continue
            case = part.case(one)
            try:
                ledger.deeds += bool(part.act(world, ledger, part.anew.first(key=one.pk) if case in done_in else one))
            except Refused:
                refused += 1  # the product says no; the worker tries something else another day
            done_in.add(case)
    return refused


@dataclass(frozen=True, slots=True)
class _Part:
    """One kind of thing: those due, one of them read anew, whose case it is, what is done with it."""

    due: Composed[Any]
    anew: Composed[Any]
    case: Callable[[Any], UUID]
    act: Callable[[World, Ledger, Any], bool]


def _part(model: type[Model], beside: tuple[str, ...], case: str, act: Callable[[World, Ledger, Any], bool]) -> _Part:
    def rows() -> QuerySet[Any]:
        return model._default_manager.select_related(*beside)

    due = Composed(lambda: rows().filter(due_at__lte=Hole("horizon")).order_by("due_at", "pk"))
    return _Part(due, Composed(lambda: rows().filter(pk=Hole("key"))), attrgetter(case), act)


_PARTS = (
    _part(Referral, ("resident",), "pk", moves.case),
    _part(Placement, ("referral__resident", "entry__organisation"), "referral_id", moves.placement),
    _part(Support, ("placement__referral__resident", "companion", "backup"), "placement.referral_id", moves.support),
    _part(Errand, ("placement__referral__resident", "placement__entry__organisation"), "referral_id", moves.errand),
)


def _withdrawals(world: World, ledger: Ledger, moment: datetime) -> None:
    live = Referral.objects.filter(state__in=("sent", "contacting", "in_dialogue", "planned", "active", "follow_up"))
    for key in list(live.order_by("made_at", "pk").values_list("pk", flat=True)):
        if world.dice.random() < WITHDRAWS:
            ending.withdraw(row_of(Referral, key), Deed("sim", RESIDENT, "phone"))
            ledger.withdrawn[key] = moment
            ledger.deeds += 1


def _ended(ledger: Ledger, start: date, refused: int) -> Played:
    told = funnel(start, start + timedelta(days=DAYS * 3))
    if told != ledger.funnel():
        raise Broken(f"the tables count {told}, the play {ledger.funnel()}")
    left = Referral.objects.filter(ended_at=None).count()
    broken = len(broken_cases())
    return Played(told, ledger.funnel(), left, ledger.ticks, ledger.deeds, refused, broken)
