"""Areas where open referrals have nobody: everybody who was named has left or is away without a cover."""

from __future__ import annotations

from mukana.lib.clock import today
from mukana.referrals.models import Area, Referral
from mukana.referrals.queries.staffing import staffed
from mukana.referrals.queries.turns import turns_on
from mukana.referrals.rules.codes import COORDINATOR


def is_answered(area: Area) -> bool:
    """Is there anybody whose turn the area's coordinator's queue means today?"""
    return turns_on(today()).person(COORDINATOR, Referral(area_id=area.pk)) is not None


def unanswered() -> list[tuple[Area, int]]:
    """Each with how many cases are open there."""
    return [(area, count) for area, count in staffed() if count and not is_answered(area)]
