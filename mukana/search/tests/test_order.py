"""What comes before what: the rules of order that residents would notice, each on a few entries."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from mukana.search.analysis.analyser import analyse
from mukana.search.asking.kin import relatives
from mukana.search.asking.tokens import tokens_of
from mukana.search.ranking.nearness import NOWHERE, share
from mukana.search.rules import Filters
from mukana.search.tests.engine import ask, document, engine, found, knowledge, lexicon

KUOPIO, SIILINJARVI, KOUVOLA = (62.892, 27.677), (63.077, 27.660), (60.868, 26.704)
WORDS = """
[water_exercise] toiminta
fi: vesijumppa, allasjumppa
vie: swimming 40
aihe: water_exercise

[swimming] toiminta
fi: uinti, uiminen

[beach] paikka
fi: ranta

[debt_help] palvelu
fi: velkaneuvonta
aihe: money_advice

[alcohol] tarve
fi: päihde
sanoo:
  juon liikaa

[violence] tarve
fi: perheväkivalta
sanoo:
  mies lyö

[fillers] täytesana
fi: apu, haluan
paino: 15

[men] kohderyhmä
fi: mies, miehet
kenelle: men

[families] kohderyhmä
fi: faija, lapsiperhe
kenelle: families_small_children

[wednesday] ehto
fi: keskiviikko
ehto: weekday=wed
"""


@pytest.fixture
def words(fresh_index: Path) -> object:
    return knowledge(lexicon(WORDS))


def at(point: tuple[float, float], code: str, name: str) -> dict[str, object]:
    return {"lat": point[0], "lon": point[1], "municipality": code, "municipality_name": name, "form": "on_site"}


def test_a_filler_is_named_by_whole_words_only(words: object) -> None:
    finder = engine([document("a", "Apua päihteisiin"), document("b", "Apua arkeen")], words)  # type: ignore[arg-type]
    assert found(finder, "päihdeapua")[0] == "a"


def test_names_of_places_tell_of_no_concepts(words: object) -> None:
    entries = [document("a", "Neulekerho", place="Rantatalo", organisation="Rannan kudonta ry"), document("b", "Hiekkaa ja ranta")]
    finder = engine(entries, words)  # type: ignore[arg-type]
    assert found(finder, "rannalle")[0] == "b"
    assert not [hit for hit in ask(finder, "hiekkaranta").hits if hit.entry_id == "a" and hit.reasons[0].kind == "synonym"]


def test_a_relative_beside_a_need_is_not_whom_it_is_for(words: object) -> None:
    entries = [document("a", "Miesten ilta", audiences=("men",)), document("b", "Perheväkivalta puheeksi")]
    answer = ask(engine(entries, words), "mies lyö")  # type: ignore[arg-type]
    assert answer.hits[0].entry_id == "b"
    assert "audience" not in answer.understood


@pytest.mark.parametrize(
    ("text", "needy", "kin"),
    [("mieheni kuoli", False, {0}), ("mun mies juo", False, {1}), ("jumppaa miehille", False, set()), ("mies lyö", True, {0})],
)
def test_kin_is_told_by_a_possessive_or_a_need(text: str, needy: bool, kin: set[int]) -> None:
    assert relatives(tokens_of(text, analyse), needy) == kin


def test_the_named_town_then_its_neighbours_then_what_is_anywhere(words: object) -> None:
    entries = [
        document("far", "Allasjumppa", **at(KOUVOLA, "286", "Kouvola")),
        document("other", "Eläkeläisten kerho", "Alkuun pieni jumppa", **at(KUOPIO, "297", "Kuopio")),
        document("video", "Vesijumppa kotona", municipality="297", municipality_name="Kuopio", form="video_home"),
        document("near", "Vesijumppa", **at(SIILINJARVI, "749", "Siilinjärvi")),
        document("own", "Allasjumppa", **at(KUOPIO, "297", "Kuopio")),
    ]
    order = found(engine(entries, words), "allasjumppaa Kuopiossa")  # type: ignore[arg-type]
    assert order[:3] == ["own", "near", "video"]


def test_near_comes_before_far_when_it_is_known_where_one_is(words: object) -> None:
    entries = [document("far", "Vesijumppa", **at(KOUVOLA, "286", "Kouvola")), document("own", "Vesijumppa", **at(KUOPIO, "297", "Kuopio"))]
    finder = engine(entries, words)  # type: ignore[arg-type]
    assert found(finder, "vesijumppa", filters=Filters(origin=KUOPIO)) == ["own", "far"]
    assert found(finder, "vesijumppa", filters=Filters(origin=KOUVOLA)) == ["far", "own"]


def test_closeness_falls_with_every_kilometre() -> None:
    shares = [share(float(km) ** 2) for km in range(0, 600, 7)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1.0 > NOWHERE > shares[-1] > 0.3


def test_what_serves_the_whole_area_answers_any_town_after_its_own(words: object) -> None:
    entries = [
        document("else", "Velkaneuvonta", municipality_name="Suvanto"),
        document("all", "Velkaneuvonta", municipality_name="koko alue"),
        document("own", "Velkaneuvonta", municipality_name="Harjunsalo"),
    ]
    assert found(engine(entries, words), "velkaneuvonta Harjunsalossa") == ["own", "all", "else"]  # type: ignore[arg-type]


def test_an_odd_compound_is_split_before_it_is_spelled_anew(words: object) -> None:
    entries = [document("a", "Äijäporukka"), document("b", "Faijat ja muksut", audiences=("families_small_children",))]
    answer = ask(engine(entries, words), "faijaporukka")  # type: ignore[arg-type]
    assert answer.corrected == {}
    assert "b" in [hit.entry_id for hit in answer.hits]


def test_a_question_in_swedish_is_not_mended_as_finnish(fresh_index: Path) -> None:
    entries = [document("a", "Näön hoito"), document("b", "Juttuseuraa")]
    assert ask(engine(entries), "ensamhet, någon att prata med").corrected == {}


def test_the_best_reason_comes_first_and_a_town_last_with_its_capital(words: object) -> None:
    finder = engine([document("own", "Allasjumppa", **at(KUOPIO, "297", "Kuopio"))], words)  # type: ignore[arg-type]
    reasons = ask(finder, "Kuopiossa vesijumppaa").hits[0].reasons
    assert [(reason.kind, reason.found) for reason in reasons] == [("synonym", "allasjumppa"), ("place", "Kuopio")]


def test_what_nobody_has_confirmed_in_time_stands_behind_and_professionals_do_not_see_what_expired(fresh_index: Path) -> None:
    day = date(2026, 11, 22)
    finder = engine(
        [
            document("late", "Vesijumppa", late_on=day, expires_on=day + timedelta(days=1)),
            document("old", "Vesijumppa", late_on=day, expires_on=day),
            document("fresh", "Vesijumppa", late_on=day + timedelta(days=1)),
        ]
    )
    assert found(finder, "vesijumppa")[0] == "fresh"
    assert set(found(finder, "vesijumppa")) == {"late", "old", "fresh"}
    hidden = ask(finder, "vesijumppa", filters=Filters(referable_on=day))
    assert {hit.entry_id for hit in hidden.hits} == {"late", "fresh"}
    assert hidden.left_out == {"referable_on": 1}
