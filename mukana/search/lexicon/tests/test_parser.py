"""The lexicon file: what it may say, and how it is told what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.search.lexicon.codes import AUDIENCES, FEATURES, KINDS, LANGUAGES, TOPICS
from mukana.search.lexicon.parser import parse
from mukana.search.lexicon.rules import Concept, Lexicon, Problem, lexicon_of
from mukana.search.lexicon.writing import write

SWIMMING = """
# a note
[swimming] toiminta
fi: uinti,  uida
sv: simning
vihje: allas
sanoo:
  haluan uimaan
  pääsisikö uimaan, onko uimavuoroja
vie: hall 40
aihe: swimming
kenelle: older
piirre: beginner
ehto: form=on_site

[hall] paikka
fi: uimahalli   # the building
"""


def read(text: str, base: Lexicon | None = None) -> Lexicon:
    lexicon = parse(text, base)
    assert isinstance(lexicon, Lexicon), [str(problem) for problem in lexicon]
    return lexicon


def problems(text: str) -> list[Problem]:
    found = parse(text)
    assert isinstance(found, list)
    return found


def test_a_block_becomes_a_concept_with_all_its_parts() -> None:
    swimming = read(SWIMMING).by_id["swimming"]
    assert swimming == Concept(
        id="swimming",
        kind="activity",
        labels={"fi": ("uinti", "uida"), "sv": ("simning",)},
        phrases=("haluan uimaan", "pääsisikö uimaan", "onko uimavuoroja"),
        expands=(("hall", 0.4),),
        topics=("swimming",),
        audience=("older",),
        features=("beginner",),
        clues=("allas",),
        facets=(("form", "on_site"),),
    )


def test_the_first_finnish_word_is_the_concepts_name() -> None:
    assert read(SWIMMING).by_id["swimming"].name == "uinti"


def test_a_link_without_a_number_weighs_half() -> None:
    text = "[a] toiminta\nfi: yksi\nvie: b\n[b] toiminta\nfi: kaksi\n"
    assert read(text).by_id["a"].expands == (("b", 0.5),)


def test_an_addition_lengthens_a_known_concept_and_may_take_words_away() -> None:
    more = read("[swimming]\nfi: pulikointi\npoista: Uida\n", base=read(SWIMMING))
    assert more.by_id["swimming"].labels["fi"] == ("uinti", "pulikointi")
    assert more.by_id["hall"].labels["fi"] == ("uimahalli",)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("fi: uinti", 1, "otsikko"),
        ("[Uinti] toiminta\nfi: uinti", 1, "pienin kirjaimin"),
        ("[swim] toimnta\nfi: uinti", 1, "Laji ”toimnta” on tuntematon"),
        ("[swim]\nfi: uinti", 1, "puuttuu laji"),
        ("[swim] toiminta", 1, "ei ole yhtään sanaa"),
        ("[swim] toiminta\nsanao: uimaan", 2, "Tarkoititko ”sanoo:”"),
        ("[swim] toiminta\nfi: uinti\nhöpö höpö", 3, "ei ymmärretty"),
        ("[swim] toiminta\n  uinti", 2, "jatkaa edellistä"),
        ("[swim] toiminta\nfi: uinti\naihe: swiming", 3, "Tarkoititko ”swimming”"),
        ("[swim] toiminta\nfi: uinti\nkenelle: mummot", 3, "Kohderyhmää ”mummot” ei ole"),
        ("[swim] toiminta\nfi: uinti\npiirre: kahvi", 3, "Piirrettä ”kahvi” ei ole"),
        ("[swim] toiminta\nfi: uinti\nehto: form=moon", 3, "Ehtoa ”form=moon” ei ole"),
        ("[swim] toiminta\nfi: uinti\nvie: halli 30", 3, "jota ei ole"),
        ("[swim] toiminta\nfi: uinti\nvie: swim 30", 3, "itseensä"),
        ("[swim] toiminta\nfi: uinti\npaino: paljon", 3, "nollasta sataan"),
        ("[swim] toiminta\nfi: uinti\npaino: 101", 3, "nollasta sataan"),
        ("[a] toiminta\nfi: uinti\n[a] toiminta\nfi: vesi", 3, "on jo rivillä 1"),
        ("[a] toiminta\nfi: Uinti\n[b] toiminta\nfi: uinti", 3, "sekä käsitteessä [a] että"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_a_sentence(text: str, line: int, words: str) -> None:
    told = [str(problem) for problem in problems(text)]
    assert any(one.startswith(f"Rivi {line}: ") and words in one for one in told), told


def test_every_mistake_is_told_at_once_in_line_order() -> None:
    lines = [problem.line for problem in problems("[a] toiminta\naihe: x\npiirre: y\n[b] huono\nfi: b")]
    assert lines == sorted(lines)
    assert {2, 3, 4} <= set(lines)


def test_one_word_may_mean_concepts_of_two_kinds() -> None:
    assert len(read("[a] toiminta\nfi: kirjasto\n[b] paikka\nfi: kirjasto\n")) == 2


@given(st.text(max_size=300))
def test_no_text_makes_the_parser_stumble(text: str) -> None:
    assert isinstance(parse(text), Lexicon | list)


_word = st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäö-", min_size=1, max_size=12).map(lambda word: f"x{word}")
_some = st.lists(_word, max_size=4, unique=True).map(tuple)


@st.composite
def lexicons(draw: st.DrawFn) -> Lexicon:
    names = draw(st.lists(_word, min_size=1, max_size=4, unique=True))
    ids = [f"c{number}" for number, _ in enumerate(names)]
    concepts = []
    for identity, name in zip(ids, names, strict=True):
        others = [other for other in ids if other != identity]
        targets = draw(st.lists(st.sampled_from(others), unique=True, max_size=2)) if others else []
        concepts.append(
            Concept(
                identity,
                draw(st.sampled_from(sorted(KINDS))),
                {draw(st.sampled_from(LANGUAGES)): (name,)},
                draw(_some),
                tuple((target, draw(st.integers(0, 100)) / 100) for target in targets),
                tuple(draw(st.lists(st.sampled_from(sorted(TOPICS)), unique=True, max_size=2))),
                tuple(draw(st.lists(st.sampled_from(sorted(AUDIENCES)), unique=True, max_size=2))),
                tuple(draw(st.lists(st.sampled_from(sorted(FEATURES)), unique=True, max_size=2))),
                draw(_some),
                weight=draw(st.integers(0, 100)) / 100,
            )
        )
    return lexicon_of(concepts)


@given(lexicons())
def test_what_is_written_is_read_back_the_same(lexicon: Lexicon) -> None:
    assert read(write(lexicon)).concepts == lexicon.concepts
