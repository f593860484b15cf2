"""What a resident is shown of who looked at their data, who got what, and when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mukana.audit.models import Trace
from mukana.audit.rules import READ
from mukana.lib.clock import today
from mukana.referrals.models import BreakGlass, Permission, Resident

GLASS_REVIEW = "glass_review"  # why the officer looks


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked: when, who (as traces know them), which fields, why."""

    at: datetime
    who: str
    fields: tuple[str, ...]
    purpose: str


def looks(resident: Resident) -> list[Look]:
    """Every look, the newest first; an emergency's, and its review's, only when the officer has not put off telling it."""
    hidden = {str(one.pk) for one in BreakGlass.objects.filter(resident=resident, hidden_until__gt=today())}
    rows = Trace.objects.filter(thing=f"referrals.Resident:{resident.pk}", verb__in=(READ, "glass.broken")).order_by("-at", "-id")
    return [
        Look(row.at, row.actor, tuple(row.detail.get("fields", ())), str(row.detail.get("purpose", row.verb)))
        for row in rows
        if not untold(row.detail, hidden)
    ]


def untold(detail: Mapping[str, Any], hidden: Collection[str]) -> bool:
    """Would the trace give away one of the resident's hidden emergencies: its opening, its looks, the officer's review?

    A review's look that does not say of which glass it is waits as long as any of them is hidden.
    """
    return detail.get("glass") in hidden or (bool(hidden) and detail.get("purpose") == GLASS_REVIEW and "glass" not in detail)


def permissions(resident: Resident) -> list[Permission]:
    """What has been allowed and taken back, the oldest first."""
    return list(Permission.objects.filter(referral__resident=resident).select_related("entry").order_by("given_at", "pk"))
