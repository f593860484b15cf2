"""Pages of guidance: the need first, the professional's minute, the list given along; nothing typed is kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from mukana.directory.actions.vocabulary import load_vocabulary
from mukana.directory.models import Entry
from mukana.directory.tests import make
from mukana.guidance.actions.units import make_unit, renew_link, switch_unit
from mukana.guidance.models import Count, Lack, Unit
from mukana.guidance.once import fresh
from mukana.guidance.picks import COOKIE, token_of
from mukana.outbox.models import Message
from mukana.search.actions import rebuild

pytestmark = pytest.mark.django_db
SECRET = "zyrkonimies kaipaa laulua"


def texts(name: str, summary: str) -> dict[str, dict[str, str]]:
    return {"fi": {"name": name, "summary": summary}}


@pytest.fixture
def choir(fresh_index: Path) -> Entry:
    """A free choir on the index."""
    load_vocabulary()
    entry = make.entry("Rimakuoro", texts=texts("Rimakuoro", "Lauletaan yhdessä."), price_kind="free", kind="group", phone="05 000 1234")
    make.entry("Lauluilta", texts=texts("Lauluilta", "Lauletaan kapakassa."), price_kind="paid", kind="group")
    rebuild()
    return entry


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit("Jaalan terveysasema", None, by="1")


def test_a_tile_leads_to_questions_and_they_to_suggestions_with_reasons(client: Client, choir: Entry) -> None:
    assert "Mikä olisi sinulle hyväksi?" in client.get(reverse("need")).content.decode()
    questions = client.post(reverse("need"), {"kysy": "lonely"}).content.decode()
    assert "Mikä estää?" in questions
    shown = client.post(reverse("need"), {"teksti": "haluan laulaa", "este": ["free"]}).content.decode()
    assert "Rimakuoro" in shown
    assert "Maksuton" in shown
    assert "Lauluilta" not in shown
    assert "1 kohde: maksaa" in shown  # left out, but never silently


def test_picking_keeps_the_suggestions_in_sight(client: Client, choir: Entry) -> None:
    answers = {"teksti": "haluan laulaa", "este": ["free"]}
    shown = client.post(reverse("need"), {**answers, "poimi": str(choir.pk)}).content.decode()
    assert "Poimittu" in shown
    assert client.cookies[COOKIE].value == token_of([choir.pk])
    assert not Count.objects.exists()  # the same wish is not counted twice
    client.post(reverse("need"), {**answers, "poimi": "rikki"})
    assert client.cookies[COOKIE].value == token_of([choir.pk])
    client.post(reverse("need"), {**answers, "poimi": str(choir.pk)})
    assert not client.cookies[COOKIE].value


def test_a_wish_without_words_and_a_strange_town_are_asked_again(client: Client, choir: Entry) -> None:
    assert client.post(reverse("need"), {"teksti": ""}).status_code == 422
    assert "Emme tunne tätä kuntaa" in client.post(reverse("need"), {"teksti": "laulu", "kunta": "Ankkalinna"}).content.decode()


def test_who_is_in_danger_is_shown_whom_to_ring_first(client: Client, choir: Entry) -> None:
    shown = client.post(reverse("need"), {"teksti": "en jaksa enää elää"}).content.decode()
    assert "tel:112" in shown
    assert "tel:112" not in client.post(reverse("need"), {"teksti": "haluan laulaa"}).content.decode()


def test_a_professional_guides_by_the_unit_s_link_alone(client: Client, choir: Entry, unit: Unit) -> None:
    link = reverse("guide", args=[unit.key])
    assert client.get(link).status_code == 200
    told = {"toimi": "ehdota", "teksti": "kaipaa laulua", "kerran": fresh()}
    shown = client.post(link, told).content.decode()
    assert "Rimakuoro" in shown
    assert Count.objects.get(strength="guided").unit == unit
    again = client.post(link, {**told, "este": ["free"]})
    assert again.status_code == 200
    assert Count.objects.get(strength="guided").number == 1  # the same client
    paper = client.post(link, {"toimi": "tulosta", "poimi": [str(choir.pk)]})
    assert paper.url == reverse("picks_print", args=[token_of([choir.pk])])  # type: ignore[attr-defined]
    assert "05\xa0000" in client.get(paper.url).content.decode()  # type: ignore[attr-defined]
    switch_unit(unit, False, by="1")
    assert client.get(link).status_code == 404


def test_a_renewed_link_closes_the_old_one(client: Client, unit: Unit) -> None:
    old = reverse("guide", args=[unit.key])
    renew_link(unit, by="1")
    assert client.get(old).status_code == 404


def test_a_list_sent_to_a_number_is_counted_and_the_number_forgotten(client: Client, choir: Entry, unit: Unit) -> None:
    facts = {"toimi": "laheta", "teksti": "kaipaa laulua", "poimi": [str(choir.pk)], "vastaanottaja": "040 123 4567"}
    assert "Lähetetty" in client.post(reverse("guide", args=[unit.key]), facts).content.decode()
    message = Message.objects.get()
    assert "Rimakuoro" in message.text
    assert "laulua" not in message.text
    assert (message.sort.secret, message.sort.forget_to) == (True, True)
    assert Count.objects.get(strength="given", entry=None).channel == "sms"
    assert Count.objects.get(strength="given", entry=choir.pk).number == 1


@pytest.mark.parametrize(("to", "says"), [("ei mikään", "Tästä ei löydy"), ("", "Tästä ei löydy")])
def test_a_bad_number_sends_nothing(client: Client, choir: Entry, unit: Unit, to: str, says: str) -> None:
    facts = {"toimi": "laheta", "teksti": "laulua", "poimi": [str(choir.pk)], "vastaanottaja": to}
    response = client.post(reverse("guide", args=[unit.key]), facts)
    assert (response.status_code, says in response.content.decode()) == (422, True)
    assert not Message.objects.exists()
    nothing = client.post(reverse("guide", args=[unit.key]), {**facts, "poimi": ["rikki"]})
    assert "Valitse ensin" in nothing.content.decode()


def test_picks_are_gathered_compared_printed_and_sent(client: Client, choir: Entry) -> None:
    assert client.post(reverse("picks_toggle"), {"kohde": str(choir.pk)}).url == reverse("picks_mine")  # type: ignore[attr-defined]
    assert client.cookies[COOKIE].value == token_of([choir.pk])
    assert "Rimakuoro" in client.get(reverse("picks_mine")).content.decode()
    token = token_of([choir.pk])
    assert client.get(reverse("picks", args=[token])).status_code == 200
    assert client.get(reverse("picks_qr", args=[token]))["Content-Type"] == "image/svg+xml"
    assert "huge" in client.get(reverse("picks_print", args=[token]) + "?koko=26").content.decode()
    assert client.post(reverse("picks_give", args=[token]), {"toimi": "tulosta"}).status_code == 302
    assert client.post(reverse("picks_give", args=[token]), {"vastaanottaja": "eipä"}).status_code == 422
    assert "Lähetetty" in client.post(reverse("picks_give", args=[token]), {"vastaanottaja": "raili@example.fi"}).content.decode()
    assert Message.objects.get().channel == "email"
    assert set(Count.objects.filter(entry=None).values_list("channel", flat=True)) == {"print", "email"}
    client.post(reverse("picks_toggle"), {"kohde": str(choir.pk), "takaisin": "//muualla.example/"})
    assert not client.cookies[COOKIE].value
    client.post(reverse("picks_clear"))
    assert "ei ole vielä mitään" in client.get(reverse("picks_mine")).content.decode()


@pytest.mark.parametrize("name", ["picks", "picks_print", "picks_qr"])
def test_a_list_that_is_none_is_not_found(client: Client, name: str) -> None:
    assert client.get(reverse(name, args=["roskaa"])).status_code == 404
    assert client.post(reverse("picks_toggle"), {"kohde": "x"}).status_code == 404


def test_what_is_typed_is_kept_nowhere(client: Client, choir: Entry, unit: Unit, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.WARNING)
    for address in (reverse("need"), reverse("guide", args=[unit.key])):
        client.post(address, {"teksti": SECRET, "kunta": "Kuopio", "ika": "75", "kerran": fresh()})
        client.post(
            address, {"teksti": f"{SECRET} yöllä ruotsiksi", "kunta": "Kuopio", "kieli": "sv", "este": ["remote"], "kerran": fresh()}
        )
        client.post(address, {"teksti": SECRET + " qqqzzz", "kunta": "xx"})
    assert Lack.objects.exists()  # the case has been counted
    assert "zyrkonimies" not in caplog.text
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert not any("zyrkonimies" in str(row) for row in cursor.fetchall()), table
    assert "zyrkonimies" not in str(client.cookies)


def test_units_and_numbers_are_the_coordinator_s(enter: Callable[[str], Client], client: Client) -> None:
    assert client.get(reverse("guidance_desk")).status_code == 302
    professional = enter("professional")
    assert professional.get(reverse("guidance_desk")).status_code == 403
    assert professional.get(reverse("guide_signed_in")).status_code == 200
    desk = enter("coordinator")
    assert desk.post(reverse("guidance_desk"), {"nimi": "Työllisyyspalvelut", "kunta": "Kuopio"}).status_code == 302
    assert desk.post(reverse("guidance_desk"), {"nimi": "Työllisyyspalvelut"}).status_code == 422
    unit = Unit.objects.get()
    assert unit.key in desk.get(reverse("guidance_desk")).content.decode()
    for does in ("linkki", "sulje", "avaa"):
        desk.post(reverse("guidance_unit", args=[unit.pk]), {"toimi": does})
    assert Unit.objects.get().active


def test_a_tile_of_another_page_leads_straight_to_its_questions(client: Client) -> None:
    answer = client.get("/ehdotus/?tarve=lonely")
    assert 'name="tarve" value="lonely"' in answer.content.decode()
    assert 'value="nonsense"' not in client.get("/ehdotus/?tarve=nonsense").content.decode()


def test_an_entry_is_picked_and_put_back_on_its_own_page(client: Client, choir: Entry) -> None:
    page = f"/kohde/{choir.pk}/"
    assert "Lisää omiin poimintoihin" in client.get(page).content.decode()
    client.post("/poiminnat/muuta/", {"kohde": str(choir.pk)}, headers={"referer": f"http://testserver{page}"})
    assert "Omissa poiminnoissa, poista" in client.get(page).content.decode()
    client.post("/poiminnat/muuta/", {"kohde": str(choir.pk)})
    assert "Lisää omiin poimintoihin" in client.get(page).content.decode()
