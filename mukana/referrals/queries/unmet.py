"""Unmet need: what receivers said no to, and offers that nobody answered, by area."""

from __future__ import annotations

from collections import Counter
from datetime import date

from mukana.referrals.models import Transition


def unmet(first: date, last: date) -> dict[tuple[str, str], int]:
    """(municipality, reason) → how often, for placements declined or silently recalled from `first` to `last`."""
    rows = Transition.objects.filter(thing="placement", target="declined") | Transition.objects.filter(
        thing="placement", target="recalled", reason="silent"
    )
    found = rows.filter(at__date__gte=first, at__date__lte=last).values_list("referral__area_id", "reason")
    return dict(Counter((area, reason) for area, reason in found))
