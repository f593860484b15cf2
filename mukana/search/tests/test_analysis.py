"""Words become base forms, parts and roots."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.search.analysis.analyser import analyse
from mukana.search.analysis.gazetteer import municipality_code
from mukana.search.analysis.guess import foreign_stems
from mukana.search.analysis.interpret import lemma_of, parts_of
from mukana.search.analysis.ready import packed, unpacked
from mukana.search.analysis.words import folded, words_of


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("vesijumpat", "vesijumppa"),
        ("omaishoitajien", "omaishoitaja"),
        ("vertaistuen", "vertaistuki"),
        ("tanssimaan", "tanssia"),
        ("jumppaa", "jumppa"),
        ("jumppaa", "jumpata"),
        ("digineuvontaa", "digineuvonta"),
        ("Varkaudessa", "varkaus"),
        ("Joroisissa", "joroinen"),
        ("isä-lapsiryhmään", "isä-lapsiryhmä"),
    ],
)
def test_an_inflected_word_has_its_base_form(form: str, lemma: str) -> None:
    assert lemma in analyse(form).lemmas


@pytest.mark.parametrize(
    ("form", "parts"),
    [
        ("painonhallintaryhmään", {"paino", "hallinta", "ryhmä", "painonhallinta"}),
        ("vertaistuki", {"vertais", "tuki"}),
        ("tupakastavieroitus", {"tupakka", "vieroitus"}),
        ("vauvamuskari", {"vauva", "muskari"}),
    ],
)
def test_a_compound_is_open_to_its_parts(form: str, parts: set[str]) -> None:
    assert parts <= set(analyse(form).parts)


@pytest.mark.parametrize(("form", "root"), [("uinti", "uida"), ("keilailu", "keilata"), ("tanssimaan", "tanssi"), ("jumppaa", "jumppa")])
def test_a_doing_and_its_verb_share_a_term(form: str, root: str) -> None:
    analysis = analyse(form)
    assert root in analysis.roots + analysis.lemmas


def test_inflected_forms_of_an_unknown_word_meet() -> None:
    one, other = analyse("pilatesta"), analyse("pilateksen")
    assert "pilates" in set(one.roots) & set(other.roots)
    assert not one.known


def test_a_silly_compound_gives_way_to_a_simple_word() -> None:
    assert not analyse("tanssimaan").heads
    assert "kela" not in analyse("kelaajat").parts


def test_the_surface_of_every_part_but_the_last_stands_in_the_base_form() -> None:
    output = "[Lnl][Xp]omainen[X]omais[Bh][Bc][Lt][Xp]hoitaa[X]hoita[Ln][Xj]ja[X][Sg][Nm]jien"
    parts = parts_of(output)
    assert lemma_of(parts) == "omaishoitaja"
    assert parts[-1].roots == ("hoitaa",)


def test_swedish_and_english_forms_share_a_stem() -> None:
    assert foreign_stems("promenad")[0] == foreign_stems("promenader")[0]
    assert foreign_stems("swimming")[1] == foreign_stems("swims")[1]


@pytest.mark.parametrize(("form", "code"), [("Kuopiossa", "297"), ("iisalmelle", "140"), ("Varkaudesta", "915"), ("jumppa", "")])
def test_a_municipality_is_known_in_its_cases(form: str, code: str) -> None:
    assert municipality_code(form.lower()) == code


def test_a_town_whose_name_is_two_words_gives_one() -> None:
    assert "koski" in analyse("koski").lemmas
    assert not any(" " in lemma for lemma in analyse("koski").lemmas)


@given(st.text(max_size=200))
def test_any_word_can_be_analysed_remembered_and_recalled(text: str) -> None:
    for word in words_of(text):
        analysis = analyse(word)
        assert analysis.lemmas
        assert unpacked(packed(analysis)) == analysis


@given(st.text(max_size=10_000))
def test_words_never_hold_blanks_or_the_marks_of_the_index(text: str) -> None:
    for word in words_of(text):
        assert word == word.strip()
        assert not set(word) & set(" \t\n|#^_=") - {"_"}


@given(st.text(max_size=50))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)
