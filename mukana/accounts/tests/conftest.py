"""Common ground of the tests of accounts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from mukana.accounts.actions import make_demo_accounts
from mukana.accounts.models import Membership, Person
from mukana.organisations.models import Organisation

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def no_limits_left_over(request: pytest.FixtureRequest) -> None:
    """Limits of earlier tests do not count."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture
def demo(db: None) -> dict[str, Person]:
    """The demo's people by their first name."""
    make_demo_accounts()
    return {person.email.partition("@")[0]: person for person in Person.objects.filter(demo=True)}


@pytest.fixture
def organisation(db: None) -> Callable[..., Organisation]:
    """`organisation("Verlan seura", parent=…)`."""

    def make(name: str, parent: Organisation | None = None, **more: object) -> Organisation:
        return Organisation.objects.create(kind="association", texts={"fi": {"name": name}}, parent=parent, **more)

    return make


@pytest.fixture
def person(db: None) -> Callable[..., Person]:
    """`person("a@b.fi", "organiser", organisation)`."""

    def make(email: str, role: str | None = None, organisation: Organisation | None = None) -> Person:
        made = Person.objects.create_person(email, email.partition("@")[0].title())
        if role:
            Membership.objects.create(person=made, role=role, organisation=organisation)
        return made

    return make


@pytest.fixture
def ask_code(client: Client) -> Callable[..., str]:
    """`ask_code(email)`: asks for a code and gives what came by e-mail, "" when nothing did."""

    def ask(email: str, **more: str) -> str:
        before = len(mail.outbox)
        answer = client.post(reverse("login"), {"email": email, **more})
        assert answer.status_code == 302, answer.content.decode()
        found = re.search(r"\b\d{4}-\d{4}\b", mail.outbox[-1].body) if len(mail.outbox) > before else None
        return found[0] if found else ""

    return ask


@pytest.fixture
def log_in(client: Client) -> Callable[[Person], Client]:
    """`log_in(person)`: the client is that person from now on."""

    def become(person: Person) -> Client:
        client.force_login(person, backend=BACKEND)
        return client

    return become
