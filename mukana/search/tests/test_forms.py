"""Whatever stands in the address of the search, a question comes out."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from mukana.search.asked import FEATURES, LISTS, Asked
from mukana.search.forms import LONGEST, read

WORDS = [*LISTS, *FEATURES, "q", "km", "hinta", "alkaen", "asti", "jarjesta", "sivu", "tarve", "utm_source"]
VALUES = st.one_of(
    st.text(max_size=40), st.sampled_from(["wed", "morning", "297", "Kuopio", "older", "on_site", "1", "10", "2026-11-24", "maksuton"])
)


def asked(query: str) -> Asked:
    return read(QueryDict(query)).asked


@given(st.lists(st.tuples(st.sampled_from(WORDS), VALUES), max_size=12))
def test_no_address_is_refused_and_reading_it_again_says_the_same(pairs: list[tuple[str, str]]) -> None:
    params = QueryDict(mutable=True)
    for word, value in pairs:
        params.appendlist(word, value)
    once = read(params).asked
    again = read(QueryDict(once.query().removeprefix("?")))
    assert again.asked == once
    assert again.problems == ()


def test_every_word_of_the_address_has_its_meaning() -> None:
    one = asked("q=vesi&paiva=wed&aika=evening&hinta=maksuton&kohde=older&esteeton=step_free&km=10&kyyti=1&alkaen=24.11.2026&jarjesta=pian")
    assert one == Asked(
        text="vesi", weekdays=("wed",), dayparts=("evening",), free=True, audiences=("older",), accessibility=("step_free",),
        km=10, features=("ride",), starts_from=date(2026, 11, 24), sort="pian",
    )  # fmt: skip


def test_a_municipality_goes_by_name_or_code() -> None:
    assert asked("kunta=kuopio").municipalities == asked("kunta=297").municipalities == ("297",)


def test_a_very_long_question_is_read_to_a_length_and_told() -> None:
    long = read(QueryDict("q=" + "a" * 10_000))
    assert len(long.asked.text) == LONGEST
    assert len(long.problems) == 1


def test_what_is_not_understood_is_left_out_and_told_once() -> None:
    strange = read(QueryDict("paiva=xyz&km=far&sivu=-1&alkaen=eilen&kohde=older"))
    assert strange.asked == Asked(audiences=("older",))
    assert len(strange.problems) == 1


def test_unknown_words_of_the_address_disturb_nobody() -> None:
    assert read(QueryDict("utm_source=x&foo=1")).problems == ()


def test_days_in_the_wrong_order_are_turned() -> None:
    one = asked("alkaen=2026-12-01&asti=2026-11-24")
    assert one.starts_from == date(2026, 11, 24)
    assert one.starts_until == date(2026, 12, 1)


def test_a_condition_pressed_twice_is_off_again_and_the_page_is_the_first() -> None:
    one = Asked(text="vesi", page=3)
    on = one.toggled("weekdays", ("wed",))
    assert (on.weekdays, on.page) == (("wed",), 1)
    assert on.toggled("weekdays", ("wed",)).weekdays == ()


def test_a_distance_without_a_place_limits_nothing() -> None:
    assert Asked(km=5).filters(None).within_km is None
    assert Asked(km=5).filters((62.9, 27.7)).within_km == 5.0
