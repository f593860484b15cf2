"""Whose turn is what: everything open of a person or a queue, the most overdue first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from mukana.referrals.models import BreakGlass, Errand, Placement, Referral, Support

KINDS = ("case", "placement", "support", "errand", "glass")


@dataclass(frozen=True, slots=True)
class Turn:
    """One open thing: what it is, in which state, of which case, whose, until when."""

    kind: str
    key: UUID
    state: str
    case: UUID | None
    reference: str
    owner: str
    person: UUID | None
    due_at: datetime
    overdue: bool
    urgent: bool = False


def turns_of(person: UUID, now: datetime) -> list[Turn]:
    """What waits for the person, by due time."""
    found = [turn for kind, model in _MODELS for turn in _read(kind, model._default_manager.filter(owner_person=person), now)]
    glasses = BreakGlass.objects.filter(owner_person=person, due_at__isnull=False).values_list("pk", "owner", "owner_person_id", "due_at")
    found += [Turn("glass", pk, "open", None, "", owner, whose, due, due < now) for pk, owner, whose, due in glasses if due]
    return _sorted(found)


def turns_in(areas: Collection[str], now: datetime) -> list[Turn]:
    """What is open in the areas, whoever's it is; opened glasses are the officer's alone."""
    return _sorted(turn for kind, model in _MODELS for turn in _read(kind, model._default_manager.filter(**{_AREA[kind]: areas}), now))


def _sorted(found: Iterable[Turn]) -> list[Turn]:
    return sorted(found, key=lambda turn: (turn.due_at, not turn.urgent, str(turn.key)))


_MODELS: tuple[tuple[str, type[Model]], ...] = (("case", Referral), ("placement", Placement), ("support", Support), ("errand", Errand))
_AREA = {
    "case": "area__in", "placement": "referral__area__in", "support": "placement__referral__area__in", "errand": "referral__area__in",
}  # fmt: skip
_CASE = {
    "case": ("state", "pk", "reference", "urgency"),
    "placement": ("state", "referral_id", "referral__reference", "referral__urgency"),
    "support": ("state", "placement__referral_id", "placement__referral__reference", "placement__referral__urgency"),
    "errand": ("kind", "referral_id", "referral__reference", "referral__urgency"),
}


def _read(kind: str, rows: QuerySet[Any], now: datetime) -> list[Turn]:
    told = rows.filter(due_at__isnull=False).values_list("pk", "owner", "owner_person_id", "due_at", *_CASE[kind])
    return [
        Turn(kind, pk, state, case, reference, owner, person, due, due < now, urgency == "urgent")
        for pk, owner, person, due, state, case, reference, urgency in told
    ]
