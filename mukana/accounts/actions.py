"""Letting people in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.db import transaction

from mukana.accounts.models import LoginLink, Membership, Person
from mukana.accounts.rules import ROLES
from mukana.audit.actions import record
from mukana.lib.clock import now

VALID = timedelta(minutes=30)


class LinkRefused(Exception):
    """A login link that lets nobody in; `code` is unknown, used or expired."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo region: one for each role."""

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
        person, _ = Person.objects.get_or_create(email=account.email, defaults={"name": account.name, "demo": True, "password": "!"})
        Membership.objects.get_or_create(person=person, role=account.role, organisation=None)
    return len(DEMO_ACCOUNTS)


def make_login_link(person: Person) -> str:
    """A token that logs the person in once within half an hour."""
    token = secrets.token_urlsafe(32)
    moment = now()
    LoginLink.objects.create(digest=_digest(token), person=person, made_at=moment, valid_until=moment + VALID)
    return token


@transaction.atomic
def use_login_link(token: str) -> Person:
    """The person whom the token lets in; raises LinkRefused.  A second use is refused."""
    link = LoginLink.objects.select_for_update().select_related("person").filter(digest=_digest(token)).first()
    if link is None or not link.person.active:
        raise LinkRefused("unknown")
    if link.used_at is not None:
        raise LinkRefused("used")
    if link.valid_until < now():
        raise LinkRefused("expired")
    link.used_at = now()
    link.save(update_fields=["used_at"])
    record("signed_in", f"accounts.Person:{link.person.pk}", by=str(link.person.pk))
    return link.person


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
