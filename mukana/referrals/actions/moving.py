"""The only way a state changes: table, role, lock, chained history, owner and clock, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from mukana.audit.actions import record
from mukana.lib.clock import now
from mukana.lib.deeds import whole
from mukana.lib.quickrows import insert_row, row_of, update_row
from mukana.referrals.models import Placement, Referral, Support, Transition
from mukana.referrals.models.watched import Watched
from mukana.referrals.queries.chain import words_of
from mukana.referrals.queries.turns import Turns, turns_on
from mukana.referrals.rules.clocks import Limit, due, next_step
from mukana.referrals.rules.codes import SYSTEM, Deed
from mukana.referrals.rules.history import link_hash


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a state's clock begins or ends when it is not the table's: from `since`, within `limit`, or at `due_at`."""

    since: datetime | None = None
    limit: Limit | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a move writes besides the state."""

    reason: str = ""
    clock: Clock = field(default_factory=Clock)
    facts: dict[str, Any] = field(default_factory=dict)


PLAIN = Change()
CHAIN = ("chain", "chain_hash")  # what a case knows of its history
CLOCKED = ("owner", "owner_person", "since", "due_at", "steps_done", "next_step_at")  # what set_clock sets
_MOVED = ("state", "ended_at", *CLOCKED)


@whole
def move(thing: Watched, target: str, deed: Deed, change: Change = PLAIN) -> bool:
    """Bring the thing to the state.  False when the same key did it before.  Raises Refused.

    Of two who try at once, the second one finds the thing moved and is refused by the table.
    """
    case = locked_case(thing)
    kept = case if isinstance(thing, Referral) else row_of(type(thing), thing.pk, lock=True)
    if deed.key and Transition.objects.filter(key=deed.key).exists():
        _copy(kept, thing)
        return False
    kept.MACHINE.check(kept.state, target, deed.role, change.reason)
    source, kept.state = kept.state, target
    moment = now()
    facts = change.facts | ({"reason": change.reason} if change.reason and hasattr(kept, "reason") else {})
    for name, value in facts.items():
        setattr(kept, name, value)
    kept.ended_at = None if kept.open else moment
    set_clock(kept, case, change.clock, moment)
    link = chained(case, Step(kind_of(kept), kept.pk, source, target, change.reason), deed, moment)
    link.key = deed.key or None
    insert_row(link)
    if kept is case:
        update_row(case, (*_MOVED, *facts, *CHAIN))
    else:
        update_row(kept, (*_MOVED, *facts))
        update_row(case, CHAIN)
    if deed.role != SYSTEM:
        record("referral.moved", f"referrals.Referral:{case.pk}", by=deed.by, what=kind_of(kept), was=source, now=target)
    _copy(kept, thing)
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """What a link of the chain tells."""

    thing: str
    thing_id: UUID
    source: str
    target: str
    reason: str = ""


def chained(case: Referral, step: Step, deed: Deed, moment: datetime) -> Transition:
    """The next link of the case's history, not yet saved; the case's end of the chain moves on."""
    number = case.chain + 1
    row = Transition(
        referral=case, number=number, thing=step.thing, thing_id=step.thing_id, source=step.source, target=step.target,
        role=deed.role, by=deed.by, channel=deed.channel, reason=step.reason, at=moment,
    )  # fmt: skip
    row.hash = link_hash(case.chain_hash, words_of(row))
    case.chain, case.chain_hash = number, row.hash
    return row


def set_clock(thing: Watched, case: Referral, clock: Clock, moment: datetime, turns: Turns | None = None) -> None:
    """Owner, due time and the clock's first step of the state the thing is in; nothing of these in a final state."""
    thing.steps_done = 0
    if not thing.open:
        thing.owner, thing.owner_person_id, thing.since, thing.due_at, thing.next_step_at = "", None, None, None, None
        return
    watch = thing.WATCHES[thing.state]
    thing.since = clock.since or moment
    thing.owner = watch.owner
    thing.owner_person_id = (turns or turns_on(moment.date())).person(watch.owner, case)
    thing.due_at = clock.due_at or due(thing.since, clock.limit or watch.limit, urgent=case.urgent)
    thing.next_step_at = next_step(watch, thing.since, 0, urgent=case.urgent).at


def locked_case(thing: Watched) -> Referral:
    """The case a thing belongs to, locked: every change of anything in a case waits for its turn here."""
    return row_of(Referral, case_id_of(thing), lock=True)


def case_id_of(thing: Watched) -> UUID:
    """The case a case, a placement or an assignment belongs to."""
    if isinstance(thing, Placement):
        return thing.referral_id
    return thing.placement.referral_id if isinstance(thing, Support) else thing.pk


def kind_of(thing: Watched) -> str:
    """What the history calls it."""
    return thing.MACHINE.name


def renew(thing: Watched) -> None:
    """The object tells again what the database tells."""
    _copy(row_of(type(thing), thing.pk), thing)


def _copy(kept: Watched, thing: Watched) -> None:
    """The caller's object tells what the database tells."""
    for column in kept._meta.concrete_fields:
        setattr(thing, column.attname, getattr(kept, column.attname))
