"""How often people were guided: numbers by day, unit, strength and channel, and nobody's words."""

from __future__ import annotations

from django.db import models

from mukana.guidance.models.unit import Unit
from mukana.guidance.rules.strengths import CHANNELS, STRENGTHS


class Count(models.Model):
    """So many times on a day.  `unit` is None for residents' own; `entry` is None in the sum of all entries."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    strength = models.CharField(max_length=10)
    channel = models.CharField(max_length=10)
    entry = models.UUIDField(null=True, blank=True)  # no key: numbers outlive entries
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "unit", "strength", "channel", "entry"], nulls_distinct=False, name="count_once"),
            models.CheckConstraint(condition=models.Q(strength__in=STRENGTHS), name="count_strength_known"),
            models.CheckConstraint(condition=models.Q(channel__in=CHANNELS), name="count_channel_known"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.strength} {self.number}"
