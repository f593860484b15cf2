"""Who answers for a municipality's referrals, and who stands in when somebody is away."""

from __future__ import annotations

from django.db import models

from mukana.accounts.models import Person
from mukana.organisations.models import Municipality


class Area(models.Model):
    """One municipality: its coordinator of referrals, the deputy, the lead, and who coordinates support persons."""

    municipality = models.OneToOneField(Municipality, primary_key=True, on_delete=models.PROTECT, related_name="+")
    coordinator = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    deputy = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    lead = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    companions = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    phone = models.CharField(max_length=60, blank=True)  # stands on every receipt and letter

    def __str__(self) -> str:
        return str(self.municipality)


class Absence(models.Model):
    """Somebody is away from `first` to `last`; meanwhile `cover` has their turns."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    first = models.DateField()
    last = models.DateField()
    cover = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="absence_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.person} {self.first}–{self.last}"
