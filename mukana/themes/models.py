"""What an organisation decided of its look."""

from __future__ import annotations

from django.db import models

from mukana.lib.ids import new_id
from mukana.organisations.models import Organisation
from mukana.themes.rules import Given


class Theme(models.Model):
    """Colours are as they were given; what is shown is derived of them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="themes")
    brand = models.CharField(max_length=7, default="#43306b")
    accent = models.CharField(max_length=7, default="#f2a93b")
    tint = models.CharField(max_length=7, default="#e8e5f1")
    font = models.CharField(max_length=10, default="ysabeau")
    corner = models.PositiveSmallIntegerField(default=14)
    hosts = models.JSONField(default=list)
    everywhere = models.BooleanField(default=False)  # the site's own look
    logo = models.BinaryField(default=b"")  # PNG
    logo_width = models.PositiveSmallIntegerField(default=0)  # on a page, where it is 28 px high
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["everywhere"], condition=models.Q(everywhere=True), name="theme_one_everywhere"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def given(self) -> Given:
        """Its colours, font and corners."""
        return Given(self.brand, self.accent, self.tint, self.font, self.corner)
