"""What may be told of at all: sent cases of people who are still here and still allow it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from mukana.lib.clock import now
from mukana.referrals.models import Permission, Referral
from mukana.referrals.rules.cases import CANCELLED, CLOSED, LIVE

STATES = sorted(LIVE | {CLOSED, CANCELLED})  # not drafts, not what was withdrawn or never ought to have been


def tellable(areas: Collection[str] | None) -> QuerySet[Referral]:
    """The cases of the areas (None: of every one) that FHIR may tell of.

    Nothing of anybody who has withdrawn or been made anonymous, nothing unsent, nothing without a standing permission.
    """
    allowed = Permission.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=now()), referral=OuterRef("pk"), kind="referral", withdrawn_at=None
    )
    rows = Referral.objects.filter(
        Exists(allowed), sent_at__isnull=False, anonymised_at=None, resident__anonymised_at=None, state__in=STATES
    )
    return rows if areas is None else rows.filter(area__in=areas)
