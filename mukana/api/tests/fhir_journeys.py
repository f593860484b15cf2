"""Seeded journeys of residents through the real deeds, quicker than the yearly play: the clock ticks every few days."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, time, timedelta
from random import Random

from mukana.lib.clock import today
from mukana.lib.holidays import add_working_days
from mukana.lib.moments import at_wall
from mukana.referrals.actions import ending, referring, working
from mukana.referrals.actions.correcting import Right, correct
from mukana.referrals.actions.protecting import protect
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import Placement, Referral
from mukana.referrals.queries.marked import noted
from mukana.referrals.rules.cases import LIVE
from mukana.referrals.rules.codes import COORDINATOR, PROXY, REFERRER, RESIDENT, Deed, Refused
from mukana.referrals.rules.placements import REACHED_FIRST, UNDONE
from mukana.referrals.simulation import play
from mukana.referrals.simulation.ledger import Ledger
from mukana.referrals.simulation.world import World, build, somebody

START = date(2026, 1, 5)


def journeys(people: int, seed: int, rounds: int = 40, stride: int = 3) -> None:
    """So many residents, every few working days everybody does most of what is due; some withdraw, reopen or are protected."""
    dice, ledger = Random(seed), Ledger()
    with play.at(at_wall(START, time(8))):
        world = build(dice, START)
    day, at_once = START, max(4, -(-people // (rounds // 2)))  # the second half of the time nobody comes any more
    for number in range(rounds):
        day = add_working_days(day, stride)
        with play.at(at_wall(day, time(dice.choice((9, 13)), dice.randrange(60)))):
            for one in range(number * at_once, min(people, (number + 1) * at_once)):
                _come(world, one)
            play._work(world, ledger)
        with play.at(at_wall(day, time(16, 5))):
            _turn(world)
            tick(at_wall(day, time(16, 5)))
    with play.at(at_wall(day, time(16, 30))):
        _surely()


def _come(world: World, number: int) -> None:
    form, role = somebody(world, number), (REFERRER, RESIDENT, REFERRER, PROXY)[number % 4]
    deed = Deed("sim", role, world.dice.choice(("screen", "paper", "phone")))
    if role == PROXY:
        case = referring.ask_confirmation(referring.draft(form, deed), deed)
        referring.send(case, Deed("sim", RESIDENT, "phone"))
    else:
        referring.refer(form, deed)


RESIDENT_RINGS, COORDINATES = Deed("sim", RESIDENT, "phone"), Deed("sim", COORDINATOR)
SELDOM: tuple[tuple[float, Callable[[World, Referral], object]], ...] = (
    (0.003, lambda world, case: ending.withdraw(case, RESIDENT_RINGS)),
    (0.006, lambda world, case: protect(case.resident, RESIDENT_RINGS, protected=True)),
    (0.012, lambda world, case: working.redirect(case, world.dice.choice(world.areas).municipality, "other_unit", COORDINATES)),
    (0.016, lambda world, case: ending.cancel(case, "other_help", Deed("sim", REFERRER))),
    (0.02, lambda world, case: working.pause(case, today() + timedelta(days=20), "travel", RESIDENT_RINGS)),
    (0.03, lambda world, case: working.reopen(case, RESIDENT_RINGS)),
)


def _surely() -> None:
    """However the dice fell, in the end somebody withdraws and somebody whom a receiver knows is protected."""
    live = Referral.objects.filter(state__in=LIVE, resident__protected=False).order_by("made_at", "pk")
    ending.withdraw(live[0], RESIDENT_RINGS)
    known = live.filter(placements__isnull=False).first()
    assert known is not None
    protect(known.resident, RESIDENT_RINGS, protected=True)


def _turn(world: World) -> None:
    """What seldom happens, so often that every kind of history comes."""
    for case in Referral.objects.order_by("made_at", "pk"):
        roll = world.dice.random()
        deed = next((deed for below, deed in SELDOM if roll < below), None)
        if deed is not None:
            with suppress(Refused):  # not in this state
                deed(world, case)
    for placement in Placement.objects.filter(state__in=sorted(REACHED_FIRST | UNDONE)).order_by("pk")[::11]:
        _correct(placement)


def _correct(placement: Placement) -> None:
    """The newest mark turns out to be wrong."""
    for one in noted(placement)[:1]:
        other = "missed" if one.result == "attended" else "attended"
        with suppress(Refused):  # the case rests or has ended
            correct(placement, Right(one.key, one.result, other, "mixed_up"), Deed("sim", COORDINATOR, "phone"))
