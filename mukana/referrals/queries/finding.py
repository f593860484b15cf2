"""Finding one resident by exactly what somebody knows: names are sealed, and found by keyed digests of whole names and numbers."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from mukana.lib.blind import name_key, phone_key, tags_of
from mukana.referrals.models import Referral, Resident
from mukana.referrals.rules.cases import SHUT
from mukana.referrals.rules.writing import clean_reference

ENOUGH = 2  # that there are several is all that is said


def matching(words: str, area: str = "") -> list[Resident]:
    """Residents of standing cases with this reference, this number or this whole name, at most two; `area` is a municipality's code."""
    live = Referral.objects.filter(resident=OuterRef("pk")).exclude(state__in=(*SHUT, "draft"))
    people = Resident.objects.filter(Exists(live), anonymised_at=None)
    if reference := clean_reference(words):
        exact = list(people.filter(referrals__reference=reference).distinct()[:ENOUGH])
        if exact:
            return exact
    if area:
        people = people.filter(municipality=area)
    by_number, by_name = tags_of(Resident, "phone_tag", words), tags_of(Resident, "name_tag", words)
    if not (by_number or by_name):
        return []
    near = people.filter(Q(phone_tag__in=by_number) | Q(name_tag__in=by_name)).only("pk", "name", "phone")
    return [one for one in near if _is_meant(one, words)][:ENOUGH]


def _is_meant(one: Resident, words: str) -> bool:
    """A digest finds few, and is not sure: the text itself is compared."""
    number, name = phone_key(words), name_key(words)
    return bool(number and phone_key(one.phone) == number) or bool(name and name_key(one.name) == name)
