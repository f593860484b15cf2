"""Small things for the tests of upkeep: an entry of an organisation, people, a link."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client

from mukana.accounts.models import Membership, Person
from mukana.directory.models import Entry
from mukana.directory.tests import make as hub
from mukana.organisations.models import Organisation
from mukana.upkeep.actions.links import Receiver, make_link
from mukana.upkeep.rules.codes import CONFIRM, Doer

TODAY = date(2026, 11, 22)
STALE = date(2025, 10, 20)  # thirteen months ago
LATE = date(2026, 2, 3)
ANNELI = Doer("link:abc", "Anneli Rautio", "link")


def organiser(name: str = "Puijonrinteen Liikkujat ry", **facts: Any) -> Organisation:
    return hub.organisation(name, **{"contact_name": "Anneli Rautio", "phone": "050 000 1299", **facts})


def owned(name: str = "Vesijumppa", **facts: Any) -> Entry:
    """A group that meets next Wednesday, of an organisation."""
    facts.setdefault("organisation", facts.pop("of", None) or organiser())
    return hub.group(name, **{"reviewed_on": LATE, **facts})


def person(role: str, of: Organisation | None = None, name: str = "Tiina Tossavainen") -> Person:
    made = Person.objects.create_person(f"{role}{Person.objects.count()}@example.fi", name)
    Membership.objects.create(person=made, role=role, organisation=of)
    return made


def signed_in(client: Client, role: str = "coordinator", of: Organisation | None = None) -> Person:
    made = person(role, of)
    client.force_login(made)
    return made


def confirm_token(*entries: Entry, channel: str = "sms", to: str = "+358500001299", name: str = "Anneli Rautio") -> str:
    token, _ = make_link(CONFIRM, entries, Receiver(channel, to, name), by="system", organisation=entries[0].organisation)
    return token
