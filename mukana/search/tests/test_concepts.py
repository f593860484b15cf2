"""Concepts are found in words, names of several words and sayings."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mukana.search.analysis.analyser import analyse
from mukana.search.analysis.words import words_of
from mukana.search.concepts.compiling import Tables, compile_lexicon, said_of, saying_terms
from mukana.search.concepts.leanings import leanings, learned
from mukana.search.concepts.matching import matches
from mukana.search.concepts.sayings import sayings
from mukana.search.concepts.words import Word
from mukana.search.index.terms import word_of
from mukana.search.lexicon import load
from mukana.search.lexicon.rules import lexicon_of
from mukana.search.tests.engine import lexicon

TEXT = """
[water_exercise] toiminta
fi: vesijumppa, vesivoimistelu
sv: vattengymnastik
vihje: allas

[smoking] palvelu
fi: tupakoinnin lopettaminen, savuttomuus, tupakka

[sleep] tarve
fi: uni
sanoo:
  ajatukset pyörivät öisin
  en saa unta

[alone] tarve
fi: yksinäisyys
sanoo:
  minulla ei ole ketään
"""
TABLES: Tables = compile_lexicon(lexicon(TEXT), analyse)


def named(text: str) -> dict[str, float]:
    words = [word_of(form, analyse(form)) for form in words_of(text)]
    return {match.concept: match.strength for match in matches(words, TABLES)}


def said(text: str) -> list[str]:
    return [
        concept
        for concept, _ in sayings([saying_terms(word, analyse(word).lemmas, analyse(word).roots) for word in words_of(text)], TABLES)
    ]


def test_a_label_is_found_in_any_form() -> None:
    assert named("Torstain vesijumpassa") == {"water_exercise": 1.0}
    assert named("vattengymnastik") == {"water_exercise": 1.0}


def test_a_hint_counts_less_than_a_label() -> None:
    assert 0 < named("altaassa")["water_exercise"] < 0.6


def test_a_name_of_several_words_may_have_a_word_between() -> None:
    assert "smoking" in named("Apua tupakoinnin lopettamiseen")
    assert "smoking" in named("tupakoinnin helppo lopettaminen")


def test_a_part_of_a_compound_names_with_less_strength() -> None:
    assert named("tupakanpoltto")["smoking"] < named("tupakka")["smoking"]


def test_a_saying_is_found_by_its_rare_words_in_any_order() -> None:
    assert said("iltaisin pyörii ajatukset") == ["sleep"]


def test_a_negation_alone_says_nothing() -> None:
    assert said("nettipankki ei aukea") == []
    assert said("minulla ei ole ketään") == ["alone"]


def test_a_question_nobody_wrote_leans_by_its_words() -> None:
    words = [word_of(form, analyse(form)) for form in words_of("öinen valvominen, ajatuksia")]
    ranked = leanings(words, TABLES.leanings, TABLES.concepts)
    assert ranked[0][0] == "sleep"
    assert 0 < ranked[0][1] <= 1


def test_the_shipped_sayings_lean_to_their_own_concept_when_left_out() -> None:
    shipped = load()
    own = Counter(concept.id for _, concept in shipped.phrases())
    asked = [(phrase, concept.id) for phrase, concept in shipped.phrases() if own[concept.id] >= 5][::120]
    right = 0
    for phrase, concept in asked:
        without = lexicon_of(replace(c, phrases=tuple(p for p in c.phrases if p != phrase)) for c in shipped)
        words = [word_of(form, analyse(form)) for form in words_of(phrase)]
        ranked = leanings(words, learned(said_of(without, analyse), len(shipped)), len(shipped))
        right += concept in [name for name, _ in ranked[:3]]
    assert right / len(asked) >= 0.6


@given(st.lists(st.text(max_size=12), max_size=20))
def test_matching_stays_inside_the_words(forms: list[str]) -> None:
    words = [Word(form, (form,)) for form in forms]
    for match in matches(words, TABLES):
        assert 0 <= match.start < match.end <= len(words)
        assert 0 < match.strength <= 1
