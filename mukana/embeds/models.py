"""A list that another site shows."""

from __future__ import annotations

from django.db import models

from mukana.embeds import rules
from mukana.lib.ids import new_id
from mukana.organisations.models import Organisation
from mukana.themes.models import Theme


class Embed(models.Model):
    """Of a search, or of an organiser's entries; `organisation` is also who may change it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.CharField(max_length=12, unique=True)  # in the address; made of chance
    title = models.CharField(max_length=80)
    sort = models.CharField(max_length=10, default=rules.SEARCH)
    search = models.JSONField(default=dict)  # search.kept
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="embeds")
    language = models.CharField(max_length=3, default="fi")
    rows = models.PositiveSmallIntegerField(default=5)
    sites = models.JSONField(default=list)  # origins that may show it
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="embeds")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(sort__in=rules.SORTS), name="embed_sort_known"),
            models.CheckConstraint(
                condition=~models.Q(sort=rules.ORGANISER) | models.Q(organisation__isnull=False), name="embed_has_its_organiser"
            ),
        ]

    def __str__(self) -> str:
        return self.title
