"""Accounts of the demo region: one for each role."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from mukana.accounts.models import Membership, Person
from mukana.accounts.rules import ROLES


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
    DemoAccount("anneli@mukana.example", "Anneli Rautio", "organiser"),
    DemoAccount("jouni@mukana.example", "Jouni Kokkonen", "instructor"),
    DemoAccount("satu@mukana.example", "Satu Hyvärinen", "supervisor"),
    DemoAccount("elina@mukana.example", "Elina Pitkänen", "evaluator"),
    DemoAccount("pekka@mukana.example", "Pekka Räsänen", "it"),
    DemoAccount("leena@mukana.example", "Leena Hirvonen", "data_protection"),
)


@transaction.atomic
def make_demo_accounts() -> int:
    """One account for each role; the same again changes nothing."""
    assert {account.role for account in DEMO_ACCOUNTS} == set(ROLES)
    for account in DEMO_ACCOUNTS:
        person, made = Person.objects.get_or_create(email=account.email, defaults={"name": account.name, "demo": True, "password": "!"})
        if made or not person.memberships.exists():
            Membership.objects.create(person=person, role=account.role, organisation=None)
    return len(DEMO_ACCOUNTS)
