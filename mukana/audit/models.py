"""Who did what to which record; how the jobs went; what is kept and what may not be removed.

Without foreign keys, so that nothing removes a trace.
"""

from __future__ import annotations

from django.db import models


class Trace(models.Model):
    """One deed: `verb` of the actor on `thing` (a type and an id), when, through which door."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=64)  # a person's id, "system" or "visitor"
    verb = models.CharField(max_length=60)
    thing = models.CharField(max_length=100)  # "directory.Feedback:0192…"
    on_behalf_of = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["thing", "at"], name="trace_thing"),
            models.Index(fields=["actor", "at"], name="trace_actor"),
            models.Index(fields=["at"], name="trace_at"),
        ]
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.actor} {self.verb} {self.thing}"


class JobState(models.Model):
    """How a job of the worker went last; `node` names the machine when each does it for itself."""

    name = models.CharField(max_length=100)
    node = models.CharField(max_length=100, blank=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True)  # what it did when it last did something
    worked_at = models.DateTimeField(null=True)  # when that was
    problem = models.CharField(max_length=500, blank=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    next_at = models.DateTimeField(null=True)  # after a failure

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "node"], name="job_state_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.begun_at:%d.%m.%Y %H.%M}"


class RetentionConfirmation(models.Model):
    """Somebody has seen what a version of a rule would remove, and lets the nightly work remove it."""

    code = models.CharField(max_length=60)
    version = models.CharField(max_length=12)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    due_then = models.PositiveIntegerField()
    ran_at = models.DateTimeField(null=True)
    removed_last = models.PositiveIntegerField(default=0)
    removed_ever = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="retention_confirmed_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class LegalHold(models.Model):
    """A record that no rule may touch, for a reason, until somebody releases it."""

    thing = models.CharField(max_length=100)  # "directory.Feedback:0192…"
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=64)
    since = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(fields=["thing"], condition=models.Q(released_at__isnull=True), name="held_once"),
        ]

    def __str__(self) -> str:
        return self.thing
