"""People who look."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

Enter = Callable[[str], Client]


@pytest.fixture
def enter(client: Client, db: None) -> Enter:
    """`enter("it")`: a visitor's browser with a person of that role logged in."""

    def come(role: str) -> Client:
        person = get_user_model().objects.create_person(f"{role}@mukana.example", f"Nimi {role}")
        person.memberships.create(role=role)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return come
