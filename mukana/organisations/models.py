"""Who exists: municipalities, and the organisations that arrange things."""

from __future__ import annotations

import uuid

from django.db import models


class Municipality(models.Model):
    """A Finnish municipality; `code` is three digits with its zeros ("005")."""

    code = models.CharField(max_length=3, primary_key=True)
    name_fi = models.CharField(max_length=60)
    name_sv = models.CharField(max_length=60)
    region_code = models.CharField(max_length=2, blank=True)  # maakunta
    region_name = models.CharField(max_length=60, blank=True)
    wellbeing_county_code = models.CharField(max_length=2, blank=True)
    wellbeing_county_name = models.CharField(max_length=80, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    population = models.IntegerField(null=True)

    class Meta:
        ordering = ["name_fi"]

    def __str__(self) -> str:
        return self.name_fi


class Organisation(models.Model):
    """An association, parish, municipality's unit, firm …; `texts` is {language: {name, description}}."""

    KINDS = ("municipality", "wellbeing_county", "association", "parish", "company", "education", "state", "other")
    DECIDED = ("do_not_list",)  # by people; an import leaves it

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, default="other")
    texts = models.JSONField(default=dict)
    business_id = models.CharField(max_length=9, blank=True)
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT)
    municipality_text = models.CharField(max_length=100, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="units")
    contact_name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=254, blank=True)
    url = models.CharField(max_length=500, blank=True)
    do_not_list = models.BooleanField(default=False)  # it does not want to be seen: nor are its entries
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=("municipality", "wellbeing_county", "association", "parish", "company", "education", "state", "other")
                ),
                name="organisation_kind_known",
            )
        ]

    def __str__(self) -> str:
        return name_of(self.texts)


def name_of(texts: dict[str, dict[str, str]]) -> str:
    """The name in the first language that has one, Finnish first."""
    for language in ("fi", "sv", "en", *texts):
        if name := texts.get(language, {}).get("name"):
            return name
    return ""
