"""Asking what somebody may do."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser

from mukana.accounts.models import Person
from mukana.accounts.rules import ROLES, Hold, allowed
from mukana.organisations.models import Organisation

DEEPEST = 8  # organisations stand in each other at most this deep; more would be a ring


def can(person: Person | AnonymousUser, permission: str, thing: Any = None) -> bool:
    """May the person do this, to that thing when one is named?

    `thing` is an organisation, or anything that has an `organisation` or an `entry` (an entry, an
    occurrence, a membership …).  Roles of one organisation reach its own things and those of its
    units; a thing that no organisation owns is reached by the roles of the whole region only.
    """
    if permission == "public":
        return True
    if not isinstance(person, Person) or not person.active:
        return False
    if permission == "signed_in":
        return True
    return allowed(permission, holds_of(person), owners_of(thing))


def holds_of(person: Person) -> list[Hold]:
    """The person's roles, and where."""
    return [Hold(row.role, str(row.organisation_id) if row.organisation_id else None) for row in person.memberships.all()]


def owners_of(thing: Any) -> frozenset[str] | None:
    """Ids of the organisation that owns the thing and of those it is a unit of; None when no thing is named."""
    if thing is None:
        return None
    if not isinstance(thing, Organisation):
        thing = thing.entry if hasattr(thing, "entry") else thing
        thing = getattr(thing, "organisation", None)
    found: set[str] = set()
    while thing is not None and len(found) < DEEPEST and str(thing.pk) not in found:
        found.add(str(thing.pk))
        thing = thing.parent
    return frozenset(found)


def roles_of(person: Person | AnonymousUser) -> list[str]:
    """The Finnish names of the person's roles."""
    if not isinstance(person, Person):
        return []
    return sorted({ROLES[membership.role][0] for membership in person.memberships.all()})
