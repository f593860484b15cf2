"""Breaking the glass: contact data of one person for an hour, in imminent danger only."""

from __future__ import annotations

from django.db import models

from mukana.accounts.models import Person
from mukana.lib.ids import new_id
from mukana.lib.sealed import SealedText
from mukana.referrals.models.resident import Resident
from mukana.referrals.models.watched import clock_index, known, owned

DECISIONS = ("", "justified", "not_justified")


class BreakGlass(models.Model):
    """Closes itself at `closes_at`; open work until the data protection officer has reviewed it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="glass")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = SealedText()
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=64, blank=True)
    decision = models.CharField(max_length=13, blank=True)
    hidden_until = models.DateField(null=True)  # the officer defers telling the resident, with a reason
    hidden_reason = SealedText(blank=True)
    owner = models.CharField(max_length=12, blank=True)
    owner_person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    steps_done = models.PositiveSmallIntegerField(default=0)
    next_step_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            known("decision", DECISIONS, "glass_decision_known"),
            *owned("glass", models.Q(reviewed_at__isnull=True)),
        ]
        indexes = clock_index("glass")

    def __str__(self) -> str:
        return f"{self.opened_at:%d.%m.%Y %H.%M}"
