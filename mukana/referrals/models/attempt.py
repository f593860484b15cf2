"""One attempt to reach a resident."""

from __future__ import annotations

from django.db import models

from mukana.lib.sealed import SealedText
from mukana.referrals.models.referral import Referral
from mukana.referrals.models.watched import known
from mukana.referrals.rules.codes import ATTEMPT_RESULTS, CHANNELS


class ContactAttempt(models.Model):
    """When, through what, with what result, by whom."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    channel = models.CharField(max_length=8)
    result = models.CharField(max_length=20)
    by = models.CharField(max_length=64)
    note = SealedText(blank=True)
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            known("channel", CHANNELS, "attempt_channel_known"),
            known("result", ATTEMPT_RESULTS, "attempt_result_known"),
        ]

    def __str__(self) -> str:
        return f"{self.result} {self.at:%d.%m.%Y}"
