"""Letters that wait for printing and posting."""

from __future__ import annotations

from django.db.models import QuerySet

from mukana.accounts.models import Person
from mukana.referrals.models import Letter
from mukana.referrals.queries.scope import cases_of
from mukana.referrals.queries.seeing import reach_of
from mukana.referrals.rules.cases import CASE
from mukana.referrals.rules.reaching import LETTER, usable


def waiting(person: Person) -> list[Letter]:
    """The letters of the person's cases that have not been posted, the oldest first.

    Asked anew at every look: whoever is protected or forbids letters now gets none, whatever was written before.
    """
    return [letter for letter in _of(person).filter(posted_at=None, referral__state__in=CASE.open) if may_go(letter)]


def posted(person: Person, most: int = 20) -> list[Letter]:
    """The letters posted last."""
    return list(_of(person).exclude(posted_at=None).order_by("-posted_at")[:most])


def may_go(letter: Letter) -> bool:
    """Are there words, an address, and nobody who forbids it?"""
    return bool(letter.text) and LETTER in usable(reach_of(letter.referral.resident))


def _of(person: Person) -> QuerySet[Letter]:
    mine = cases_of(person).order_by().values("pk")
    return Letter.objects.filter(referral__in=mine).select_related("referral__resident", "referral__area", "referral__link_worker")
