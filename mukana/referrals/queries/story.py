"""The history of a case as events in time: moves, tries, what the clock did; with the names of those who did it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mukana.accounts.models import Person
from mukana.referrals.models import Placement, Referral, Transition

MOST = 200


@dataclass(frozen=True, slots=True)
class Event:
    """One link of the history, or one try to reach the resident (`kind` attempt)."""

    at: datetime
    kind: str  # case placement session support attempt
    source: str
    target: str
    reason: str
    role: str
    who: str
    channel: str
    about: str = ""
    note: str = ""


def story_of(case: Referral) -> list[Event]:
    """Everything that happened, the newest first."""
    links = list(Transition.objects.filter(referral=case).order_by("-number")[:MOST])
    tries = list(case.attempts.order_by("-at", "-pk")[:MOST])
    names = people_named([row.by for row in links] + [row.by for row in tries])
    places = _places(case)
    found = [
        Event(
            row.at,
            row.thing,
            row.source,
            row.target,
            row.reason,
            row.role,
            names.get(row.by, ""),
            row.channel,
            places.get(row.thing_id, ""),
        )
        for row in links
    ]
    found += [
        Event(row.at, "attempt", "", row.result, "", "link_worker", names.get(row.by, ""), row.channel, "", row.note) for row in tries
    ]
    return sorted(found, key=lambda event: event.at, reverse=True)


def people_named(keys: Iterable[str]) -> dict[str, str]:
    """Names of those among the keys who are people of ours."""
    ids = []
    for key in set(keys):
        try:
            ids.append(UUID(key))
        except ValueError:  # "system", "link:…"
            continue
    return {str(pk): name for pk, name in Person.objects.filter(pk__in=ids).values_list("pk", "name")}


def _places(case: Referral) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for placement in Placement.objects.filter(referral=case).prefetch_related("sessions", "supports"):
        found[placement.pk] = placement.entry_name
        found.update(dict.fromkeys([one.pk for one in placement.sessions.all()], placement.entry_name))
        found.update(dict.fromkeys([one.pk for one in placement.supports.all()], placement.entry_name))
    return found
