"""Who could come along: hard filters with their reasons, then an order; a person confirms, one is asked at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from mukana.lib.moments import as_local, weekday
from mukana.referrals.rules.codes import Refused
from mukana.referrals.rules.support import check_vetted

VETTING_YEARS = 3
NEAR_KM = 15
FAR = 1000  # steps of NEAR_KM: nobody knows how far
MANY_STARTS = 5  # fewer say nothing about how good somebody is
_NEEDS_SKILL = frozenset({"wheelchair", "hearing", "vision"})


@dataclass(frozen=True, slots=True)
class Slot:
    """When somebody can: a weekday and hours ("tue", 10, 12)."""

    day: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What is needed: where and when, and what the resident asks for."""

    area: str
    starts_at: datetime
    ends_at: datetime
    language: str = "fi"
    gender: str = ""
    practical: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()  # whom the resident does not want
    before: frozenset[str] = frozenset()  # who has accompanied this resident


@dataclass(frozen=True, slots=True)
class Companion:
    """A support person, or an accompaniment model (village ride, friend visitors): matched alike.

    A model has no vetting of its own: `model` organisations answer for their people.
    """

    key: str
    areas: frozenset[str]
    slots: tuple[Slot, ...] = ()
    languages: frozenset[str] = frozenset({"fi"})
    gender: str = ""
    skills: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    vetted_on: date | None = None
    pledged_on: date | None = None
    conflicts: frozenset[str] = frozenset()
    load: int = 0
    most: int = 2
    recent: int = 0
    km: float | None = None  # from home to where they would go
    starts: int = 0  # people who got going with this one
    active: bool = True
    model: bool = False
    price_cents: int = 0
    wait_days: int = 0
    busy: frozenset[date] = field(default_factory=frozenset)


def obstacles(one: Companion, wish: Wish, resident: str, today: date) -> list[str]:
    """Why this one cannot be asked; empty when nothing stands in the way."""
    found = [code for code, bad in _hard(one, wish, resident) if bad]
    if not one.model:
        try:
            check_vetted(one.vetted_on, one.pledged_on, VETTING_YEARS, today)
        except Refused as refused:
            found.append(refused.code)
    if one.model and (as_local(wish.starts_at).date() - today).days < one.wait_days:
        found.append("wait")
    return found


def ranked(everybody: Iterable[Companion], wish: Wish, resident: str, today: date) -> list[Companion]:
    """Those who can, the best first: who has come along before, shared interests, near, seldom asked lately, starts achieved.

    Asking an organisation often wears nobody out, so a model is not put behind for having been asked: its starts count at once.
    """
    able = [one for one in everybody if not obstacles(one, wish, resident, today)]
    return sorted(able, key=lambda one: _order(one, wish))


def fits(one: Companion, wish: Wish) -> list[str]:
    """What speaks for this one, the weightiest first: codes that a page says in words."""
    told = [
        ("before", one.key in wish.before),
        ("interests", bool(one.interests & wish.interests)),
        ("gender", bool(wish.gender) and one.gender == wish.gender),
        ("language", wish.language != "fi" and wish.language in one.languages),
        ("skills", bool(wish.practical & _NEEDS_SKILL)),
        ("near", one.km is not None and one.km <= NEAR_KM),
        ("starts", one.starts >= MANY_STARTS),
        ("slot", bool(one.slots)),
        ("seldom", one.recent == 0),
    ]
    return [code for code, true in told if true]


def _hard(one: Companion, wish: Wish, resident: str) -> list[tuple[str, bool]]:
    day = as_local(wish.starts_at).date()
    return [
        ("inactive", not one.active),
        ("area", wish.area not in one.areas),
        ("time", bool(one.slots) and not any(_covers(slot, wish) for slot in one.slots)),
        ("language", wish.language not in one.languages),
        ("gender", bool(wish.gender) and not one.model and one.gender != wish.gender),
        ("skills", not (wish.practical & _NEEDS_SKILL) <= one.skills),
        ("conflict", resident in one.conflicts),
        ("excluded", one.key in wish.excluded),
        ("load", not one.model and one.load >= one.most),
        ("busy", day in one.busy),
    ]


def _covers(slot: Slot, wish: Wish) -> bool:
    start, end = as_local(wish.starts_at), as_local(wish.ends_at)
    ends = end.hour + (1 if end.minute else 0)
    return slot.day == weekday(start.date()) and slot.start <= start.hour and ends <= slot.end


def _order(one: Companion, wish: Wish) -> tuple[bool, int, int, int, int, int, str]:
    near = int(one.km // NEAR_KM) if one.km is not None else FAR
    asked = 0 if one.model else one.recent
    return (one.key not in wish.before, -len(one.interests & wish.interests), near, asked, -one.starts, one.price_cents, one.key)
