"""Does company help: first sessions that took place with a companion and without."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from mukana.attendance.rules import EARLY
from mukana.lib.moments import at_wall
from mukana.referrals.models import Session, Support, Transition
from mukana.referrals.rules import cases, sessions
from mukana.referrals.rules import support as rules
from mukana.referrals.rules.numbers import CAME, MISSED, WITH, WITHOUT, FirstVisits


@dataclass(frozen=True, slots=True)
class _First:
    """A placement's first session."""

    area: str
    starts_at: datetime
    result: str


def first_visits(first: date, last: date) -> tuple[FirstVisits, ...]:
    """Every placement's first session, of those held from `first` to `last`: by area, company and whether somebody came."""
    found = _firsts(at_wall(first, time()), at_wall(last + timedelta(days=1), time()))
    company = _company(found)
    counted = Counter((one.area, WITH if key in company else WITHOUT, one.result) for key, one in found.items())
    return tuple(FirstVisits(*key, number) for key, number in sorted(counted.items()))


def _firsts(begins: datetime, ends: datetime) -> dict[UUID, _First]:
    """Placement → its first session, when that one was held in the period."""
    held = Session.objects.filter(state__in=(sessions.ATTENDED, sessions.MISSED), starts_at__lt=ends)
    held = held.exclude(placement__referral__state=cases.ERROR).order_by("starts_at")
    found: dict[UUID, _First] = {}
    for placement, area, starts_at, state in held.values_list("placement_id", "placement__referral__area_id", "starts_at", "state"):
        found.setdefault(placement, _First(area, starts_at, CAME if state == sessions.ATTENDED else MISSED))
    return {placement: one for placement, one in found.items() if one.starts_at >= begins}


def _company(first: dict[UUID, _First]) -> set[UUID]:
    """The placements at whose first session a companion was there, also when the resident was not."""
    if not first:
        return set()
    told = _told(min(one.starts_at for one in first.values()) - EARLY)
    return {placement for placement, one in first.items() if _along(one, told.get(placement, ()))}


def _along(first: _First, told: Iterable[tuple[datetime, str, str]]) -> bool:
    """The first word of a companion after the session began is of that session."""
    after = next((row for row in told if row[0] >= first.starts_at - EARLY), None)
    return after is not None and (after[1] == rules.ACCOMPANIED or after[2] == "no_show")


def _told(since: datetime) -> dict[UUID, list[tuple[datetime, str, str]]]:
    """Placement → what was told of its companion since then: when, what, why."""
    whose = dict(Support.objects.values_list("pk", "placement_id"))
    rows = Transition.objects.filter(thing="support", target__in=(rules.ACCOMPANIED, rules.NOT_ACCOMPANIED), at__gte=since)
    found: dict[UUID, list[tuple[datetime, str, str]]] = defaultdict(list)
    for support, at, target, reason in rows.order_by("at", "pk").values_list("thing_id", "at", "target", "reason"):
        if support in whose:
            found[whose[support]].append((at, target, reason))
    return found
