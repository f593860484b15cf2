"""Words from visitors, for those who answer them."""

from __future__ import annotations

from django.db.models import F

from mukana.directory.models import Feedback


def waiting() -> list[Feedback]:
    """Unanswered ones, the most urgent first."""
    return list(Feedback.objects.filter(answered_at__isnull=True).select_related("entry").order_by("due_on", "sent_at"))


def unanswered() -> int:
    """How many wait, for the menu."""
    return Feedback.objects.filter(answered_at__isnull=True).count()


def answered(limit: int = 20) -> list[Feedback]:
    """The latest answers."""
    return list(
        Feedback.objects.filter(answered_at__isnull=False).select_related("entry", "answered_by").order_by(F("answered_at").desc())[:limit]
    )
