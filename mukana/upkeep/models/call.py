"""A phone call to an organiser, and what came of it."""

from __future__ import annotations

from django.db import models

from mukana.directory.models import Entry
from mukana.upkeep.rules.codes import RESULTS


class Call(models.Model):
    """Staff rang about an entry."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="calls")
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=120)
    spoke_with = models.CharField(max_length=120, blank=True)
    result = models.CharField(max_length=12)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at"]
        constraints = [models.CheckConstraint(condition=models.Q(result__in=RESULTS), name="upkeep_call_result_known")]

    def __str__(self) -> str:
        return f"{self.result} {self.at:%d.%m.%Y}"
