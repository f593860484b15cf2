"""What several tests of upkeep stand on."""

from __future__ import annotations

import pytest
from django.test import Client

from mukana.directory.actions.vocabulary import load_vocabulary
from mukana.upkeep.tests import make


@pytest.fixture
def keeper(client: Client) -> Client:
    of = make.organiser()
    make.signed_in(client, "organiser", of)
    client.organisation = of  # type: ignore[attr-defined]  # the tests' own note
    load_vocabulary()
    return client
