"""A resident's request that organisers get in touch: one request, many organisers, a state for each."""

from __future__ import annotations

from django.db import models

from mukana.directory.models import Entry
from mukana.guidance.rules.contacts import STATES, WAITING
from mukana.lib.ids import new_id
from mukana.lib.sealed import SealedText


class ContactRequest(models.Model):
    """Who asks and how to reach them, sealed; removed when the asker says so or after two months."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64, unique=True)  # of the token in the asker's link
    name = SealedText()
    contact = SealedText()
    message = SealedText(blank=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.made_at:%d.%m.%Y}"


class Asked(models.Model):
    """One organiser of a request, asked about one entry."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(ContactRequest, on_delete=models.CASCADE, related_name="asked")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)  # of the token in the organiser's link
    state = models.CharField(max_length=10, default=WAITING)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "entry"], name="asked_once"),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="asked_state_known"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.state
