"""What the referrer was told: that it was taken on, that the first visit took place, how it ended."""

from __future__ import annotations

from django.db import models

from mukana.referrals.models.referral import Referral

CORRECTED = "corrected"
VISITS = ("first_visit", CORRECTED)  # the second one says that the first was a mistake; they may alternate
KINDS = ("acknowledged", *VISITS, "closed", "not_reached", "withdrawn")


class Feedback(models.Model):
    """Status and reason only, each kind once for a case but for ends and first visits.

    `told` is how it went out, "" when nobody could be told.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="feedback")
    kind = models.CharField(max_length=12)
    outcome = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField()
    told = models.CharField(max_length=8, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="referral_feedback_kind_known"),
            models.UniqueConstraint(
                fields=["referral", "kind"], condition=~models.Q(kind__in=("closed", *VISITS)), name="referral_feedback_once"
            ),
        ]

    def __str__(self) -> str:
        return self.kind
