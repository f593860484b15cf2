"""The register of those who come along: support persons, and accompaniment models of organisations."""

from __future__ import annotations

from django.db import models

from mukana.accounts.models import Person
from mukana.lib.blind import BlindIndex, phone_key
from mukana.lib.ids import new_id
from mukana.lib.sealed import SealedText
from mukana.organisations.models import Municipality, Organisation
from mukana.referrals.models.watched import gone_with, known

KINDS = ("person", "friend_visitors", "sport_companions", "culture_companions", "village_ride", "home_care_escorts")


class Companion(models.Model):
    """A volunteer (`kind` person), or a model such as a village ride, with its conditions, price and waiting time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, default="person")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")
    account = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=120, blank=True)  # a model's name, public
    name = SealedText(blank=True)
    phone = SealedText(blank=True)
    phone_tag = BlindIndex(of="phone", fold=phone_key)
    areas: models.ManyToManyField[Municipality, models.Model] = models.ManyToManyField(Municipality, related_name="+")
    home = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")  # where they set out from
    languages = models.JSONField(default=list)
    gender = models.CharField(max_length=10, blank=True)
    skills = models.JSONField(default=list)
    interests = models.JSONField(default=list)
    vetted_on = models.DateField(null=True)
    pledged_on = models.DateField(null=True)
    conflicts = models.JSONField(default=list)  # ids of residents
    most = models.PositiveSmallIntegerField(default=2)
    active = models.BooleanField(default=True)
    conditions = models.CharField(max_length=500, blank=True)
    price_cents = models.PositiveIntegerField(default=0)
    wait_days = models.PositiveSmallIntegerField(default=0)
    starts_achieved = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [known("kind", KINDS, "companion_kind_known"), gone_with("phone", "companion")]
        indexes = [models.Index(fields=["phone_tag"], name="companion_phone_tag")]

    def __str__(self) -> str:
        return self.title or str(self.pk)

    @property
    def is_model(self) -> bool:
        """Does an organisation answer for its people?"""
        return self.kind != "person"


class CompanionSlot(models.Model):
    """When somebody can come along: a weekday, from hour to hour."""

    companion = models.ForeignKey(Companion, on_delete=models.CASCADE, related_name="slots")
    day = models.CharField(max_length=3)
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start"), end__lte=24), name="companion_slot_forward"),
            known("day", ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "companion_slot_day_known"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.start}–{self.end}"
