"""Who did what to which record; without foreign keys, so that nothing removes a trace."""

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
        indexes = [models.Index(fields=["thing", "at"], name="trace_thing"), models.Index(fields=["actor", "at"], name="trace_actor")]
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.actor} {self.verb} {self.thing}"
