"""The front page, the choice of a place, and what every public service owes its visitors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from mukana.directory.tests import make
from mukana.search.actions import rebuild

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]


def home(client: Client, place: str = "") -> str:
    """The front page once everything made so far can be found."""
    rebuild()
    if place:
        client.cookies["paikka"] = place
    return words(client, "/")


def words(client: Client, address: str) -> str:
    response = client.get(address, headers={"accept-language": "fi"})
    assert response.status_code == 200, address
    return response.content.decode()


def test_home_asks_one_question_and_offers_eight_needs(client: Client) -> None:
    page = words(client, "/")
    assert "Mihin haluaisit mukaan?" in page
    assert page.count('class="tile"') == 8
    assert '/haku/?tarve=lonely"' in page
    assert page.count('type="search"') == 1


def test_the_week_nearby_shows_what_is_ahead_each_thing_once(client: Client) -> None:
    group = make.group("Allasjumppa")
    make.date(group, make.WEDNESDAY + timedelta(days=1))
    make.date(make.entry("Mennyt"), make.NOW - timedelta(hours=2))
    make.date(make.entry("Ensi kuussa"), make.NOW + timedelta(days=20))
    make.date(make.entry("Peruttu"), status="cancelled")
    page = home(client, "297")
    assert page.count("Allasjumppa") == 1
    assert "Kallanrannan uimahalli" in page
    for hidden in ("Mennyt", "Ensi kuussa", "Peruttu"):
        assert hidden not in page


def test_far_away_is_not_nearby(client: Client) -> None:
    for number in range(4):
        make.group(f"Lähellä {number}")
    make.group("Utsjoella", place=make.place("Utsjoen sali", lat=69.9, lon=27.0))
    assert "Utsjoella" not in home(client, "297")


def test_days_are_mixed_and_there_are_at_most_six(client: Client) -> None:
    for number in range(8):
        make.date(make.entry(f"Maanantai {number}"), make.NOW + timedelta(days=1, minutes=number))
    make.date(make.entry("Perjantai"), make.NOW + timedelta(days=5))
    page = home(client, "297")
    assert page.count('class="day"') == 6
    assert "Perjantai" in page


def test_an_empty_week_is_not_a_dead_end(client: Client) -> None:
    assert "Katso kaikki tekeminen" in words(client, "/")


def test_moving_at_home_is_offered_today_or_at_any_time(client: Client) -> None:
    make.entry("Tuolijumppa videona", kind="video", form="video_home", media={"minutes": 12})
    assert "Tuolijumppa videona" in home(client)
    together = make.entry("Yhdessä etänä", form="remote_together")
    make.date(together, make.NOW + timedelta(hours=2))
    page = home(client)
    assert "Yhdessä etänä" in page
    assert "Tuolijumppa videona" not in page


def test_the_number_to_call_is_on_the_front_page_when_there_is_one(client: Client, settings: object) -> None:
    settings.CONTACT_PHONE = ""  # type: ignore[attr-defined]
    assert "Soita, me etsimme" not in words(client, "/")
    settings.CONTACT_PHONE = "05 000 1200"  # type: ignore[attr-defined]
    assert 'href="tel:050001200"' in words(client, "/")


def test_home_is_light_and_asks_little_of_the_database(client: Client, django_assert_max_num_queries: Callable[[int], object]) -> None:
    for number in range(20):
        make.group(f"Ryhmä {number}")
    home(client)
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        response = client.get("/", headers={"accept-encoding": "gzip"})
    assert len(response.content) < 60_000


def test_home_is_put_together_once_and_anew_when_the_directory_changes(
    client: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    make.date(make.entry("Ensimmäinen"), make.NOW + timedelta(days=2))
    home(client)
    with django_assert_max_num_queries(0):
        client.get("/")
    make.date(make.entry("Toinen"), make.NOW + timedelta(days=3))
    assert "Toinen" in home(client)


@pytest.mark.parametrize("typed", ["Kuopio", "kuopio", "297"])
def test_a_place_is_chosen_by_name_or_code_and_leads_back(client: Client, typed: str) -> None:
    response = client.post("/paikkakunta/", {"paikka": typed, "takaisin": "/haku/?q=vesi"})
    assert response.headers["Location"] == "/haku/?q=vesi"
    assert response.cookies["paikka"].value == "297"
    assert response.cookies["paikka"]["httponly"]
    assert "Nyt valittu: <b>Kuopio</b>" in words(client, "/paikkakunta/")


def test_an_unknown_place_is_told_and_what_was_typed_stays(client: Client) -> None:
    response = client.post("/paikkakunta/", {"paikka": "Kuoppio"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Emme tunne kuntaa ”Kuoppio”. Tarkoititko: Kuopio?" in page
    unlike = client.post("/paikkakunta/", {"paikka": "Zzzyx"}).content.decode()
    assert "Emme tunne kuntaa ”Zzzyx”. Tarkista nimi" in unlike
    assert 'value="Kuoppio"' in page
    assert "paikka" not in response.cookies


def test_the_choice_can_be_forgotten(client: Client) -> None:
    client.post("/paikkakunta/", {"paikka": "Kuopio"})
    response = client.post("/paikkakunta/", {"paikka": "-"})
    assert response.cookies["paikka"].value == ""


def test_the_way_back_stays_on_this_site(client: Client) -> None:
    assert client.post("/paikkakunta/", {"paikka": "Kuopio", "takaisin": "https://evil.example/"}).headers["Location"] == "/"


def test_every_municipality_can_be_chosen_without_typing(client: Client) -> None:
    assert words(client, "/paikkakunta/").count('name="paikka" value="') == 308


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/saavutettavuus/", "14 päivän kuluessa"),
        ("/saavutettavuus/", "valvoo Liikenne- ja viestintävirasto Traficom"),
        ("/saavutettavuus/", 'href="https://www.saavutettavuusvaatimukset.fi/"'),
        ("/saavutettavuus/", "laadittu 22.11.2026"),
        ("/saavutettavuus/", "Mikä ei vielä toimi kaikille"),
        ("/tietosuoja/", "Emme seuraa sinua."),
        ("/tietosuoja/", "sijainti ei lähde laitteeltasi"),
    ],
)
def test_the_service_tells_about_itself(client: Client, address: str, said: str) -> None:
    assert said in words(client, address)


def test_moving_at_home_has_an_address_of_its_own(client: Client) -> None:
    assert client.get("/kotona/").headers["Location"] == "/haku/?muoto=remote_together&muoto=video_home"
