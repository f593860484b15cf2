"""Who may review what was opened in an emergency, and who is told when nobody may."""

from __future__ import annotations

from uuid import UUID

from mukana.accounts.models import Membership, Person
from mukana.accounts.rules import ROLES
from mukana.referrals.models import BreakGlass
from mukana.referrals.queries.turns import Turns


def reviewers_of(opener: UUID | None) -> list[Person]:
    """Everybody who may review it: not whoever opened it."""
    return [one for one in _who_may("referrals.review") if one.pk != opener]


def can_be_reviewed() -> bool:
    """Is there anybody who reviews?"""
    return bool(_who_may("referrals.review"))


def main_users() -> list[Person]:
    """Those who can name somebody that reviews."""
    return _who_may("people.manage")


def next_reviewer(glass: BreakGlass, turns: Turns) -> UUID | None:
    """Another reviewer than the one who has not got to it, one who is here before one who is away; the same when there is no other."""
    found = [one.pk for one in reviewers_of(glass.by_id)]
    order = sorted(found, key=lambda pk: (pk == glass.owner_person_id, turns.present(pk) != pk))
    return order[0] if order else None


def _who_may(permission: str) -> list[Person]:
    roles = [role for role, (_, given) in ROLES.items() if permission in given]
    members = Membership.objects.filter(role__in=roles, organisation=None)
    return list(Person.objects.filter(active=True, memberships__in=members).distinct().order_by("pk"))
