"""The shipped lexicon holds together and stays light."""

from __future__ import annotations

import sys
import time
import tracemalloc

import pytest

from mukana.search.lexicon import Concept, Lexicon, LexiconError, default_text, from_text, load, parse, write
from mukana.search.lexicon.codes import AUDIENCES, FACETS, FEATURES, KINDS, TOPICS
from mukana.search.lexicon.loader import DATA, VOCABULARY
from mukana.search.lexicon.vocabulary import read_rows, with_vocabulary

NEEDS_AT_LEAST = 110
PHRASES_OF_A_NEED = 6


@pytest.fixture(scope="module")
def edited() -> Lexicon:
    return from_text(default_text(), vocabulary=False)


def concept_of(word: str) -> set[str]:
    return {concept.id for label, _, concept in load().words() if label == word}


def test_the_lexicon_is_as_rich_as_promised() -> None:
    assert len(load()) >= 500
    assert sum(1 for _ in load().words()) + sum(1 for _ in load().phrases()) >= 5_000


def test_every_code_is_one_of_the_directorys(edited: Lexicon) -> None:
    for concept in edited:
        assert concept.kind in KINDS
        assert set(concept.topics) <= TOPICS, concept.id
        assert set(concept.audience) <= AUDIENCES, concept.id
        assert set(concept.features) <= FEATURES, concept.id
        assert all(code in FACETS[facet] for facet, code in concept.facets), concept.id


def test_every_topic_and_audience_is_reached_by_some_concept(edited: Lexicon) -> None:
    assert {topic for concept in edited for topic in concept.topics} == TOPICS
    assert {audience for concept in edited for audience in concept.audience} == AUDIENCES
    assert {feature for concept in edited for feature in concept.features} == FEATURES


def test_needs_speak_in_phrases_and_lead_somewhere(edited: Lexicon) -> None:
    needs = edited.of_kind("need")
    assert len(needs) >= NEEDS_AT_LEAST
    for need in needs:
        assert len(need.phrases) >= PHRASES_OF_A_NEED, need.id
        assert need.expands, need.id


def test_no_phrase_is_written_twice_for_one_need(edited: Lexicon) -> None:
    for concept in edited:
        assert len(concept.phrases) == len({phrase.casefold() for phrase in concept.phrases})


def test_every_activity_and_service_has_names_in_three_languages(edited: Lexicon) -> None:
    lacking = [
        concept.id
        for concept in edited
        if concept.kind in {"activity", "service", "need"} and not {"fi", "sv", "en"} <= set(concept.labels)
    ]
    assert lacking == []


def test_the_shipped_text_survives_writing_and_reading(edited: Lexicon) -> None:
    again = parse(write(edited))
    assert isinstance(again, Lexicon)
    assert again.concepts == edited.concepts


@pytest.mark.parametrize(
    ("own", "relatives", "service"),
    [
        ("alcohol", "substance_relative", "substance_family"),
        ("gambling_need", "gambling_relative", "gambling_help"),
        ("memory_need", "memory_relative", "memory_test"),
        ("mental_illness_need", "mental_relative", "mental_relatives_group"),
        ("neurodiversity_need", "adhd_child", "neurodiversity_group"),
        ("teen_trouble", "teen_parent_need", "teen_parents_group"),
    ],
)
def test_a_relatives_need_is_another_than_ones_own(edited: Lexicon, own: str, relatives: str, service: str) -> None:
    assert set(edited.by_id[own].phrases).isdisjoint(edited.by_id[relatives].phrases)
    assert max(edited.by_id[relatives].expands, key=lambda link: link[1])[0] == service


def test_no_saying_speaks_of_two_needs(edited: Lexicon) -> None:
    owners: dict[str, set[str]] = {}
    for phrase, concept in edited.phrases():
        owners.setdefault(phrase.casefold(), set()).add(concept.id)
    assert {phrase: held for phrase, held in owners.items() if len(held) > 1} == {}


@pytest.mark.parametrize(
    ("word", "concept"),
    [
        ("vesivoimistelu", "water_exercise"),
        ("erityisliikunta", "adapted_exercise"),
        ("laihdutus", "weight_group"),
        ("pulikointi", "swimming"),
        ("nörttituki", "digital_help"),
        ("mummo", "older"),
        ("mamu", "immigrants"),
        ("simhall", "swimming_hall"),
        ("loneliness", "loneliness"),
        ("elintapaneuvonta", "lifestyle_guidance"),
        ("liikuntaresepti", "exercise_counselling"),
        ("kuljetuspalvelu", "transport_service"),
    ],
)
def test_a_word_finds_its_concept(word: str, concept: str) -> None:
    assert concept in concept_of(word)


def test_the_national_vocabulary_never_moves_an_edited_word(edited: Lexicon) -> None:
    for label, language, concept in edited.words():
        assert label in load().by_id[concept.id].labels[language]
    clash = with_vocabulary(edited, "koko_1\tservice\tuinti|uiskentelu\tsimning\tswimming\n")
    assert "uiskentelu" in clash.by_id["swimming"].labels["fi"]
    assert "koko_1" not in clash.by_id


def test_a_vocabulary_row_of_wrong_width_is_refused_with_its_line() -> None:
    with pytest.raises(ValueError, match="line 2"):
        list(read_rows("# note\na\tb\n"))


def test_the_vocabulary_file_carries_its_licence() -> None:
    assert "CC BY 4.0" in VOCABULARY.read_text(encoding="utf-8")[:500]


def test_a_broken_text_raises_with_all_its_problems() -> None:
    with pytest.raises(LexiconError, match="Rivi 1") as raised:
        from_text("roskaa\n")
    assert raised.value.problems


def test_the_files_are_small_enough_for_a_text_box() -> None:
    assert len(default_text()) < 400_000
    assert all(path.stat().st_size < 150_000 for path in DATA.iterdir())


def test_the_lexicon_loads_fast_and_takes_little_memory() -> None:
    times = []
    for _ in range(3):
        load.cache_clear()
        started = time.process_time()
        load()
        times.append(time.process_time() - started)
    measured = sys.gettrace() is not None  # by coverage, which slows every call
    assert min(times) < (1.5 if measured else 0.3)  # 0.07 s alone on a laptop; tests share the machine
    load.cache_clear()
    tracemalloc.start()
    held: Lexicon = load()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(held.concepts[0], Concept)
    assert size < 8_000_000
