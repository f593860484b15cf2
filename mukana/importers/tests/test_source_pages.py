"""Staff plan the fetching on a page and read in words how it goes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mukana.accounts.models import Membership, Person
from mukana.directory.models import Source
from mukana.importers.labels import FETCHED
from mukana.importers.models import ImportRun
from mukana.importers.registry import SOURCES
from mukana.lib.clock import now
from mukana.lib.http import FetchError, fetch, open_network_only

pytestmark = pytest.mark.django_db
NEW = {"name": "Jyväskylän Jumppaajat", "adapter": "ical", "address": "https://jumppaajat.example/kalenteri.ics", "every_hours": "24"}


@pytest.fixture
def tiina(client: Client) -> Client:
    person = Person.objects.create_person("tiina@mukana.example", "Tiina")
    Membership.objects.create(person=person, role="coordinator")
    client.force_login(person)
    return client


@pytest.fixture
def source() -> Source:
    return Source.objects.create(
        key="kuopio", adapter="linkedevents", name="Kuopio", address="https://kuopio.example/v1/event/", every_hours=24
    )


def text_of(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_a_coordinator_adds_a_source_that_is_fetched_from_then_on(tiina: Client) -> None:
    answer = tiina.post("/tyopoyta/lahteet/uusi/", NEW)
    assert answer.headers["Location"] == "/tyopoyta/lahteet/jyvaskylan-jumppaajat/?tehty=haku"
    made = Source.objects.get(key="jyvaskylan-jumppaajat")
    assert (made.every_hours, made.adapter) == (24, "ical")
    assert made.next_fetch_at is not None
    assert made.next_fetch_at <= now()


def test_two_sources_of_one_name_are_two_sources(tiina: Client) -> None:
    for number in range(3):
        tiina.post("/tyopoyta/lahteet/uusi/", {**NEW, "address": f"{NEW['address']}?osa={number}", "every_hours": "0"})
    assert sorted(Source.objects.values_list("key", flat=True)) == [f"jyvaskylan-jumppaajat{tail}" for tail in ("", "-2", "-3")]


def test_an_address_that_is_fetched_already_is_told_instead_of_fetched_twice(tiina: Client) -> None:
    tiina.post("/tyopoyta/lahteet/uusi/", NEW)
    again = tiina.post("/tyopoyta/lahteet/uusi/", {**NEW, "name": "Toinen nimi"})
    assert f"Tämä osoite haetaan jo: {NEW['name']}." in again.content.decode()
    assert Source.objects.count() == 1


@pytest.mark.parametrize("address", ["file:///etc/passwd", "/etc/passwd", "ftp://x.example/a.ics", "javascript:alert(1)", ""])
def test_only_web_addresses_are_fetched(tiina: Client, address: str) -> None:
    assert tiina.post("/tyopoyta/lahteet/uusi/", {**NEW, "address": address}).status_code == 200
    assert not Source.objects.exists()


def test_a_failing_source_says_since_when_why_and_when_next(tiina: Client, source: Source) -> None:
    source.failing_since, source.failures = now() - timedelta(days=2), 5
    source.last_problem, source.next_fetch_at = "Palvelin ei vastannut ajoissa: kuopio.example", now() + timedelta(hours=2)
    source.save()
    page = text_of(tiina, "/tyopoyta/lahteet/kuopio/")
    assert "jälkeen (5 yritystä)" in page
    assert "Palvelin ei vastannut ajoissa" in page
    assert "Aiemmin tuodut tiedot näkyvät yhä" in page
    assert "Yritämme uudelleen" in page
    assert "Hyväksy pienempi aineisto" not in page


def test_a_source_that_shrank_can_be_accepted_as_it_is(tiina: Client, source: Source) -> None:
    source.failing_since, source.failures = now(), 1
    source.last_problem = "Aineistosta puuttui 29 kohdetta 30:sta, joten mitään ei poistettu. Tarkista lähde tai hyväksy pienempi aineisto."
    source.save()
    assert "Hyväksy pienempi aineisto" in text_of(tiina, "/tyopoyta/lahteet/kuopio/")
    tiina.post("/tyopoyta/lahteet/kuopio/hae-nyt/", {"accept_smaller": "1"})
    source.refresh_from_db()
    assert source.options == {"accept_smaller": True}
    assert source.next_fetch_at is not None


def test_the_rhythm_is_changed_on_the_page(tiina: Client, source: Source) -> None:
    tiina.post("/tyopoyta/lahteet/kuopio/haku/", {"address": source.address, "every_hours": "168"})
    source.refresh_from_db()
    assert source.every_hours == 168
    answer = tiina.post("/tyopoyta/lahteet/kuopio/haku/", {"address": "kuopio", "every_hours": "5"})
    assert answer.status_code == 422
    source.refresh_from_db()
    assert source.every_hours == 168


def test_who_may_only_look_gets_no_buttons(client: Client, source: Source) -> None:
    person = Person.objects.create_person("esa@mukana.example", "Esa")
    Membership.objects.create(person=person, role="supervisor")
    client.force_login(person)
    assert "Hae nyt" not in text_of(client, "/tyopoyta/lahteet/kuopio/")
    assert client.post("/tyopoyta/lahteet/kuopio/hae-nyt/").status_code == 403


def test_every_kind_of_source_that_can_be_added_has_its_importer() -> None:
    assert set(FETCHED) <= set(SOURCES)


def test_an_asked_fetch_is_told_and_the_page_looks_again_until_it_has_ended(tiina: Client, source: Source) -> None:
    answer = tiina.post("/tyopoyta/lahteet/kuopio/hae-nyt/", follow=True)
    assert "Haku alkaa hetken kuluttua." in answer.content.decode()
    assert answer.headers["Refresh"] == "3"
    Source.objects.update(next_fetch_at=now() + timedelta(hours=24))
    answer = tiina.get("/tyopoyta/lahteet/kuopio/?tehty=haku")
    assert "Refresh" not in answer.headers
    assert "Haku alkaa hetken" not in answer.content.decode()


def test_removing_a_source_is_told(tiina: Client, source: Source) -> None:
    assert "Lähteen poisto alkaa hetken kuluttua." in tiina.post("/tyopoyta/lahteet/kuopio/poista/", follow=True).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "https://tiina:salasana@x.example/a.ics",
        "http://127.0.0.1/a.ics",
        "http://localhost:8000/a.ics",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/a.ics",
        "http://[::1]/a.ics",
    ],
)
def test_no_source_is_inside_or_carries_a_password(tiina: Client, settings: Any, address: str) -> None:
    settings.PRIVATE_NETWORKS = False
    tiina.post("/tyopoyta/lahteet/uusi/", {**NEW, "address": address})
    assert not Source.objects.exists()


def test_a_name_or_a_redirect_that_leads_inside_is_refused_when_fetched() -> None:
    with open_network_only(), pytest.raises(FetchError) as refused:
        fetch("http://127.0.0.1:9/a.ics")
    assert refused.value.code == "inner"


def test_a_failed_run_looks_failed_in_the_list(tiina: Client, source: Source) -> None:
    ImportRun.objects.create(source=source, address="x", by="t", started_at=now(), ended_at=now(), problem="Palvelin ei vastannut.")
    assert "Haku ei onnistunut" in text_of(tiina, "/tyopoyta/lahteet/kuopio/")
