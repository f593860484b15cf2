"""One changed fact: before, after, who, when and through which door; never changed afterwards."""

from __future__ import annotations

from django.db import models

from mukana.directory.models import Entry
from mukana.upkeep.rules.codes import DOORS


class Edit(models.Model):
    """`key` is a fact's key (directory.own), "confirmed.contact" …, "organisation_id" or "do_not_list"."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="edits")
    key = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)  # a person's id, "link:…", "system" or "visitor"
    actor_name = models.CharField(max_length=120, blank=True)
    door = models.CharField(max_length=10)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["entry", "-at"], name="upkeep_edit_entry")]
        constraints = [models.CheckConstraint(condition=models.Q(door__in=DOORS), name="upkeep_edit_door_known")]

    def __str__(self) -> str:
        return f"{self.key} {self.at:%d.%m.%Y}"
