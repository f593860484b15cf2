"""The referrer has looked at the feedback."""

from __future__ import annotations

from collections.abc import Iterable

from mukana.lib.clock import now
from mukana.referrals.models import Feedback


def heard(rows: Iterable[Feedback]) -> int:
    """Mark as looked at what was not; gives how many."""
    return Feedback.objects.filter(pk__in=[row.pk for row in rows], read_at=None).update(read_at=now())
