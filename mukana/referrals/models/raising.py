"""A referral was suggested and the resident said no: counted, nobody named."""

from __future__ import annotations

from django.db import models

from mukana.organisations.models import Municipality


class Raising(models.Model):
    """One no of somebody, by area and unit."""

    area = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=120, blank=True)
    on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["area", "on"], name="raising_area")]

    def __str__(self) -> str:
        return f"{self.on}"
