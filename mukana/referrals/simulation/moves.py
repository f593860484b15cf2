"""What people in the play do with a thing that is due; each gives whether anything was done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mukana.lib.clock import now, today
from mukana.lib.composed import Composed, Hole
from mukana.lib.holidays import add_working_days
from mukana.lib.quickrows import row_of
from mukana.referrals.actions import accompanying, answering, contacting, ending, offering, supporting, visiting, working
from mukana.referrals.actions.errands import finish
from mukana.referrals.actions.permitting import Given, permit
from mukana.referrals.models import Errand, Placement, Referral, Support
from mukana.referrals.queries.companions import candidates
from mukana.referrals.rules import placements
from mukana.referrals.rules.codes import COMPANION, COORDINATOR, LINK_WORKER, RECEIVER, RESIDENT, Deed
from mukana.referrals.simulation.ledger import Ledger
from mukana.referrals.simulation.world import REASONS, World

COORDINATES, WORKS = Deed("sim", COORDINATOR), Deed("sim", LINK_WORKER)
GROUPS = ("area", "wish", "practical", "language", "name", "contact")
TRIES = 3
_TRIED = Composed(lambda: Placement.objects.filter(referral=Hole("case")).values_list("entry_id", flat=True))


def case(world: World, ledger: Ledger, one: Referral) -> bool:
    """A case whose time has come."""
    done = _CASE.get(one.state)
    return done is not None and bool(done(world, ledger, one))


def placement(world: World, ledger: Ledger, one: Placement) -> bool:
    """An offer, a first visit, a group."""
    done = _PLACEMENT.get(one.state)
    return done is not None and one.referral.state != "paused" and bool(done(world, ledger, one))


def support(world: World, ledger: Ledger, one: Support) -> bool:
    """Somebody is needed, asked, or has come along."""
    if one.state == "needed":
        able = candidates(one)
        if not able:
            supporting.call_off_support(one, "other", WORKS)
            return True
        token = supporting.offer(one, able[0], Deed("sim", "companions"), backup=able[1] if len(able) > 1 else None)
        roll = world.dice.random()
        if roll < 0.9:
            supporting.answer(token, yes=roll < 0.7)
        return True
    if one.state in ("accepted", "met") and one.starts_at is not None and one.starts_at <= now():
        return _told(one)
    if one.state == "accepted":
        if world.dice.random() < 0.1:
            supporting.release(one, "ill", Deed("sim", COMPANION, "sms"))
        else:
            supporting.met(one, Deed("sim", COMPANION, "phone"))
        return True
    if one.state in ("accompanied", "tapering"):
        supporting.taper(one, WORKS)
        return True
    return False


def _told(one: Support) -> bool:
    """The companion tells how it went, once the visit has been marked."""
    if one.placement.state == placements.MISSED_FIRST:
        accompanying.did_not_come(one, Deed("sim", COMPANION, "link"))
    elif one.placement.state in placements.REACHED_FIRST:
        accompanying.was_along(one, Deed("sim", COMPANION, "link"))
    else:
        return False
    return True


def errand(world: World, ledger: Ledger, one: Errand) -> bool:
    """Done, whatever it was; a receiver who is rung says yes, no, or does not answer."""
    if one.kind == "ring_receiver" and one.placement and one.placement.state == "requested":
        _answer(world, ledger, one.placement, "phone")
    if row_of(Errand, one.pk).done_at is None:
        finish(one, "done", WORKS)
    return True


def _sent(world: World, ledger: Ledger, one: Referral) -> bool:
    if world.dice.random() < 0.05 and not one.redirects:
        working.redirect(one, world.dice.choice(world.areas).municipality, "other_unit", COORDINATES)
    else:
        working.acknowledge(one, world.dice.choice(world.workers), COORDINATES)
    return True


def _ring(world: World, ledger: Ledger, one: Referral) -> bool:
    tries = len(contacting.tries_of(one))
    if tries >= TRIES + 2 or (tries >= TRIES and world.dice.random() < 0.5):
        contacting.say_unreachable(one, WORKS)
        return True
    result = "reached" if world.dice.random() < 0.6 else "no_answer"
    contacting.attempt(one, result, Deed("sim", LINK_WORKER, "phone"))
    if result == "reached":
        ledger.note("reached", one.pk)
    return True


def _talk(world: World, ledger: Ledger, one: Referral) -> bool:
    roll = world.dice.random()
    if roll < 0.04:
        working.pause(one, today() + timedelta(days=world.dice.randrange(5, 60)), "hospital", WORKS)
        return True
    tried = set(_TRIED.all(case=one.pk))
    if roll < 0.12:
        working.plan(one, WORKS, own_path="Kävelen naapurin kanssa")
        return True
    if len(tried) >= TRIES + 1 or roll < 0.16:
        ending.close(one, "no_suitable_service" if tried else "declined_by_resident", WORKS)
        return True
    entry = world.dice.choice([entry for entry in world.entries if entry.pk not in tried])
    made = offering.propose(one, entry, WORKS)
    permit(one, [Given("receiver", GROUPS, entry.pk)], WORKS)
    offering.request(made, WORKS)
    working.plan(one, WORKS)
    return True


def _unreachable(world: World, ledger: Ledger, one: Referral) -> bool:
    if world.dice.random() < 0.3:
        contacting.called_back(one, Deed("sim", RESIDENT, "phone"))
        ledger.note("reached", one.pk)
    else:
        ending.close(one, "unreachable", WORKS)
    return True


def _planned(world: World, ledger: Ledger, one: Referral) -> bool:
    if one.own_path:
        working.follow_up(one, WORKS)
        return True
    return False


def _active(world: World, ledger: Ledger, one: Referral) -> bool:
    working.follow_up(one, WORKS)
    return True


def _follow(world: World, ledger: Ledger, one: Referral) -> bool:
    if one.follow_ups_done >= 3:
        ending.close(one, "own_path_found" if one.own_path else "attending_regularly", WORKS)
    elif world.dice.random() < 0.03:
        working.wants_more(one, Deed("sim", RESIDENT, "phone"))
    else:
        working.followed_up(one, WORKS)
    return True


def _answer(world: World, ledger: Ledger, one: Placement, channel: str) -> bool:
    if one.entry_id in world.silent or world.dice.random() < 0.3:
        return False
    roll, deed = world.dice.random(), Deed("sim", RECEIVER, channel)
    if roll < 0.65:
        answering.accept(one, deed)
    elif roll < 0.9:
        answering.decline(one, world.dice.choice(REASONS), deed)
    else:
        answering.waitlist(one, deed)
    return True


def _requested(world: World, ledger: Ledger, one: Placement) -> bool:
    return _answer(world, ledger, one, "link")


def _book(world: World, ledger: Ledger, one: Placement) -> bool:
    if one.missed >= placements.MOST_REBOOKINGS:
        offering.end(one, "not_interested", WORKS)
        return True
    day = add_working_days(today(), world.dice.randrange(2, 10))
    starts = now().replace(year=day.year, month=day.month, day=day.day, hour=10, minute=0)
    visiting.schedule(one, visiting.When(starts, "Anneli", starts + timedelta(hours=1), "Kerhotalo", group_starts=starts), WORKS)
    ledger.note("placed", one.referral_id)
    return True


def _visit(world: World, ledger: Ledger, one: Placement) -> bool:
    session = visiting.planned_session(one)
    if session.starts_at > now():
        if world.dice.random() < 0.03:
            visiting.call_off(one, "other", Deed("sim", RECEIVER, "phone"))
            return True
        return False
    result = world.dice.choices(("attended", "missed", "excused"), (0.75, 0.2, 0.05))[0]
    visiting.settle(one, result, Deed("sim", RECEIVER, world.dice.choice(("link", "sms", "phone", "paper"))))
    if result == "attended":
        ledger.note("first_visit", one.referral_id)
    return True


def _lapsed(world: World, ledger: Ledger, one: Placement) -> bool:
    if world.dice.random() < 0.4:
        visiting.reached_again(one, WORKS)
        ledger.note("fourth_visit", one.referral_id)
    else:
        offering.end(one, "health", WORKS)
    return True


_CASE: dict[str, Any] = {
    "sent": _sent, "acknowledged": _ring, "contacting": _ring, "in_dialogue": _talk, "unreachable": _unreachable,
    "planned": _planned, "active": _active, "follow_up": _follow,
}  # fmt: skip
_PLACEMENT: dict[str, Any] = {
    "requested": _requested, "accepted": _book, "waitlisted": _book, "missed_first": _book, "session_cancelled": _book,
    "scheduled": _visit, "lapsed": _lapsed,
}  # fmt: skip
