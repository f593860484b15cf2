"""What is left of a withdrawn case: who was asked to delete, what goes when, what stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.module_loading import autodiscover_modules

from mukana.audit.models import RetentionConfirmation
from mukana.audit.rules import rule
from mukana.referrals.models import Placement, Referral

WITHDRAWN = "referrals.withdrawn"  # the rule that removes


@dataclass(frozen=True, slots=True)
class Aftermath:
    """`gone_by` is None while nobody has yet confirmed the rule that removes: nothing is promised that no rule does."""

    ended_at: datetime | None
    asked: list[Placement]
    gone_by: datetime | None


def aftermath(case: Referral) -> Aftermath:
    """What a resident who withdrew is told."""
    asked = list(case.placements.exclude(deletion_asked_at=None).order_by("entry_name"))
    autodiscover_modules("retention")
    keeping = rule(WITHDRAWN)
    confirmed = keeping is not None and RetentionConfirmation.objects.filter(code=keeping.code, version=keeping.version).exists()
    gone_by = case.ended_at + keeping.older_than if keeping and confirmed and case.ended_at else None
    return Aftermath(case.ended_at, asked, gone_by)
