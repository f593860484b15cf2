"""Reading a question out of an address."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.api.reading import BadParameter, Slice, moment
from mukana.api.rules import EventQuestion, event_question, named_question
from mukana.lib.moments import ZONE

NOW = datetime(2026, 11, 22, 10, 0, 30, tzinfo=ZONE)
NAMES = ("page", "page_size", "include", "sort", "start", "end", "location", "keyword", "ids", "weekday", "text", "is_free", "full_text")


def asked(**parameters: str) -> EventQuestion:
    return event_question({name: [value] for name, value in parameters.items()}, NOW)


def start(words: str, *, at_end: bool = False) -> str:
    found = moment({"start": [words]}, "start", NOW, at_end=at_end)
    assert found is not None
    return found.isoformat()


def test_nothing_asked_is_the_first_page_of_what_changed_last() -> None:
    assert event_question({}, NOW) == EventQuestion(slice=Slice(1, 20), sort="-last_modified_time")


def test_parameters_nobody_knows_are_passed_over() -> None:
    assert asked(nuotio="1", format="json") == asked()


def test_a_page_size_above_the_largest_is_the_largest() -> None:
    assert asked(page_size="5000").slice.size == 100


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("2026-12-01", "2026-12-01T00:00:00+02:00"),
        ("2026-07-01", "2026-07-01T00:00:00+03:00"),
        ("today", "2026-11-22T00:00:00+02:00"),
        ("now", "2026-11-22T10:00:00+02:00"),
        ("2026-12-01T10:00:00Z", "2026-12-01T12:00:00+02:00"),
        ("2026-12-01T10:00", "2026-12-01T10:00:00+02:00"),
        ("2026-12-01T10:00:00 02:00", "2026-12-01T10:00:00+02:00"),
    ],
)
def test_a_start_is_a_date_a_moment_today_or_now(words: str, meant: str) -> None:
    assert start(words) == meant


def test_a_date_as_an_end_is_its_last_instant_on_short_and_long_days_too() -> None:
    assert start("2026-11-22", at_end=True) == "2026-11-22T23:59:59.999999+02:00"
    assert start("2026-10-25", at_end=True) == "2026-10-25T23:59:59.999999+02:00"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "0"), ("page", "-1"), ("page", "x"), ("page", "9" * 40), ("page", "٣"), ("page_size", "kaksi"), ("start", "huomenna"),
        ("start", "2026-13-01"), ("end", "0001-01-01"), ("start", "9999-12-31T23:59:59-23:00"), ("weekday", "8"), ("weekday", "ma"),
        ("sort", "satunnainen"), ("is_free", "ehkä"), ("ids", ",".join(map(str, range(400)))), ("text", "a\x00b"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_the_parameters_name(name: str, value: str) -> None:
    with pytest.raises(BadParameter) as refusal:
        asked(**{name: value})
    assert refusal.value.status == 400
    assert refusal.value.sentence.startswith(name)
    assert refusal.value.sentence.endswith(".")


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), st.lists(st.text(max_size=40), max_size=3)))
def test_any_address_is_either_read_or_refused(parameters: dict[str, list[str]]) -> None:
    try:
        question = event_question(parameters, NOW)
        named_question(parameters, "show_all_places")
    except BadParameter:
        return
    assert 1 <= question.slice.size <= 100
    assert question.include <= {"location", "keywords"}


def test_the_conditions_of_a_list_are_the_same_on_every_page() -> None:
    assert asked(page="3", include="location", weekday="1").conditions == asked(weekday="1", sort="name").conditions
