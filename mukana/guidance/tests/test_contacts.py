"""One request to many organisers, each with its state; the asker's name only behind the organiser's link."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from mukana.audit.models import Trace
from mukana.directory.models import Entry
from mukana.directory.tests import make
from mukana.guidance.actions.contacts import answer, ask_contact
from mukana.guidance.models import Asked, ContactRequest
from mukana.guidance.picks import token_of
from mukana.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries() -> list[Entry]:
    """By e-mail, by phone, by a number that is none, and unreachable."""
    rows = [("Kuoro", "kuoro@example.fi", ""), ("Kerho", "", "040 123 4567"), ("Piiri", "", "puhelinvaihde"), ("Reitti", "", "")]
    return [make.entry(name, email=email, phone=phone) for name, email, phone in rows]


def asked_by(client: Client, entries: list[Entry]) -> str:
    facts = {"nimi": "Raili", "yhteys": "040 765 4321", "viesti": "Mistä ovesta?"}
    response = client.post(reverse("contact_new", args=[token_of(entry.pk for entry in entries)]), facts)
    assert response.status_code == 302
    return str(response.url)  # type: ignore[attr-defined]


def test_every_reachable_organiser_is_asked_without_the_asker_s_name(client: Client, entries: list[Entry]) -> None:
    status = asked_by(client, entries)
    assert Asked.objects.count() == 3
    letters = list(Message.objects.all())
    assert {one.channel for one in letters} == {"email", "sms"}
    assert not any("Raili" in one.text or "765" in one.text for one in letters)
    assert Trace.objects.filter(verb="guidance.contact_unsent").count() == 1
    assert "Odottaa vastausta" in client.get(status).content.decode()


def test_an_organiser_opens_the_link_answers_and_the_asker_sees_it(client: Client, entries: list[Entry]) -> None:
    status = asked_by(client, entries)
    link = re.search(r"/yp/[\w-]+/", Message.objects.get(channel="email").text)
    assert link is not None
    shown = client.get(link[0]).content.decode()
    assert "Raili" in shown
    assert Trace.objects.filter(verb="read", actor="link").exists()
    assert "Raili" not in client.post(link[0], {"vastaus": "answered"}).content.decode()
    assert "Raili" not in client.get(link[0]).content.decode()
    assert "On ottanut yhteyttä" in client.get(status).content.decode()
    first = Asked.objects.get(state="answered")
    assert answer(first, "declined").state == "answered"  # the first answer holds


def test_a_withdrawn_request_leaves_nothing(client: Client, entries: list[Entry]) -> None:
    status = asked_by(client, entries)
    client.post(status)
    assert not ContactRequest.objects.exists()
    assert not Asked.objects.exists()
    assert client.get(status).status_code == 404
    link = re.search(r"/yp/[\w-]+/", Message.objects.get(channel="email").text)
    assert link is not None
    assert client.get(link[0]).status_code == 404


def test_what_cannot_be_reached_is_asked_again(client: Client, entries: list[Entry]) -> None:
    token = token_of(entry.pk for entry in entries)
    assert client.get(reverse("contact_new", args=[token])).status_code == 200
    for told in ("ei", "ei@"):
        assert client.post(reverse("contact_new", args=[token]), {"nimi": "R", "yhteys": told}).status_code == 422
    assert client.get(reverse("contact_new", args=[token_of([entries[3].pk])])).status_code == 404


def test_the_database_tells_no_name(entries: list[Entry]) -> None:
    ask_contact(entries[:1], name="Raili", contact="+358407654321", message="")
    kept = ContactRequest.objects.extra(select={"raw": "name"}).values_list("raw", flat=True)
    assert ContactRequest.objects.get().name == "Raili"
    assert "Raili" not in [str(one) for one in kept]
