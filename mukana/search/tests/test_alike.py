"""What is told in the same words is ranked alike, and a saying hears a repeated word once."""

from __future__ import annotations

from pathlib import Path

from mukana.search.concepts.sayings import sayings
from mukana.search.index.alike import first_sentence, told_alike
from mukana.search.tests.engine import ask, document, engine, knowledge


def test_only_texts_that_say_enough_are_told_alike() -> None:
    told = told_alike("Kun läheinen on poissa.", first_sentence("Muistellaan yhdessä. Tiistaisin klo 10."))
    assert told == told_alike("Kun läheinen on poissa. ", first_sentence(" Muistellaan yhdessä! Torstaisin."))
    assert told != told_alike("Kun läheinen on poissa.", first_sentence("Kahvitellaan."))
    assert told_alike("Tervetuloa!", "") == 0


def test_the_one_with_fewer_labels_stands_beside_its_twin(fresh_index: Path) -> None:
    text = ("Tule sellaisena kuin olet.", "Istutaan ja jutellaan kiireettä viikon kuulumiset.")
    labelled = document("a", "Tiistaipöytä", *text, labels=("yksinäisyys",))
    finder = engine([labelled, document("b", "Torstaipöytä", *text)])
    scores = {hit.entry_id: hit.score for hit in ask(finder, "yksinäisyys, jutella").hits}
    assert scores["a"] > scores["b"] > 0.7 * scores["a"]


def test_a_word_said_twice_is_heard_once() -> None:
    said = [{"ei": 1.0}, {"olla": 1.0}, {"olla": 1.0}, {"kortti": 1.0}]
    assert dict(sayings(said, knowledge().tables)).get("loneliness", 0.0) < 0.7
