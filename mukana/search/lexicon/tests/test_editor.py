"""Staff mend the lexicon one concept at a time; a mistake is never taken into use."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mukana.accounts.actions import make_demo_accounts
from mukana.accounts.models import Person
from mukana.search.lexicon import default_text, load
from mukana.search.lexicon.blocks import blocks, find, matching, replaced
from mukana.search.models import LexiconEdition
from mukana.search.queries import lexicon_text

TEXT = "# alku\n\n[swim] toiminta\nfi: uinti\n\n[walk] toiminta\nfi: kävely\nvie: swim 20\n"


def test_blocks_cover_the_text_in_order() -> None:
    assert [block.id for block in blocks(TEXT)] == ["swim", "walk"]
    assert {block.id for block in blocks(default_text())} >= {"water_exercise"}
    assert len(blocks(default_text())) <= len(load().concepts)


def test_a_block_is_replaced_removed_or_added_and_the_rest_stays() -> None:
    assert replaced(TEXT, "swim", "[swim] toiminta\nfi: uinti, pulikointi").count("kävely") == 1
    assert find(replaced(TEXT, "swim", ""), "swim") is None
    added = replaced(TEXT, "ski", "[ski] toiminta\nfi: hiihto")
    assert [block.id for block in blocks(added)] == ["swim", "walk", "ski"]
    assert [block.id for block in matching(TEXT, "KÄVELY")] == ["walk"]


@pytest.fixture
def coordinator(client: Client, db: None) -> Client:
    make_demo_accounts()
    client.force_login(Person.objects.get(email="tiina@mukana.example"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_new_word_is_saved_and_in_use(coordinator: Client) -> None:
    block = find(lexicon_text(), "water_exercise")
    assert block is not None
    text = block.text.replace("fi: ", "fi: pulahdusjumppa, ", 1)
    assert coordinator.post(reverse("concept", args=["water_exercise"]), {"text": text}).status_code == 302
    assert "pulahdusjumppa" in lexicon_text()
    assert "pulahdusjumppa" in coordinator.get(reverse("lexicon"), {"q": "pulahdusjumppa"}).content.decode() or matching(
        lexicon_text(), "pulahdusjumppa"
    )


def test_a_mistake_is_told_with_its_line_and_nothing_typed_is_lost(coordinator: Client) -> None:
    answer = coordinator.post(
        reverse("concept", args=["water_exercise"]), {"text": "[water_exercise] toiminta\nfi: vesijumppa\nfoo: outo\n"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Rivi 3" in page
    assert "foo: outo" in page
    assert LexiconEdition.objects.count() == 0


def test_an_earlier_edition_can_be_brought_back(coordinator: Client) -> None:
    for word in ("ykkössana", "kakkossana"):
        text = f"[oma_kasite] toiminta\nfi: {word}\n"
        address = reverse("concept", args=["oma_kasite"]) if word == "kakkossana" else reverse("concept_new")
        assert coordinator.post(address, {"text": text}).status_code == 302
    first = LexiconEdition.objects.order_by("id").first()
    assert first is not None
    coordinator.post(reverse("lexicon_restore", args=[first.pk]))
    assert "ykkössana" in lexicon_text()
    assert "kakkossana" not in lexicon_text()


def test_the_editor_opens_only_for_those_who_may(client: Client, db: None) -> None:
    make_demo_accounts()
    client.force_login(Person.objects.get(email="anneli@mukana.example"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("lexicon")).status_code == 403


def test_the_page_of_a_concept_is_titled_by_its_name(coordinator: Client) -> None:
    block = find(lexicon_text(), "water_exercise")
    assert block is not None
    page = coordinator.get(reverse("concept", args=["water_exercise"])).content.decode()
    assert f"<h1>{block.name}</h1>" in page
    assert f"<title>{block.name}" in page
    assert "Käsitteen tunnus on water_exercise." in page
