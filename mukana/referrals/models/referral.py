"""A wellbeing referral: the case that goes on until a person closes it."""

from __future__ import annotations

from django.db import models

from mukana.accounts.models import Person
from mukana.lib.ids import new_id
from mukana.lib.sealed import SealedText
from mukana.organisations.models import Municipality
from mukana.referrals.models.resident import Resident
from mukana.referrals.models.watched import Watched, clock_index, known, watched
from mukana.referrals.rules.cases import CASE, WATCHES
from mukana.referrals.rules.codes import CHANNELS, OUTCOMES, URGENCIES


class Referral(Watched):
    """`reference` is read aloud on the phone; `chain`, `chain_hash` are the last link of its transitions."""

    MACHINE, WATCHES = CASE, WATCHES

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=10, unique=True)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="referrals")
    area = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    referrer = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    referrer_role = models.CharField(max_length=12)  # whose referral it is: referrer, resident, proxy
    referrer_unit = models.CharField(max_length=120, blank=True)
    referrer_email = SealedText(blank=True)
    channel = models.CharField(max_length=8)
    urgency = models.CharField(max_length=6, default="normal")
    needs = models.JSONField(default=list)
    wish = SealedText(blank=True)
    followed = models.JSONField(default=list)  # the practice agreements in force when it was made, with their versions
    wants_companion = models.BooleanField(default=False)
    own_path = SealedText(blank=True)
    state_before = models.CharField(max_length=24, blank=True)  # of a pause
    due_before = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=32, blank=True)
    link_worker = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    redirects = models.PositiveSmallIntegerField(default=0)
    follow_ups_done = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    anonymised_at = models.DateTimeField(null=True)
    chain = models.PositiveIntegerField(default=0)
    chain_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            *watched("referral", CASE),
            known("urgency", URGENCIES, "referral_urgency_known"),
            known("channel", CHANNELS, "referral_channel_known"),
            known("outcome", ("", *OUTCOMES), "referral_outcome_known"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, state__in=sorted(CASE.open))
                | models.Q(ended_at__isnull=False, state__in=sorted(CASE.final)),
                name="referral_ended_when_final",
            ),
            models.CheckConstraint(condition=~models.Q(state="closed") | ~models.Q(outcome=""), name="referral_closed_with_outcome"),
        ]
        indexes = [*clock_index("referral"), models.Index(fields=["area", "state"], name="referral_area_state")]

    def __str__(self) -> str:
        return self.reference

    @property
    def urgent(self) -> bool:
        """Do its clocks run at half length?"""
        return self.urgency == "urgent"
