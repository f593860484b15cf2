"""How often people were guided, by strength; small numbers of a unit are not shown by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from mukana.guidance.models import Count
from mukana.guidance.rules.strengths import GIVEN, GUIDED

DAYS = 365


@dataclass(frozen=True, slots=True)
class Numbers:
    """Of one unit, or of residents by themselves (name "")."""

    name: str
    guided: int
    given: int


def numbers(today: date, days: int = DAYS) -> list[Numbers]:
    """The last days, the busiest first."""
    found: dict[str, dict[str, int]] = {}
    rows = Count.objects.filter(entry=None, day__gt=today - timedelta(days=days)).values_list("unit__name", "strength")
    for name, strength, total in rows.annotate(total=Sum("number")):
        found.setdefault(name or "", {})[strength] = total
    made = [Numbers(name, held.get(GUIDED, 0), held.get(GIVEN, 0)) for name, held in found.items()]
    return sorted(made, key=lambda one: (-one.guided - one.given, one.name))
