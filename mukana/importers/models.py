"""What each import did, so that staff can look back."""

from __future__ import annotations

from django.db import models

from mukana.directory.models import Source


class ImportRun(models.Model):
    """One run of one source."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="runs")
    address = models.CharField(max_length=500)
    by = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    read = models.IntegerField(default=0)
    created = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    rejected_count = models.IntegerField(default=0)
    rejected = models.JSONField(default=list)  # [{row, id, reason}], the first 10,000
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"{self.source_id} {self.started_at:%d.%m.%Y %H.%M}"
