"""A single-use link to an organiser; only a hash of it is kept."""

from __future__ import annotations

from django.db import models

from mukana.directory.models import Entry
from mukana.organisations.models import Organisation
from mukana.upkeep.rules.codes import CHANNELS, PURPOSES


class Link(models.Model):
    """`purpose` confirm asks whether the entries still hold, edit lets their keeper change them."""

    digest = models.CharField(max_length=64, primary_key=True)
    purpose = models.CharField(max_length=8)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="upkeep_links")
    entries: models.ManyToManyField[Entry, models.Model] = models.ManyToManyField(Entry, related_name="upkeep_links")
    channel = models.CharField(max_length=8)
    to = models.CharField(max_length=254, blank=True)
    name = models.CharField(max_length=120, blank=True)  # the contact's, who is written down as the confirmer
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)
    valid_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    follows = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="followed_by")  # what it reminds of

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(purpose__in=PURPOSES), name="upkeep_link_purpose_known"),
            models.CheckConstraint(condition=models.Q(channel__in=CHANNELS), name="upkeep_link_channel_known"),
        ]
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.purpose} {self.made_at:%d.%m.%Y}"
