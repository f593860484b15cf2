"""A link worker's day: what is late, what is today, what comes this week, and who else is waited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from mukana.accounts.models import Person
from mukana.lib.moments import as_local, at_wall
from mukana.referrals.models import Errand, Placement, Referral, Resident, Session, Support
from mukana.referrals.queries.inbox import Turn
from mukana.referrals.rules.cases import SHUT, working_days_between
from mukana.referrals.rules.reaching import Reach, may_ring

WEEK = timedelta(days=7)
OTHERS = 10  # of those others are waited for are listed
SESSIONS = 40
LATE, TODAY, THIS_WEEK, LATER = "late", "today", "week", "later"
BUCKETS = (LATE, TODAY, THIS_WEEK, LATER)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do: whose matter it is (a short name), what about, by when; `late` in working days."""

    turn: Turn
    who: str = ""
    about: str = ""
    words: str = ""
    late: int = 0
    covers: str = ""  # whose turn it really is, when one stands in
    rings: bool = True  # may the resident be rung?


@dataclass(frozen=True, slots=True)
class Awaited:
    """Something that waits for somebody outside."""

    case: UUID
    reference: str
    kind: str
    state: str
    whose: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """A first session of somebody whose link worker one is."""

    session: Session
    who: str
    over: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """How many of each."""

    late: int
    mine: int
    others: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Names for the rows of a page, and whose data were looked at."""

    who: dict[UUID, str] = field(default_factory=dict)
    residents: list[UUID] = field(default_factory=list)
    silent: frozenset[UUID] = frozenset()  # cases whose resident may not be rung


def bucket_of(turn: Turn, now: datetime) -> str:
    """Late, today, within the week, later."""
    if turn.overdue:
        return LATE
    ends = at_wall(as_local(now).date() + timedelta(days=1), time())
    return TODAY if turn.due_at < ends else THIS_WEEK if turn.due_at < ends + WEEK else LATER


def rows_of(turns: Sequence[Turn], people: Sequence[UUID], now: datetime) -> tuple[list[Row], list[UUID]]:
    """The turns of one page with names, and the residents whose names those are; the first of the people is who looks."""
    facts = names_of({turn.case for turn in turns if turn.case})
    places, errands = _places(turns), _errands(turns)
    covers = dict(Person.objects.filter(pk__in=people[1:]).values_list("pk", "name")) if people[1:] else {}
    today = as_local(now).date()
    rows = []
    for turn in turns:
        about, words = errands.get(turn.key, (places.get(turn.key, ""), ""))
        late = working_days_between(as_local(turn.due_at).date(), today) if turn.overdue else 0
        who = facts.who.get(turn.case, "") if turn.case else ""
        rows.append(Row(turn, who, about, words, late, covers.get(turn.person, "") if turn.person else "", turn.case not in facts.silent))
    return rows, facts.residents


def visits_of(people: Sequence[UUID], first: datetime, last: datetime, now: datetime) -> tuple[list[Visit], list[UUID]]:
    """First sessions of one's residents within the time, and whose they are."""
    rows = Session.objects.filter(state="planned", starts_at__gte=first, starts_at__lt=last, placement__referral__link_worker__in=people)
    found = list(rows.select_related("placement").order_by("starts_at")[:SESSIONS])
    facts = names_of({one.placement.referral_id for one in found})
    visits = [Visit(one, facts.who.get(one.placement.referral_id, ""), (one.ends_at or one.starts_at) < now) for one in found]
    return visits, facts.residents


def awaited_by(people: Sequence[UUID]) -> tuple[list[Awaited], int]:
    """What one's cases wait for from others, the soonest first, and how many there are; no names."""
    offers = Placement.objects.filter(referral__link_worker__in=people, due_at__isnull=False, owner="receiver")
    tasks = Support.objects.filter(placement__referral__link_worker__in=people, due_at__isnull=False, owner__in=("companion", "companions"))
    count = offers.count() + tasks.count()
    asked = offers.order_by("due_at").values_list("referral_id", "referral__reference", "state", "entry_name", "due_at")[:OTHERS]
    along = tasks.order_by("due_at").values_list("placement__referral_id", "placement__referral__reference", "state", "owner", "due_at")[
        :OTHERS
    ]
    found = [Awaited(case, reference, "placement", state, name, due) for case, reference, state, name, due in asked if due]
    found += [Awaited(case, reference, "support", state, owner, due) for case, reference, state, owner, due in along if due]
    return sorted(found, key=lambda one: one.due_at)[:OTHERS], count


def names_of(cases: set[UUID]) -> Facts:
    """Case → the resident's short name; of what was taken back there is none."""
    found = Referral.objects.filter(pk__in=cases).exclude(state__in=SHUT).values_list("pk", "resident_id")
    whose = dict(found)
    people = list(Resident.objects.filter(pk__in=set(whose.values())).only("pk", "name", "phone", "safe"))
    names = {one.pk: short_name(one.name) for one in people}
    silent = {one.pk for one in people if not may_ring(Reach("", has_phone=bool(one.phone), safe=frozenset(one.safe)))}
    return Facts(
        {case: names.get(resident, "") for case, resident in whose.items()}, list(names),
        frozenset(case for case, resident in whose.items() if resident in silent),
    )  # fmt: skip


def short_name(name: str) -> str:
    """First name and initial: enough to know whom one rings."""
    first, *rest = name.split()[:1] + name.split()[-1:] if name.strip() else [""]
    return f"{first} {rest[0][0]}." if rest and rest[0] != first else first


def _places(turns: Sequence[Turn]) -> dict[UUID, str]:
    offers = [turn.key for turn in turns if turn.kind == "placement"]
    tasks = [turn.key for turn in turns if turn.kind == "support"]
    found = dict(Placement.objects.filter(pk__in=offers).values_list("pk", "entry_name")) if offers else {}
    if tasks:
        found.update(Support.objects.filter(pk__in=tasks).values_list("pk", "placement__entry_name"))
    return found


def _errands(turns: Sequence[Turn]) -> dict[UUID, tuple[str, str]]:
    keys = [turn.key for turn in turns if turn.kind == "errand"]
    rows = Errand.objects.filter(pk__in=keys).select_related("placement") if keys else ()
    return {one.pk: (one.placement.entry_name if one.placement else "", one.words) for one in rows}
