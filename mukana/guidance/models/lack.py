"""What was asked for and not found: numbers by week, municipality, topic and reason, and nobody's words."""

from __future__ import annotations

from django.db import models

from mukana.guidance.rules.lacking import REASONS


class Lack(models.Model):
    """So many times in the week of that Monday.  `subject` is a code of a topic or a need; "" is not understood, or not told."""

    id = models.BigAutoField(primary_key=True)
    week = models.DateField()
    municipality = models.CharField(max_length=3, blank=True)  # a code; no key: numbers outlive what they are of
    subject = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=14)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["week", "municipality", "subject", "reason"], name="lack_once"),
            models.CheckConstraint(condition=models.Q(reason__in=REASONS), name="lack_reason_known"),
        ]

    def __str__(self) -> str:
        return f"{self.week} {self.subject} {self.reason} {self.number}"
