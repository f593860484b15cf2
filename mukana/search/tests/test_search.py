"""Questions against a small directory: what comes first, what lifts, what limits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mukana.lib.moments import ZONE
from mukana.search.index.document import SearchDocument
from mukana.search.ranking.finding import Finder
from mukana.search.rules import Filters
from mukana.search.tests.engine import NOW, ask, document, engine, found

WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=ZONE)
THURSDAY = datetime(2026, 11, 26, 17, 30, tzinfo=ZONE)
KUOPIO, IISALMI = (62.893, 27.679), (63.559, 27.190)


def weekly(first: datetime) -> tuple[datetime, ...]:
    return tuple(first + timedelta(weeks=week) for week in range(4))


def directory() -> list[SearchDocument]:
    kuopio = {"municipality": "297", "municipality_name": "Kuopio", "lat": KUOPIO[0], "lon": KUOPIO[1]}
    iisalmi = {"municipality": "140", "municipality_name": "Iisalmi", "lat": IISALMI[0], "lon": IISALMI[1]}
    return [
        document("tuoli-k", "Tuolijumppa", "Kevyttä jumppaa", occurrences=weekly(WEDNESDAY), free=True, audiences=("older",), **kuopio),
        document("tuoli-i", "Tuolijumppa", "Kevyttä jumppaa istuen", occurrences=weekly(THURSDAY), **iisalmi),
        document("vesi", "Vesijumppa", "Rauhallinen tahti altaassa", occurrences=weekly(THURSDAY), features=("coffee",), **kuopio),
        document("vesi-kurssi", "Vesiturvallisuuden kurssi", "Pelastaminen vedestä", **iisalmi),
        document("kävely", "Kävelyryhmä", "Kävellään rannassa yhdessä", accessibility=("step_free",), **kuopio),
        document("video", "Aamun venytys", "Kymmenen minuutin video", kind="video", form="video_home"),
        document("mennyt", "Jumppatapahtuma", "Oli viime viikolla", last_end=NOW - timedelta(days=5), **kuopio),
        document("digi", "Digineuvonta kirjastossa", "Apua nettipankkiin ja puhelimeen", organisation="Kuopion kaupunki", **kuopio),
        SearchDocument("sv", "group", {"sv": "Promenadgrupp"}, {"sv": "Vi går i lugn takt"}, languages=("sv",), **kuopio),
    ]


@pytest.fixture
def finder(fresh_index: Path) -> Finder:
    return engine(directory())


def test_the_whole_compound_comes_before_its_parts(finder: Finder) -> None:
    order = found(finder, "vesijumpassa")
    assert order[0] == "vesi"
    assert order.index("vesi") < order.index("tuoli-k")


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("kavelyryhma", "kävely"),
        ("digi neuvonta", "digi"),
        ("nettipankki ei aukea", "digi"),
        ("promenader", "sv"),
        ("vesivoimistelu", "vesi"),
    ],
)
def test_a_question_in_any_shape_finds_the_right_one(finder: Finder, question: str, first: str) -> None:
    assert found(finder, question)[0] == first


def test_a_mended_word_is_told(finder: Finder) -> None:
    assert ask(finder, "tuolijumpa").corrected == {"tuolijumpa": "tuolijumppa"} or found(finder, "tuolijumpa")[0].startswith("tuoli")
    assert ask(finder, "kavelyryhma").corrected == {"kavelyryhma": "kävelyryhmä"}


def test_a_municipality_lifts_but_never_hides(finder: Finder) -> None:
    result = ask(finder, "tuolijumppaa Iisalmessa")
    assert result.understood["municipality"] == "140"
    assert [hit.entry_id for hit in result.hits][:2] == ["tuoli-i", "tuoli-k"]


def test_a_municipality_in_no_table_is_learned_from_the_entries(fresh_index: Path) -> None:
    places = [document(name, "Tuolijumppa", municipality_name=name) for name in ("Lohiniemi", "Harjunsalo", "Vaarakylä")]
    finder = engine(places)
    for asked, name in (("Harjunsalossa", "Harjunsalo"), ("Lohiniemellä", "Lohiniemi"), ("Vaarakylän", "Vaarakylä")):
        assert found(finder, f"tuolijumppaa {asked}")[0] == name
        assert found(finder, asked)[0] == name


def test_a_weekday_and_an_audience_lift(finder: Finder) -> None:
    assert found(finder, "tuolijumppa torstaina")[0] == "tuoli-i"
    assert found(finder, "tuolijumppa ikäihmisille")[0] == "tuoli-k"


def test_what_has_ended_is_hidden_unless_asked_for(finder: Finder) -> None:
    assert "mennyt" not in found(finder, "jumppa")
    assert "mennyt" in found(finder, "jumppa", include_past=True)


def test_undated_entries_never_end(finder: Finder) -> None:
    assert "video" in found(finder, "venytys")


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(municipalities=("140",)), {"tuoli-i", "vesi-kurssi"}),
        (Filters(weekdays=("wed",)), {"tuoli-k"}),
        (Filters(weekdays=("thu",), dayparts=("morning",)), set()),
        (Filters(weekdays=("thu",), dayparts=("evening",)), {"tuoli-i", "vesi"}),
        (Filters(free=True), {"tuoli-k"}),
        (Filters(forms=("video_home", "remote_together")), {"video"}),
        (Filters(features=("coffee",)), {"vesi"}),
        (Filters(accessibility=("step_free",)), {"kävely"}),
        (Filters(languages=("sv",)), {"sv"}),
        (Filters(origin=IISALMI, within_km=20), {"tuoli-i", "vesi-kurssi"}),
        (Filters(starts_from=WEDNESDAY.date(), starts_until=WEDNESDAY.date()), {"tuoli-k"}),
        (Filters(audiences=("older",), municipalities=("297",)), {"tuoli-k"}),
    ],
)
def test_conditions_limit(finder: Finder, filters: Filters, ids: set[str]) -> None:
    result = ask(finder, "", filters=filters)
    assert {hit.entry_id for hit in result.hits} == ids
    assert result.total == len(ids)


def test_it_is_told_how_many_one_condition_hides(finder: Finder) -> None:
    result = ask(finder, "tuolijumppa", filters=Filters(municipalities=("140",), free=True))
    assert result.left_out["free"] >= 1
    assert result.left_out["municipalities"] >= 1


def test_facets_are_counted_as_if_their_own_choice_was_off(finder: Finder) -> None:
    counts = ask(finder, "", facets=True, filters=Filters(municipalities=("140",))).facets
    assert counts["municipality"] == {"297": 5, "140": 2}
    assert counts["weekday"] == {"thu": 1}


def test_the_reason_shows_the_entrys_own_word(finder: Finder) -> None:
    reason = ask(finder, "kävelyryhmään").hits[0].reasons[0]
    assert (reason.asked, reason.found) == ("kävelyryhmään", "kävelyryhmä")
    assert "kävelyryhmä" in ask(finder, "kävelyryhmään").highlight


def test_distances_are_given_from_the_origin(finder: Finder) -> None:
    near = {hit.entry_id: hit.distance_km for hit in ask(finder, "tuolijumppa", filters=Filters(origin=KUOPIO)).hits}
    assert near["tuoli-k"] == pytest.approx(0, abs=0.1)
    assert near["tuoli-i"] == pytest.approx(78, abs=3)


def test_pages_follow_each_other_without_a_gap(finder: Finder) -> None:
    whole = found(finder, "jumppa", limit=5)
    assert found(finder, "jumppa", limit=2) + found(finder, "jumppa", limit=3, offset=2) == whole


def test_without_words_what_begins_soonest_comes_first(finder: Finder) -> None:
    assert found(finder, "")[0] == "tuoli-k"


def test_a_word_that_can_be_related_never_gives_an_empty_answer(finder: Finder) -> None:
    assert found(finder, "venytyksellisyys")
    assert found(finder, "kirjastonhoitokone")


@pytest.fixture(scope="module")
def any_finder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Finder]:
    held: list[Finder] = []

    def make() -> Finder:
        if not held:
            from django.test.utils import override_settings

            with override_settings(INDEX_ROOT=tmp_path_factory.mktemp("index")):
                held.append(engine(directory()))
        return held[0]

    return make


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=10_000), st.text(alphabet="🙂אבגد jumppa#^_=|\t\n\0", max_size=400)))
def test_any_string_is_answered(any_finder: Callable[[], Finder], text: str) -> None:
    result = ask(any_finder(), text)
    assert result.total >= len(result.hits) >= 0


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(codes=st.permutations(["297", "140", "915"]), text=st.sampled_from(["jumppa", "", "vesijumppa keskiviikkona"]))
def test_the_order_of_codes_does_not_matter(any_finder: Callable[[], Finder], codes: list[str], text: str) -> None:
    finder = any_finder()
    one = ask(finder, text, filters=Filters(municipalities=tuple(codes)))
    assert one == ask(finder, text, filters=Filters(municipalities=tuple(sorted(codes))))
