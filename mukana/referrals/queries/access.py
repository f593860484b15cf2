"""What a resident is shown of who looked at their data, who got what, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mukana.audit.models import Trace
from mukana.audit.rules import READ
from mukana.lib.clock import today
from mukana.referrals.models import BreakGlass, Permission, Resident


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked: when, who (as traces know them), which fields, why."""

    at: datetime
    who: str
    fields: tuple[str, ...]
    purpose: str


def looks(resident: Resident) -> list[Look]:
    """Every look, the newest first; an emergency's only when the officer has not put off telling it."""
    hidden = {str(one.pk) for one in BreakGlass.objects.filter(resident=resident, hidden_until__gt=today())}
    rows = Trace.objects.filter(thing=f"referrals.Resident:{resident.pk}", verb__in=(READ, "glass.broken")).order_by("-at")
    return [
        Look(row.at, row.actor, tuple(row.detail.get("fields", ())), str(row.detail.get("purpose", row.verb)))
        for row in rows
        if row.detail.get("glass") not in hidden
    ]


def permissions(resident: Resident) -> list[Permission]:
    """What has been allowed and taken back, the oldest first."""
    return list(Permission.objects.filter(referral__resident=resident).select_related("entry").order_by("given_at"))
