"""A letter to a resident, to be printed in large type and posted."""

from __future__ import annotations

from django.db import models

from mukana.lib.ids import new_id
from mukana.lib.sealed import SealedText
from mukana.referrals.models.referral import Referral


class Letter(models.Model):
    """Its words are sealed and go with the case; the errand `post_letter` says who posts it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=40)
    text = SealedText(blank=True)
    made_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.kind
