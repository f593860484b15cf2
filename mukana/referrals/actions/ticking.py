"""The clock: what time asks for of every open object, taken in batches, each step once.

It reminds, tells, escalates, makes errands, recalls silent offers, notices lapses, wakes and resumes; it never closes a
case and never declines.  Whatever was done is on the row (`steps_done`), so running it twice does nothing twice, and
two clocks at once wait for each other's batch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from mukana.lib.composed import Composed, Hole
from mukana.lib.deeds import whole
from mukana.lib.jobs import stopping
from mukana.lib.moments import as_local
from mukana.lib.quickrows import insert_row, insert_rows, update_row
from mukana.lib.rows import update_rows
from mukana.lib.sealed import SealedText
from mukana.referrals import wording
from mukana.referrals.actions.answering import still_wanted
from mukana.referrals.actions.errands import ask
from mukana.referrals.actions.glass import tell_nobody_reviews
from mukana.referrals.actions.moving import CHAIN, Change, Step, case_id_of, chained, kind_of, locked_case, move, renew
from mukana.referrals.actions.offering import back_to_talk, doubt_silent
from mukana.referrals.actions.saying import ask_residents
from mukana.referrals.actions.supporting import expire
from mukana.referrals.actions.telling import tell_receiver, tell_staff
from mukana.referrals.actions.visiting import remind_of_sessions
from mukana.referrals.actions.working import resume
from mukana.referrals.models import BreakGlass, Errand, Placement, Referral, Support
from mukana.referrals.models.watched import Watched
from mukana.referrals.queries.reviewers import next_reviewer
from mukana.referrals.queries.turns import Turns, read_once, turns_on
from mukana.referrals.rules import clocks, placements
from mukana.referrals.rules.clocks import Next, Watch, next_step, wd
from mukana.referrals.rules.codes import COMPANIONS, COORDINATOR, LEAD, LINK_WORKER, PRIVACY, RECEIVER, SYSTEM_DEED

BATCH = 500
_STEPPED = ("steps_done", "next_step_at", "owner", "owner_person")
_OF_CASES = ("state", "urgency", "since", "area", "referrer", "link_worker", *_STEPPED, *CHAIN)
_PLAIN = frozenset({clocks.REMIND, clocks.TELL, clocks.ESCALATE, clocks.WAKE})
ERRAND_WATCH = Watch(
    COORDINATOR, wd(0),
    (clocks.Step(wd(0), clocks.REMIND), clocks.Step(wd(2), clocks.TELL, COORDINATOR), clocks.Step(wd(4), clocks.ESCALATE, LEAD)),
)  # fmt: skip
_ANEW: dict[type[Watched], Composed[Any]] = {
    Placement: Composed(
        lambda: (
            Placement.objects.select_for_update(of=("self",))
            .select_related("referral__resident", "entry__organisation")
            .filter(pk=Hole("key"))
        )
    ),
    Support: Composed(
        lambda: Support.objects.select_for_update(of=("self",)).select_related("placement__referral", "companion").filter(pk=Hole("key"))
    ),
}
GLASS_WATCH = Watch(PRIVACY, wd(1), (clocks.Step(wd(1), clocks.ESCALATE, PRIVACY),))


@dataclass(slots=True)
class Tally:
    """What a round did, by kind of step; `people` counts what is told to each member of staff."""

    steps: Counter[str] = field(default_factory=Counter)
    people: Counter[UUID] = field(default_factory=Counter)

    def tell(self, person: UUID | None) -> None:
        """One more thing for the person."""
        if person is not None:
            self.people[person] += 1


def tick(moment: datetime) -> Tally:
    """Do everything that is due.  Gives what was done."""
    tally, day = Tally(), as_local(moment).date()
    with read_once():
        turns = turns_on(day)
        for take in (_cases, _placements, _supports, _errands, _glasses):
            while not stopping() and take(moment, turns, tally):
                pass
        tally.steps["session"] += remind_of_sessions(moment)
        tally.steps["company"] += ask_residents(moment)
    for person, count in tally.people.items():
        tell_staff(person, count, day.isoformat())
    return tally


@whole
def _cases(moment: datetime, turns: Turns, tally: Tally) -> int:
    rows = _CASES.all(moment=moment)
    plain: list[Referral] = []
    links = []
    for case in rows:
        coming = _coming(case, case)
        tally.steps[coming.step.act] += 1
        if coming.step.act == clocks.RESUME:
            resume(case, SYSTEM_DEED)
            continue
        _hand_on(case, case, coming, turns, tally)
        links.append(chained(case, Step("case", case.pk, case.state, case.state, _said(coming)), SYSTEM_DEED, moment))
        plain.append(case)
    insert_rows(links)
    update_rows(plain, (*_STEPPED, *CHAIN))
    return len(rows)


def _placements(moment: datetime, turns: Turns, tally: Tally) -> int:
    return _batch(Placement, moment, turns, tally, _placement_act)


def _supports(moment: datetime, turns: Turns, tally: Tally) -> int:
    return _batch(Support, moment, turns, tally, _support_act)


Act = Callable[[Watched, Next, Turns], bool]


def _batch(model: type[Watched], moment: datetime, turns: Turns, tally: Tally, act: Act) -> int:
    """What only reminds, tells or hands on is done for all at once; each of the others in a transaction of its own."""
    keys = list(model._default_manager.filter(next_step_at__lte=moment).order_by("next_step_at").values_list("pk", flat=True)[:BATCH])
    for thing in _plainly(model, keys, moment, turns, tally) if keys else ():
        _alone(thing, moment, turns, tally, act)
    return len(keys)


@whole
def _plainly(model: type[Watched], keys: list[UUID], moment: datetime, turns: Turns, tally: Tally) -> list[Watched]:
    """Gives those that need more.  Asked anew under their cases' locks: an answer of a moment ago counts."""
    rows = model._default_manager.filter(pk__in=keys)
    cases = rows.values("referral" if model is Placement else "placement__referral")
    locked = Referral.objects.select_for_update().filter(pk__in=cases).order_by("pk").only(*_OF_CASES)
    held = {case.pk: case for case in locked}
    due: Any = rows.filter(next_step_at__lte=moment).select_for_update(of=("self",)).order_by("next_step_at")
    due = due if model is Placement else due.select_related("placement")
    left, plain, links = [], [], []
    for thing in due:
        case = held[case_id_of(thing)]
        coming = _coming(thing, case)
        if _needs_more(thing, coming):
            left.append(thing)
            continue
        tally.steps[coming.step.act] += 1
        _hand_on(thing, case, coming, turns, tally)
        links.append(chained(case, Step(kind_of(thing), thing.pk, thing.state, thing.state, _said(coming)), SYSTEM_DEED, moment))
        plain.append(thing)
    insert_rows(links)
    update_rows(plain, _STEPPED)
    update_rows(list(held.values()), CHAIN)
    return left


def _needs_more(thing: Watched, coming: Next) -> bool:
    """Something else than a reminder to staff, or a reminder to a receiver."""
    rings = isinstance(thing, Placement) and coming.step.act == clocks.REMIND and thing.owner == RECEIVER
    return rings or coming.step.act not in _PLAIN


@whole
def _alone(found: Watched, moment: datetime, turns: Turns, tally: Tally, act: Act) -> None:
    """One that needs more than to be reminded of."""
    case = locked_case(found)
    thing = _ANEW[type(found)].first(key=found.pk)
    coming = _coming(thing, case) if thing and thing.next_step_at is not None and thing.next_step_at <= moment else None
    if thing is None or coming is None or not _needs_more(thing, coming):
        return  # it has moved meanwhile; what it needs now comes in the next batch
    tally.steps[coming.step.act] += 1
    if act(thing, coming, turns):
        return
    _hand_on(thing, case, coming, turns, tally)
    renew(case)
    insert_row(chained(case, Step(kind_of(thing), thing.pk, thing.state, thing.state, _said(coming)), SYSTEM_DEED, moment))
    update_row(case, CHAIN)
    update_row(thing, _STEPPED)


def _placement_act(thing: Watched, coming: Next, turns: Turns) -> bool:
    """What only placements need; True when the state has changed and the clock with it."""
    assert isinstance(thing, Placement)  # what _placements takes
    step = coming.step
    if step.act == clocks.RECALL:
        move(thing, placements.RECALLED, SYSTEM_DEED, Change(step.to))
        tell_receiver(thing, wording.gone(thing.entry_name))
        ask("act_on_decline", thing.referral, thing, queue=LINK_WORKER, turns=turns)
        doubt_silent(thing)
        back_to_talk(thing.referral)
        return True
    if step.act == clocks.LAPSE:
        move(thing, placements.LAPSED, SYSTEM_DEED)
        return True
    if step.to == placements.ASK_WANTED:
        still_wanted(thing, SYSTEM_DEED)
    elif step.act == clocks.ERRAND:
        queue = COORDINATOR if thing.state == placements.REQUESTED else LINK_WORKER
        ask(step.to, thing.referral, thing, queue=queue, turns=turns)
    else:
        words = wording.mark_please if thing.state == placements.SCHEDULED else wording.still_waiting
        tell_receiver(thing, words(thing.entry_name))
    return False


def _support_act(thing: Watched, coming: Next, turns: Turns) -> bool:
    """An offer nobody answered within a working day goes back to whoever finds companions."""
    assert isinstance(thing, Support)  # what _supports takes; of its steps only this one needs more
    expire(thing)
    ask("find_companion", thing.placement.referral, thing.placement, queue=COMPANIONS, turns=turns)
    return True


@whole
def _errands(moment: datetime, turns: Turns, tally: Tally) -> int:
    rows = _ERRANDS.all(moment=moment)
    cases = Referral.objects.only(*_OF_CASES).in_bulk({errand.referral_id for errand in rows if errand.steps_done})
    for errand in rows:
        assert errand.due_at is not None  # the database refuses an open errand without
        step = next_step(ERRAND_WATCH, errand.due_at, errand.steps_done).step
        tally.steps["errand_reminded"] += 1
        if step.act == clocks.ESCALATE:
            errand.owner, errand.owner_person_id = step.to, turns.person(step.to, cases[errand.referral_id])
        tally.tell(turns.present(errand.owner_person_id))
        if step.act == clocks.TELL:
            tally.tell(turns.person(step.to, cases[errand.referral_id]))
        _again(errand, ERRAND_WATCH)
    update_rows(rows, _STEPPED)
    return len(rows)


@whole
def _glasses(moment: datetime, turns: Turns, tally: Tally) -> int:
    rows = _GLASSES.all(moment=moment)
    for glass in rows:
        if glass.steps_done == 0 or glass.owner_person_id is None:
            glass.owner_person_id = next_reviewer(glass, turns)
        if glass.owner_person_id is None:
            tell_nobody_reviews(glass)
        _again(glass, GLASS_WATCH)
        tally.steps["glass"] += 1
        tally.tell(glass.owner_person_id)
        glass.save()
    return len(rows)


def _hand_on(thing: Watched, case: Referral, coming: Next, turns: Turns, tally: Tally) -> None:
    """The step is taken: who hears of it, whose turn it is now, when the next one comes."""
    step = coming.step
    if step.act == clocks.ESCALATE:
        thing.owner, thing.owner_person_id = step.to, turns.person(step.to, case)
    told = turns.person(step.to, case) if step.act == clocks.TELL else turns.present(thing.owner_person_id)
    if step.act in _PLAIN:
        tally.tell(told)
    if step.act != clocks.ESCALATE:
        thing.owner_person_id = turns.person(thing.owner, case) or thing.owner_person_id
    thing.steps_done += 1
    thing.next_step_at = _coming(thing, case).at


def _coming(thing: Watched, case: Referral) -> Next:
    assert thing.since is not None  # the database refuses an open thing without
    return next_step(thing.WATCHES[thing.state], thing.since, thing.steps_done, urgent=case.urgent)


def _again(thing: Errand | BreakGlass, watch: Watch) -> None:
    assert thing.since is not None
    thing.steps_done += 1
    thing.next_step_at = next_step(watch, thing.due_at or thing.since, thing.steps_done).at


def _said(coming: Next) -> str:
    return f"{coming.step.act}:{coming.step.to}" if coming.step.to else coming.step.act


def _due(model: type[Model], *only: str) -> QuerySet[Any]:
    """A batch of those whose next step's time has come, locked; nothing sealed is opened for it."""
    sealed = [column.name for column in model._meta.concrete_fields if isinstance(column, SealedText)]
    rows = model._default_manager.select_for_update().filter(next_step_at__lte=Hole("moment"))
    return (rows.only(*only) if only else rows.defer(*sealed)).order_by("next_step_at")[:BATCH]


_CASES: Composed[Referral] = Composed(lambda: _due(Referral, *_OF_CASES))
_ERRANDS: Composed[Errand] = Composed(lambda: _due(Errand))
_GLASSES: Composed[BreakGlass] = Composed(lambda: _due(BreakGlass))
