"""Accounts of the demo region: one for each role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from mukana.accounts.models import Membership, Person
from mukana.accounts.rules import ROLES
from mukana.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Who plays a role in the demo."""

    email: str
    name: str
    role: str


DEMO_ACCOUNTS = (
    DemoAccount("tiina@mukana.example", "Tiina Tossavainen", "coordinator"),
    DemoAccount("mari@mukana.example", "Mari Miettinen", "link_worker"),
    DemoAccount("outi@mukana.example", "Outi Väisänen", "referral_coordinator"),
    DemoAccount("henna@mukana.example", "Henna Laitinen", "professional"),
    DemoAccount("ritva@mukana.example", "Ritva Korhonen", "companion_coordinator"),
    DemoAccount("petri@mukana.example", "Petri Savolainen", "on_call"),
    DemoAccount("anneli@mukana.example", "Anneli Rautio", "organiser"),
    DemoAccount("jouni@mukana.example", "Jouni Kokkonen", "instructor"),
    DemoAccount("satu@mukana.example", "Satu Hyvärinen", "supervisor"),
    DemoAccount("elina@mukana.example", "Elina Pitkänen", "evaluator"),
    DemoAccount("pekka@mukana.example", "Pekka Räsänen", "it"),
    DemoAccount("leena@mukana.example", "Leena Hirvonen", "data_protection"),
)


@transaction.atomic
def make_demo_accounts(homes: Mapping[str, Organisation] | None = None) -> int:
    """One account for each role, in the organisation of `homes` when the role has one; the same again changes nothing."""
    assert {account.role for account in DEMO_ACCOUNTS} == set(ROLES)
    for account in DEMO_ACCOUNTS:
        person, _ = Person.objects.get_or_create(email=account.email, defaults={"name": account.name, "demo": True, "password": "!"})
        home = (homes or {}).get(account.role)
        if home is not None:
            person.memberships.filter(role=account.role, organisation=None).update(organisation=home)
        if not person.memberships.exists():
            Membership.objects.create(person=person, role=account.role, organisation=home)
    return len(DEMO_ACCOUNTS)
