"""One event of a case's history, chained by hashes: nothing can be taken away or changed unseen."""

from __future__ import annotations

from django.db import models

from mukana.referrals.models.referral import Referral


class Transition(models.Model):
    """A move of the case, a placement, a session or an assignment; or, with equal states, what the clock did.

    Holds codes only, no personal data, so that the chain outlives the person's data.  Rows are never changed.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="transitions")
    number = models.PositiveIntegerField()
    thing = models.CharField(max_length=10)  # case placement session support
    thing_id = models.UUIDField()
    source = models.CharField(max_length=24)
    target = models.CharField(max_length=24)
    role = models.CharField(max_length=12)  # whose decision
    by = models.CharField(max_length=64)  # who wrote it down
    channel = models.CharField(max_length=8)
    reason = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    key = models.CharField(max_length=64, null=True, unique=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["referral", "number"]
        constraints = [models.UniqueConstraint(fields=["referral", "number"], name="transition_number_once")]
        indexes = [
            models.Index(fields=["thing", "target", "at"], name="transition_counted"),
            models.Index(fields=["thing_id", "at"], name="transition_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.source} → {self.target}"
