"""Fixtures that every test may use; the environment itself is set by `mukana.lib.testenv`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from hypothesis import settings as examples

from mukana.lib import testenv

examples.register_profile("mukana", deadline=None)  # a busy machine is no fault of the code
examples.load_profile("mukana")
OTHERS_END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all-journeys", action="store_true", help="every journey on PostgreSQL too (docs/decisions/0013)")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database; a thread of a server that a browser still holds on to does not keep PostgreSQL from dropping it."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(OTHERS_END)
            connection.close()


@pytest.fixture
def data_folder() -> Path:
    """The folder that `MUKANA_DATA` names in this test process."""
    return testenv.FOLDER


@pytest.fixture
def fresh_index(settings: object, tmp_path: Path) -> Path:
    """An empty search index that no other test sees."""
    folder = tmp_path / "index"
    settings.INDEX_ROOT = folder  # type: ignore[attr-defined]  # pytest-django's settings take anything
    return folder


@pytest.fixture
def enter(client: Client, db: None) -> Callable[[str], Client]:
    """`enter("it")`: a browser with a person of that role logged in."""

    def come(role: str) -> Client:
        person = get_user_model().objects.create_person(f"{role}@mukana.example", f"Nimi {role}")  # type: ignore[attr-defined]
        person.memberships.create(role=role)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return come
