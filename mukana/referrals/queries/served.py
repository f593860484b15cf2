"""Where referrals are received: municipalities that have somebody whose turn a new referral is."""

from __future__ import annotations

from django.db.models import Q

from mukana.lib.composed import Composed, Hole
from mukana.organisations.models import Municipality
from mukana.referrals.models import Area

_SOMEBODY = Q(coordinator__active=True) | Q(deputy__active=True) | Q(lead__active=True)
_SERVED = Composed(lambda: Area.objects.filter(_SOMEBODY, pk=Hole("code")))


def served() -> list[Municipality]:
    """By name."""
    return list(Municipality.objects.filter(pk__in=Area.objects.filter(_SOMEBODY).values("pk")))


def is_served(code: str) -> bool:
    """Would somebody take a referral of the municipality?"""
    return _SERVED.exists(code=code)
