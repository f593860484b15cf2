"""A first session of a placement: when, where, who meets."""

from __future__ import annotations

from django.db import models

from mukana.directory.models import Occurrence
from mukana.lib.ids import new_id
from mukana.referrals.models.placement import Placement
from mukana.referrals.models.watched import known
from mukana.referrals.rules.sessions import SESSION


class Session(models.Model):
    """A dated view of the directory's occurrence; while it is planned, its placement has the owner and the due time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="sessions")
    occurrence = models.ForeignKey(Occurrence, null=True, on_delete=models.SET_NULL, related_name="+")
    dated = models.BooleanField(default=False)  # the directory gave the date: without an occurrence it is gone there
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    host = models.CharField(max_length=120)  # who meets
    place = models.CharField(max_length=200, blank=True)
    bring = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, default="planned")
    reason = models.CharField(max_length=40, blank=True)
    marked_by = models.CharField(max_length=64, blank=True)
    marked_how = models.CharField(max_length=8, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            known("state", SESSION.states, "session_state_known"),
            models.UniqueConstraint(fields=["placement"], condition=models.Q(state="planned"), name="session_planned_once"),
        ]
        indexes = [models.Index(fields=["starts_at"], name="session_planned", condition=models.Q(state="planned"))]

    def __str__(self) -> str:
        return f"{self.starts_at:%d.%m.%Y %H.%M} {self.state}"
