"""A placement: an offer of one resident to one receiver."""

from __future__ import annotations

from django.db import models

from mukana.directory.models import Entry
from mukana.lib.ids import new_id
from mukana.lib.sealed import SealedText
from mukana.referrals.models.referral import Referral
from mukana.referrals.models.watched import Watched, clock_index, watched
from mukana.referrals.rules.placements import PLACEMENT, WATCHES


class Placement(Watched):
    """`offer_digest` is of the link that previews and answers, `view_digest` of the one that shows the name after a yes."""

    MACHINE, WATCHES = PLACEMENT, WATCHES

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="placements")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.SET_NULL, related_name="placements")
    entry_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=40, blank=True)
    counter_proposal = SealedText(blank=True)
    offer_digest = models.CharField(max_length=64, null=True, unique=True)
    view_digest = models.CharField(max_length=64, null=True, unique=True)
    requested_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    missed = models.PositiveSmallIntegerField(default=0)  # first sessions missed
    deletion_asked_at = models.DateTimeField(null=True)
    deletion_confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *watched("placement", PLACEMENT),
            models.UniqueConstraint(
                fields=["referral", "entry"], condition=models.Q(state__in=sorted(PLACEMENT.open)), name="placement_open_once"
            ),
        ]
        indexes = [*clock_index("placement"), models.Index(fields=["referral", "state"], name="placement_referral_state")]

    def __str__(self) -> str:
        return f"{self.entry_name} {self.state}"

    @property
    def subject(self) -> str:
        """What attendance knows the resident by."""
        return f"referrals.Placement:{self.pk}"
