"""What each import did, so that staff can look back."""

from __future__ import annotations

import uuid

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
    noticed = models.JSONField(default=list)  # [{row, id, reason}]: taken in without something they told
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"{self.source_id} {self.started_at:%d.%m.%Y %H.%M}"


class Upload(models.Model):
    """A table a coordinator sent: waits for its columns to be told, then for the worker."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=200)
    by = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="columns")  # columns waiting running done
    rows_read = models.IntegerField(default=0)
    run = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=("columns", "waiting", "running", "done")), name="upload_state_known")
        ]

    def __str__(self) -> str:
        return self.name


class Undoing(models.Model):
    """Somebody asked to undo a run, or (without one) to remove a whole source; the worker does it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="undoings")
    run = models.OneToOneField(ImportRun, null=True, on_delete=models.CASCADE, related_name="undoing")
    by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)  # as undoing.Outcome

    class Meta:
        ordering = ["asked_at", "id"]

    def __str__(self) -> str:
        return f"{self.source_id} {self.run_id or 'all'}"


class UploadPiece(models.Model):
    """A part of a sent table; in the database, so that the worker of any node can bring it in."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="upload_piece_once")]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.number}"
