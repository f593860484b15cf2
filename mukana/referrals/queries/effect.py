"""Does company help: first sessions that took place with a companion and without, with small numbers hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from mukana.attendance.rules import EARLY
from mukana.lib.suppression import ALL, Table, share, table
from mukana.referrals.models import Session, Support, Transition
from mukana.referrals.rules import sessions
from mukana.referrals.rules import support as rules

WITH, WITHOUT = "with", "without"
CAME, MISSED = "came", "missed"


@dataclass(frozen=True, slots=True)
class Line:
    """One group: how many first sessions, at how many somebody came; None is not shown."""

    group: str
    total: int | None
    came: int | None
    per_cent: int | None


def effect(areas: Iterable[str] | None = None) -> list[Line]:
    """First sessions with and without a companion (of the areas); what could tell of a few people is left out."""
    counts = table(first_sessions(areas))
    return [_line(counts, group) for group in (WITH, WITHOUT)]


def first_sessions(areas: Iterable[str] | None = None) -> dict[tuple[str, str], int]:
    """(with or without, came or missed) → how many placements' first sessions."""
    held = Session.objects.filter(state__in=(sessions.ATTENDED, sessions.MISSED)).order_by("placement_id", "starts_at")
    if areas is not None:
        held = held.filter(placement__referral__area__in=list(areas))
    first: dict[UUID, Session] = {}
    for session in held.only("placement_id", "starts_at", "state"):
        first.setdefault(session.placement_id, session)
    company = _company(list(first.values()))
    counts = {(group, result): 0 for group in (WITH, WITHOUT) for result in (CAME, MISSED)}
    for key, session in first.items():
        group = WITH if key in company else WITHOUT
        counts[group, CAME if session.state == sessions.ATTENDED else MISSED] += 1
    return counts


def _company(first: list[Session]) -> set[UUID]:
    """The placements at whose first session a companion was there, also when the resident was not."""
    whose = dict(Support.objects.filter(placement__in=[one.placement_id for one in first]).values_list("pk", "placement_id"))
    told: dict[UUID, list[Transition]] = defaultdict(list)
    rows = Transition.objects.filter(thing="support", thing_id__in=list(whose), target__in=(rules.ACCOMPANIED, rules.NOT_ACCOMPANIED))
    for row in rows.order_by("at"):
        told[whose[row.thing_id]].append(row)
    found = set()
    for session in first:
        after = next((row for row in told[session.placement_id] if row.at >= session.starts_at - EARLY), None)
        if after is not None and (after.target == rules.ACCOMPANIED or after.reason == "no_show"):
            found.add(session.placement_id)
    return found


def _line(counts: Table, group: str) -> Line:
    total, came = counts.at(group, ALL), counts.at(group, CAME)
    return Line(group, total, came, share(came, total))
