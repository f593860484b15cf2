"""Adding to the anonymous numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from mukana.guidance.models import Count, Lack, Unit
from mukana.guidance.once import first_time
from mukana.guidance.rules.lacking import NOTHING
from mukana.guidance.rules.strengths import GIVEN, GUIDED
from mukana.lib.clock import today


def count_asking(number: str, lack: str, subject: str, municipality: str, unit: Unit | None) -> None:
    """Suggestions were shown on the page of that number: somebody was guided, and perhaps there was nothing.

    Each is counted once for a page; of what was told only codes are counted, never the words.
    """
    if first_time(number, "guided"):
        count_guided(unit)
    understood = subject or lack != NOTHING  # words that mean nothing to us tell of no need
    if lack and understood and first_time(number, "lacking"):
        count_lacking(lack, subject, municipality, unit)


def count_guided(unit: Unit | None) -> None:
    """Suggestions were shown once: by a unit's professional, or to a resident alone."""
    _add(GUIDED, "unit" if unit else "resident", unit)


@transaction.atomic
def count_given(channel: str, entries: Iterable[UUID], unit: Unit | None) -> None:
    """A list was given along once; and each of its entries."""
    _add(GIVEN, channel, unit)
    for entry in entries:
        _add(GIVEN, channel, unit, entry)


@transaction.atomic
def count_lacking(reason: str, subject: str, municipality: str, unit: Unit | None) -> None:
    """Guidance found nothing once, for a kind of condition; where nobody told a municipality, it is that of the unit."""
    day = today()
    known = municipality or (unit.municipality_id if unit else None) or ""
    week = day - timedelta(days=day.weekday())
    row, _ = Lack.objects.get_or_create(week=week, municipality=known, subject=subject, reason=reason)
    Lack.objects.filter(pk=row.pk).update(number=F("number") + 1)


def _add(strength: str, channel: str, unit: Unit | None, entry: UUID | None = None) -> None:
    row, _ = Count.objects.get_or_create(day=today(), unit=unit, strength=strength, channel=channel, entry=entry)
    Count.objects.filter(pk=row.pk).update(number=F("number") + 1)
