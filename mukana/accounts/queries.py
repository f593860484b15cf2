"""Asking what somebody may do."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from mukana.accounts.models import Person
from mukana.accounts.rules import ROLES, granted
from mukana.organisations.models import Organisation


def can(person: Person | AnonymousUser, permission: str, organisation: Organisation | None = None) -> bool:
    """May the person do this (to a thing of that organisation, when one is named)?"""
    if permission == "public":
        return True
    if not isinstance(person, Person) or not person.active:
        return False
    if permission == "signed_in":
        return True
    roles = {
        membership.role
        for membership in person.memberships.all()
        if organisation is None or membership.organisation_id in (None, organisation.pk)
    }
    return permission in granted(roles)


def roles_of(person: Person | AnonymousUser) -> list[str]:
    """The Finnish names of the person's roles."""
    if not isinstance(person, Person):
        return []
    return sorted({ROLES[membership.role][0] for membership in person.memberships.all()})
