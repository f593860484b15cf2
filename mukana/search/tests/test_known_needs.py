"""Needs that the asker is known to have come with the question."""

from __future__ import annotations

from pathlib import Path

from mukana.search.tests.engine import document, engine, found


def test_a_known_need_finds_what_answers_it_though_no_word_is_shared(fresh_index: Path) -> None:
    finder = engine([document("a", "Talousneuvonta"), document("b", "Tanssit")])
    assert found(finder, "Kirjeet jäävät avaamatta", needs=((1.0, (("money_need", 1.0),)),))[0] == "a"
    assert found(finder, "", needs=((1.0, (("money_need", 1.0),)),))[0] == "a"


def test_words_only_help_beside_known_needs_and_unknown_concepts_say_nothing(fresh_index: Path) -> None:
    finder = engine([document("a", "Talousneuvonta"), document("b", "Tanssit")])
    assert found(finder, "tanssi", needs=((1.0, (("money_help", 1.0),)),)) == ["a", "b"]
    assert found(finder, "tanssi", needs=((1.0, (("no_such_concept", 1.0),)),)) == ["b"]


def test_the_same_words_with_other_needs_are_another_question(fresh_index: Path) -> None:
    finder = engine([document("a", "Talousneuvonta"), document("b", "Sururyhmä")])
    assert found(finder, "apua", needs=((1.0, (("money_help", 1.0),)),))[0] == "a"
    assert found(finder, "apua", needs=((1.0, (("grief_group", 1.0),)),))[0] == "b"
