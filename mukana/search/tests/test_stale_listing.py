"""A stale listing is absent from professionals' search until its organiser opens the link once and presses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from mukana.accounts.models import Membership, Person
from mukana.directory.models import Entry
from mukana.directory.queries.freshness import referable
from mukana.directory.tests import make
from mukana.search.actions import catch_up, rebuild
from mukana.upkeep.actions.links import Receiver, make_link

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
THIRTEEN_MONTHS_AGO = date(2025, 10, 20)


@pytest.fixture
def stale(fresh_index: Path) -> Entry:
    entry = make.group("Vesijumppa", reviewed_on=THIRTEEN_MONTHS_AGO, organisation=make.organisation())
    make.group("Vesijumppa hallissa", reviewed_on=TODAY)
    rebuild()
    return entry


@pytest.fixture
def professional(client: Client) -> Client:
    person = Person.objects.create_person("henna@example.fi", "Henna")
    Membership.objects.create(person=person, role="professional")
    client.force_login(person)
    return client


def found(client: Client, entry: Entry, **more: str) -> bool:
    return f"/kohde/{entry.pk}/" in client.get("/haku/", {"q": "vesijumppa", **more}).content.decode()


def test_a_stale_listing_is_absent_until_it_is_confirmed_by_its_link(professional: Client, stale: Entry) -> None:
    visitor = Client()
    assert not found(professional, stale)
    assert found(visitor, stale)
    page = professional.get("/haku/", {"q": "vesijumppa"}).content.decode()
    assert "1 jäi pois, koska tietoja ei ole vahvistettu vuoteen." in page
    assert found(professional, stale, vanhat="1")
    refusal = referable(stale, TODAY)
    assert refusal is not None
    assert refusal.why in professional.get(f"/kohde/{stale.pk}/").content.decode()

    token, _ = make_link("confirm", [stale], Receiver("sms", "+35850001299", "Anneli Rautio"), by="system")
    visitor.get(f"/vahvista/{token}/")
    assert catch_up() == 0
    assert visitor.post(f"/vahvista/{token}/", {"all": "1"}).status_code == 200
    catch_up()

    stale.refresh_from_db()
    assert found(professional, stale)
    assert referable(stale, TODAY) is None
    assert stale.confirmed["contact"] == {"at": "2026-11-22T10:00:00+02:00", "by": "Anneli Rautio", "how": "link_sms"}
    assert visitor.post(f"/vahvista/{token}/", {"all": "1"}).status_code == 410
