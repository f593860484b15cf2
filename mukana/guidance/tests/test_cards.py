"""Conversation cards in four languages, agreements on them, and who helps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from mukana.directory.actions.vocabulary import load_vocabulary
from mukana.directory.tests import make
from mukana.guidance.models import Agreement
from mukana.guidance.rules.cards import LANGUAGES, card_of, cards
from mukana.guidance.rules.danger import acute
from mukana.search.actions import rebuild


def test_there_are_cards_of_every_matter_in_four_languages() -> None:
    assert len(cards()) >= 14
    for card in cards():
        for language in LANGUAGES:
            shown, text = card.text(language)
            assert shown == language
            assert len(text.open) == 3
            assert all((text.title, text.ask, text.do, text.dont, text.hand))
            assert text.ask.endswith(("?", ".")), (card.code, language)
    assert card_of("loneliness") is not None
    assert card_of("nothing") is None
    assert cards()[0].text("smn")[0] == "fi"


@pytest.mark.parametrize("text", ["en jaksa enää elää", "mieheni lyö minua", "jag vill dö", "I want to die", "rintakipua"])
def test_acute_danger_is_noticed_in_three_languages(text: str) -> None:
    assert acute(text)
    assert not acute("kaipaan laulua ja seuraa")
    assert not acute("")


@pytest.mark.django_db
def test_a_card_asks_permission_and_tells_the_emergency_number(client: Client) -> None:
    shown = client.get(reverse("card", args=["mood"])).content.decode()
    for words in ("Kysy ensin lupa", "Milloin terveydenhuoltoon", "112", "Näytä ehdotuksia"):
        assert words in shown
    assert 'lang="sv"' in client.get(reverse("card", args=["mood"]) + "?versio=sv").content.decode()
    assert client.get(reverse("card", args=["ei-ole"])).status_code == 404
    assert client.get(reverse("cards")).status_code == 200


@pytest.mark.django_db
def test_an_agreement_stands_on_its_cards_with_who_accepted_it(enter: Callable[[str], Client]) -> None:
    desk = enter("coordinator")
    facts = {
        "otsikko": "Alkoholi puheeksi", "versio": "1.0", "kortit": ["alcohol"], "vastuu": "Tiina", "puhelin": "05 000 1201",
        "rytmi": "kahdesti vuodessa", "tarkistus": "2026-10-01",
    }  # fmt: skip
    assert desk.post(reverse("agreements_desk"), facts).status_code == 302
    assert desk.post(reverse("agreements_desk"), facts).status_code == 422  # the same version again
    first = Agreement.objects.get()
    assert first.in_force
    for contact in ("Outi", "Outi, 05 000 1203"):
        desk.post(reverse("agreement_accept", args=[first.pk]), {"jarjesto": "Kallan kunto ry", "yhteys": contact})
    desk.post(reverse("agreement_accept", args=[first.pk]), {"jarjesto": ""})
    card = desk.get(reverse("card", args=["alcohol"])).content.decode()
    for words in ("Alkoholi puheeksi", "Sopimuksen versio 1.0", "Kallan kunto ry, Outi, 05", "kahdesti vuodessa", "Tarkistus myöhässä"):
        assert words in card
    assert "Alkoholi puheeksi" not in desk.get(reverse("card", args=["sleep"])).content.decode()
    desk.post(reverse("agreements_desk"), {**facts, "versio": "1.1"})
    assert [one.version for one in Agreement.objects.filter(in_force=True)] == ["1.1"]


@pytest.mark.django_db
def test_who_helps_is_told_by_who_they_are_with_a_phone(client: Client, fresh_index: Path) -> None:
    load_vocabulary()
    association = make.organisation("Unettomat ry")
    texts = {"fi": {"name": "Uniryhmä", "summary": "Nukun huonosti, unettomille."}}
    make.entry("Uniryhmä", texts=texts, organisation=association, kind="group", phone="")
    rebuild()
    shown = client.get(reverse("helpers_of", args=["sleep"])).content.decode()
    assert "Uniryhmä" in shown
    assert "05\xa0000\xa01299" in shown  # its organiser's number
    assert "Emme tiedä vielä ketään" in shown  # of the municipality
    assert client.get(reverse("helpers")).status_code == 200
