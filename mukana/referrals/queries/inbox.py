"""Whose turn is what: everything open of a person or a queue, the most overdue first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, overload
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet

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
    found = [
        turn
        for kind, model in _MODELS
        for turn in _read(kind, model._default_manager.filter(owner_person=person, due_at__isnull=False), now)
    ]
    return _sorted([*found, *_glasses(BreakGlass.objects.filter(owner_person=person, due_at__isnull=False), now)])


class Waiting(Sequence[Turn]):
    """What waits for any of the people, by due time: counted by the database, and read only as far as a page needs."""

    def __init__(self, people: Collection[UUID], now: datetime) -> None:
        self._people, self._now = people, now

    @cached_property
    def _counts(self) -> tuple[int, int]:
        """(all, late)."""
        late = Count("pk", filter=Q(due_at__lt=self._now))
        found = [rows.aggregate(all=Count("pk"), late=late) for _kind, rows in self._rows()]
        return sum(one["all"] for one in found), sum(one["late"] for one in found)

    def __len__(self) -> int:
        return self._counts[0]

    @property
    def late(self) -> int:
        """How many are overdue."""
        return self._counts[1]

    @overload
    def __getitem__(self, part: int) -> Turn: ...

    @overload
    def __getitem__(self, part: slice) -> list[Turn]: ...

    def __getitem__(self, part: int | slice) -> Turn | list[Turn]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        found: list[Turn] = []
        for kind, rows in self._rows():
            nearest = rows.order_by("due_at", "pk")[: part.stop]
            found += _glasses(nearest, self._now) if kind == "glass" else _read(kind, nearest, self._now)
        return sorted(found, key=lambda turn: (turn.due_at, turn.key))[part]

    def _rows(self) -> list[tuple[str, QuerySet[Any]]]:
        mine = {"owner_person__in": self._people, "due_at__isnull": False}
        rows: list[tuple[str, QuerySet[Any]]] = [(kind, model._default_manager.filter(**mine)) for kind, model in _MODELS]
        return [*rows, ("glass", BreakGlass.objects.filter(**mine))]


def turns_in(areas: Collection[str], now: datetime) -> list[Turn]:
    """What is open in the areas, whoever's it is; opened glasses are the officer's alone."""
    rows = [(kind, model._default_manager.filter(**{_AREA[kind]: areas, "due_at__isnull": False})) for kind, model in _MODELS]
    return _sorted(turn for kind, found in rows for turn in _read(kind, found, now))


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


def _glasses(rows: QuerySet[Any], now: datetime) -> list[Turn]:
    told = rows.values_list("pk", "owner", "owner_person_id", "due_at")
    return [Turn("glass", pk, "open", None, "", owner, whose, due, due < now) for pk, owner, whose, due in told]


def _read(kind: str, rows: QuerySet[Any], now: datetime) -> list[Turn]:
    told = rows.values_list("pk", "owner", "owner_person_id", "due_at", *_CASE[kind])
    return [
        Turn(kind, pk, state, case, reference, owner, person, due, due < now, urgency == "urgent")
        for pk, owner, person, due, state, case, reference, urgency in told
    ]
