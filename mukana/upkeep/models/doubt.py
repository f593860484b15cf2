"""Something spoke against an entry: a mail came back, referrals stayed without an answer."""

from __future__ import annotations

from django.db import models

from mukana.directory.models import Entry
from mukana.upkeep.rules.codes import CAUSES


class Doubt(models.Model):
    """Ends when every critical field has been confirmed."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="doubts")
    cause = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]
        constraints = [models.CheckConstraint(condition=models.Q(cause__in=CAUSES), name="upkeep_doubt_cause_known")]

    def __str__(self) -> str:
        return f"{self.cause} {self.at:%d.%m.%Y}"
