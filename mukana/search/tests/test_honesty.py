"""What the search says of an answer holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from mukana.search.tests.engine import ask, document, engine, found, knowledge


def test_only_the_very_concept_is_the_same_thing(fresh_index: Path) -> None:
    finder = engine([document("a", "Allasjumppa"), document("b", "Uintivuoro"), document("c", "Kahvila")])
    kinds = {hit.entry_id: {reason.kind for reason in hit.reasons} for hit in ask(finder, "vesivoimistelu").hits}
    assert "synonym" in kinds["a"]
    assert "synonym" not in kinds.get("b", set())


def test_a_word_that_nobody_knows_is_told_and_a_word_of_the_language_is_no_slip(fresh_index: Path) -> None:
    finder = engine([document("a", "Istumalentopallo"), document("b", "Virkkauskerho")])
    assert ask(finder, "avaruuslento").unknown == ("avaruuslento",)
    assert ask(finder, "veikkaus").corrected == {}
    assert ask(finder, "lentopallo").unknown == ()


def test_a_relatives_need_leads_to_those_near(fresh_index: Path) -> None:
    finder = engine([document("own", "Päihdeklinikka"), document("near", "Alkoholistin läheisten ryhmä")])
    assert found(finder, "poika polttaa kannabista")[0] == "near"


def test_an_entry_is_about_what_all_its_words_lean_to(fresh_index: Path) -> None:
    finder = engine([document("a", "Toinen tyyny on tyhjä", "Kahvit yksin jääneille."), document("b", "Shakkikerho")])
    assert found(finder, "sururyhmä")[:1] == ["a"]


@pytest.mark.parametrize("question", ["kerho Riistavedellä", "Riistaveden kerho"])
def test_a_village_is_a_place_before_the_rest_of_its_municipality(fresh_index: Path, question: str) -> None:
    near = document("near", "Kerho", municipality_name="Kuopio", place="Riistaveden kylätalo")
    town = document("town", "Kerho", municipality_name="Kuopio", place="Keskustan talo")
    far = document("far", "Kerho", municipality_name="Kouvola", place="Talo")
    finder = engine([far, town, near], knowledge())
    assert found(finder, question) == ["near", "town", "far"]
    assert ask(finder, question).understood["municipality"] == "297"
