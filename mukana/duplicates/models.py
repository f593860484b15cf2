"""Pairs of entries that may be one thing, and what was decided of them."""

from __future__ import annotations

from django.db import models

from mukana.directory.models import Entry, one_of

STATES = ("suggested", "merged", "apart", "passed")


class Pair(models.Model):
    """Two entries side by side; `first` has the smaller id, so that a pair stands once.

    suggested: waits for a person; merged: one stands for both; apart: told to be two things, never
    suggested again; passed: not alike any more, or one of them is gone.
    """

    first = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="pairs_as_first")
    second = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="pairs_as_second")
    score = models.FloatField()
    agree = models.JSONField(default=list)
    differ = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="suggested")
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="duplicate_pair_ordered"),
            one_of("state", STATES, "duplicate_pair_state_known"),
        ]
        indexes = [models.Index(fields=["state", "-score"], name="duplicate_pair_state")]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}: {self.state}"
