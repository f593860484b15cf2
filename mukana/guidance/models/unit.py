"""A unit whose people guide clients by a link, without logging in."""

from __future__ import annotations

from django.db import models

from mukana.organisations.models import Municipality


class Unit(models.Model):
    """A health centre, a social office, an employment office … `key` stands in its link."""

    id = models.BigAutoField(primary_key=True)
    key = models.SlugField(max_length=24, unique=True)
    name = models.CharField(max_length=120, unique=True)
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.SET_NULL)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
