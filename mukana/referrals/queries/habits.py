"""What a referrer usually fills in: the municipality and the unit of the last referral, else of one's organisation."""

from __future__ import annotations

from mukana.accounts.models import Membership, Person
from mukana.referrals.models import Referral
from mukana.referrals.queries.served import served


def habits_of(person: Person) -> tuple[str, str]:
    """A municipality's code and a unit, "" for what is not known."""
    last = Referral.objects.filter(referrer=person).order_by("-made_at").values_list("area_id", "referrer_unit").first()
    home = Membership.objects.filter(person=person, organisation__isnull=False).select_related("organisation").order_by("pk").first()
    organisation = home.organisation if home else None
    towns = [town.pk for town in served()]
    area, unit = last or ((organisation.municipality_id or "", str(organisation)[:120]) if organisation else ("", ""))
    return (area if area in towns else towns[0] if len(towns) == 1 else "", unit)
