"""The same person referred again: found by the whole name and the number together."""

from __future__ import annotations

from mukana.lib.blind import name_key, phone_key, tags_of
from mukana.referrals.models import Referral, Resident
from mukana.referrals.rules.cases import SHUT


def same_people(name: str, phone: str) -> list[Resident]:
    """Residents of standing cases with this name and this number; nobody when one of them is missing."""
    whole, number = name_key(name), phone_key(phone)
    if not (whole and number):
        return []
    standing = Referral.objects.exclude(state__in=SHUT)
    near = Resident.objects.filter(
        name_tag__in=tags_of(Resident, "name_tag", name), phone_tag__in=tags_of(Resident, "phone_tag", phone),
        anonymised_at=None, referrals__in=standing,
    ).distinct()  # fmt: skip
    return [one for one in near if (name_key(one.name), phone_key(one.phone)) == (whole, number)]  # a digest is not sure
