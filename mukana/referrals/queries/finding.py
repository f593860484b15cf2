"""Finding one resident by exactly what somebody knows: the names are sealed, so each is opened and compared here."""

from __future__ import annotations

from mukana.lib.phones import normal
from mukana.referrals.models import Referral, Resident
from mukana.referrals.rules.cases import SHUT
from mukana.referrals.rules.writing import clean_reference

ENOUGH = 2  # that there are several is all that is said


def matching(words: str, area: str = "") -> list[Resident]:
    """Residents of standing cases with this reference, this number or this whole name, at most two; `area` is a municipality's code."""
    live = Referral.objects.exclude(state__in=(*SHUT, "draft"))
    people = Resident.objects.filter(anonymised_at=None, referrals__in=live).distinct()
    if reference := clean_reference(words):
        exact = list(people.filter(referrals__reference=reference)[:ENOUGH])
        if exact:
            return exact
    if area:
        people = people.filter(municipality=area)
    number, name = normal(words), _plain(words)
    found: list[Resident] = []
    for one in people.only("pk", "name", "phone").iterator(chunk_size=500):
        same = (number.startswith("+") and normal(one.phone) == number) or (" " in name and _plain(one.name) == name)
        if same:
            found.append(one)
        if len(found) == ENOUGH:
            break
    return found


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
