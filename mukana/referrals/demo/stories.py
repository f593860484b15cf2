"""Nineteen stories: each step says how many working days ago the next one happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from mukana.lib.clock import today
from mukana.referrals.actions import answering, contacting, ending, supporting, visiting, working
from mukana.referrals.demo import people
from mukana.referrals.demo.world import World, agreed, asked, reached, sent, taken
from mukana.referrals.models import Placement, Support
from mukana.referrals.queries.companions import candidates
from mukana.referrals.rules.codes import RECEIVER

Story = Iterator[int]


def new(world: World) -> Story:
    """Came this morning."""
    yield 0
    sent(world, people.EILA)


def urgent(world: World) -> Story:
    """Came yesterday, urgent."""
    yield 1
    sent(world, people.SIRKKA)


def forgotten(world: World) -> Story:
    """Nobody has taken it on: the deputy has it now."""
    yield 3
    sent(world, people.KAUKO)


def to_ring(world: World) -> Story:
    """To be rung today: a landline, no voicemail."""
    yield 2
    taken(world, people.AINO)


def late(world: World) -> Story:
    """Nobody has rung in time."""
    yield 8
    taken(world, people.REIJO)


def in_vain(world: World) -> Story:
    """Two tries so far."""
    yield 5
    case = taken(world, people.PENTTI)
    for ago in (3, 1):
        yield ago
        contacting.attempt(case, "no_answer", world.deed(channel="phone"))


def unreached(world: World) -> Story:
    """Three tries on three days, then a letter."""
    yield 12
    case = taken(world, people.MAIJA)
    for ago, channel in ((10, "phone"), (9, "phone"), (8, "letter")):
        yield ago
        contacting.attempt(case, "no_answer", world.deed(channel=channel))
    contacting.say_unreachable(case, world.deed())


def talking(world: World) -> Story:
    """Reached; a place is looked for."""
    yield 4
    case = taken(world, people.NADIA)
    yield 2
    contacting.attempt(case, "reached", world.deed(channel="phone"), note="Aamupäivät sopivat, kun esikoinen on eskarissa.")


def silent(world: World) -> Story:
    """The receiver has not answered for days: somebody rings."""
    yield 9
    case = taken(world, people.OLAVI)
    yield 6
    reached(world, case)
    yield 5
    asked(world, case)


def declined(world: World) -> Story:
    """Full; another group begins later."""
    yield 9
    case = taken(world, people.KIRSTI)
    yield 6
    reached(world, case)
    placement = asked(world, case)
    yield 1
    answering.decline(placement, "full", world.deed(RECEIVER, "phone"), counter_proposal="Uusi ryhmä alkaa 12.1. Tulisiko siihen?")


def along(world: World) -> Story:
    """The first session is near; somebody to come along is looked for."""
    yield 8
    case = taken(world, people.MIRJA)
    yield 6
    reached(world, case)
    placement = asked(world, case)
    yield 3
    agreed(world, placement, 5)


def company_asked(world: World) -> Story:
    """Somebody was asked this morning to come along."""
    yield 7
    case = taken(world, people.HELKA)
    yield 5
    reached(world, case)
    placement = asked(world, case)
    yield 0
    agreed(world, placement, 5)
    _company(world, placement)


def company_promised(world: World) -> Story:
    """Somebody has promised to come along."""
    yield 8
    case = taken(world, people.VEIKKO)
    yield 6
    reached(world, case)
    placement = asked(world, case)
    yield 1
    agreed(world, placement, 6)
    supporting.answer(_company(world, placement), yes=True)


def _company(world: World, placement: Placement) -> str:
    """The best of the register's people is asked."""
    task = Support.objects.get(placement=placement)
    best = next(one for one in candidates(task) if not one.is_model)
    return supporting.offer(task, best, world.deed("companions"))


def missed(world: World) -> Story:
    """Did not come yesterday: to be rung."""
    yield 10
    case = taken(world, people.HEIKKI)
    yield 8
    reached(world, case)
    placement = asked(world, case)
    yield 6
    agreed(world, placement, 4)
    yield 1
    visiting.settle(placement, "missed", world.deed(RECEIVER, "phone"))


def comes(world: World) -> Story:
    """Came the first time, and comes."""
    yield 22
    case = taken(world, people.RAILI)
    yield 20
    reached(world, case)
    placement = asked(world, case)
    yield 18
    agreed(world, placement, 4)
    yield 13
    visiting.settle(placement, "attended", world.deed(RECEIVER, "phone"))


def paused(world: World) -> Story:
    """In hospital for three weeks."""
    yield 11
    case = taken(world, people.VIENO)
    yield 9
    reached(world, case)
    yield 3
    working.pause(case, today() + timedelta(days=21), "hospital", world.deed())


def protected(world: World) -> Story:
    """Address protection: no letter, no text message, no voicemail."""
    yield 6
    case = taken(world, people.SANNA)
    yield 4
    reached(world, case)


def followed(world: World) -> Story:
    """An own path, and the first follow-up call is at hand."""
    yield 40
    case = taken(world, people.TOIVO)
    yield 38
    reached(world, case)
    working.plan(case, world.deed(), own_path="Kävelee naapurin kanssa tiistaisin ja torstaisin.")
    yield 22
    working.follow_up(case, world.deed())


def ended(world: World) -> Story:
    """Ended well."""
    yield 45
    case = taken(world, people.ESTERI)
    yield 43
    reached(world, case)
    working.plan(case, world.deed(), own_path="Käy kirjaston lukupiirissä.")
    yield 30
    ending.close(case, "moved_or_deceased", world.deed())


STORIES: tuple[Callable[[World], Story], ...] = (
    new, urgent, forgotten, to_ring, late, in_vain, unreached, talking, silent, declined, along, missed, comes, paused, protected,
    followed, ended, company_asked, company_promised,
)  # fmt: skip
