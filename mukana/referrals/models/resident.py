"""A resident who is guided: as little as the work needs, sealed; no identity code anywhere."""

from __future__ import annotations

from django.db import models

from mukana.lib.blind import BlindIndex, name_key, phone_key
from mukana.lib.ids import new_id
from mukana.lib.sealed import SealedJSON, SealedText
from mukana.organisations.models import Municipality
from mukana.referrals.models.watched import gone_with, known
from mukana.referrals.rules.codes import AGE_BANDS
from mukana.referrals.rules.reaching import WAYS


class Resident(models.Model):
    """`safe` lists what is forbidden ("no_voicemail"); `protected` is turvakielto: no address, no location, anywhere.

    The tags find a whole name or a number again; they are made of what they stand beside and go with it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = SealedText(blank=True)
    phone = SealedText(blank=True)  # as lib.phones.normal gives it
    name_tag = BlindIndex(of="name", fold=name_key)
    phone_tag = BlindIndex(of="phone", fold=phone_key)
    email = SealedText(blank=True)
    address = SealedJSON(blank=True, default=dict)  # {street, postal_code, city}
    age_band = models.CharField(max_length=8, default="unknown")
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=12, default="fi")
    gender_wish = models.CharField(max_length=10, blank=True)  # of a companion
    preferred = models.CharField(max_length=9, default="call")
    safe = models.JSONField(default=list)
    safe_asked = models.BooleanField(default=False)
    protected = models.BooleanField(default=False)
    practical = models.JSONField(default=list)
    interests = models.JSONField(default=list)
    excluded_companions = models.JSONField(default=list)
    digital = models.BooleanField(default=False)  # for comparing, never for deciding
    made_at = models.DateTimeField()
    anonymised_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            known("age_band", AGE_BANDS, "resident_age_band_known"),
            known("preferred", WAYS, "resident_preferred_known"),
            models.CheckConstraint(condition=models.Q(protected=False) | models.Q(address=""), name="resident_protected_has_no_address"),
            models.CheckConstraint(
                condition=models.Q(anonymised_at__isnull=True) | models.Q(name="", phone="", email="", address=""),
                name="resident_anonymous",
            ),
            gone_with("name", "resident"),
            gone_with("phone", "resident"),
        ]
        indexes = [
            models.Index(fields=["name_tag"], name="resident_name_tag"),
            models.Index(fields=["phone_tag"], name="resident_phone_tag"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
