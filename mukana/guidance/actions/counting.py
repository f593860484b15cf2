"""Adding to the anonymous numbers."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F

from mukana.guidance.models import Count, Unit
from mukana.guidance.rules.strengths import GIVEN, GUIDED
from mukana.lib.clock import today


def count_guided(unit: Unit | None) -> None:
    """Suggestions were shown once: by a unit's professional, or to a resident alone."""
    _add(GUIDED, "unit" if unit else "resident", unit)


@transaction.atomic
def count_given(channel: str, entries: Iterable[UUID], unit: Unit | None) -> None:
    """A list was given along once; and each of its entries."""
    _add(GIVEN, channel, unit)
    for entry in entries:
        _add(GIVEN, channel, unit, entry)


def _add(strength: str, channel: str, unit: Unit | None, entry: UUID | None = None) -> None:
    row, _ = Count.objects.get_or_create(day=today(), unit=unit, strength=strength, channel=channel, entry=entry)
    Count.objects.filter(pk=row.pk).update(number=F("number") + 1)
