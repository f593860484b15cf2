"""A resident needs somebody along: the assignment, and the offers made of it one at a time."""

from __future__ import annotations

from django.db import models

from mukana.lib.ids import new_id
from mukana.referrals.models.companion import Companion
from mukana.referrals.models.placement import Placement
from mukana.referrals.models.watched import Watched, clock_index, known, watched
from mukana.referrals.rules.support import HAS_COMPANION, OFFER_STATES, SUPPORT, TAPER, WATCHES


class Support(Watched):
    """Of one placement.  `companion` is whoever is asked or comes along now; `backup` is asked next."""

    MACHINE, WATCHES = SUPPORT, WATCHES

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="supports")
    companion = models.ForeignKey(Companion, null=True, on_delete=models.PROTECT, related_name="supports")
    backup = models.ForeignKey(Companion, null=True, on_delete=models.SET_NULL, related_name="+")
    starts_at = models.DateTimeField(null=True)  # of the next session to come along to
    ends_at = models.DateTimeField(null=True)
    visits = models.PositiveSmallIntegerField(default=0)
    taper = models.CharField(max_length=5, default="along")
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            *watched("support", SUPPORT),
            known("taper", TAPER, "support_taper_known"),
            models.UniqueConstraint(fields=["placement"], condition=models.Q(state__in=sorted(SUPPORT.open)), name="support_open_once"),
            models.CheckConstraint(
                condition=~models.Q(state__in=sorted(HAS_COMPANION)) | models.Q(companion__isnull=False), name="support_has_companion"
            ),
        ]
        indexes = clock_index("support")

    def __str__(self) -> str:
        return self.state


class SupportOffer(models.Model):
    """One companion was asked: when, by which single-use link, what came of it."""

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="offers")
    companion = models.ForeignKey(Companion, on_delete=models.CASCADE, related_name="offers")
    digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=8, default="offered")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            known("state", OFFER_STATES, "support_offer_state_known"),
            models.UniqueConstraint(fields=["support"], condition=models.Q(state="offered"), name="support_one_offer_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.state
