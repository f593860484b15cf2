"""Careful hands: whatever JSON comes, a value of the promised type goes out."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mukana.importers import values
from mukana.importers.tests.helpers import anything
from mukana.importers.tests.helpers import values as any_json


@given(any_json)
def test_any_value_gives_a_clean_line_prose_and_id(value: Any) -> None:
    line, prose, row_id = values.line(value), values.prose(value), values.identifier(value)
    assert "\n" not in line
    assert len(row_id) <= values.ID_LIMIT
    for text in (line, prose, row_id):
        assert "\x00" not in text
        text.encode("utf-8")


@given(any_json, any_json)
def test_any_two_values_give_a_point_in_finland_or_none(lat: Any, lon: Any) -> None:
    found = values.point(lat, lon)
    assert found == (None, None) or (found[0] is not None and 59 < found[0] < 71)


@given(anything)
def test_texts_without_a_name_are_no_texts(fields: dict[str, Any]) -> None:
    told = {field: values.translated(value) for field, value in fields.items() if field != "name"}
    assert values.texts_of(told) == {}


def test_a_missing_summary_is_the_beginning_of_the_description() -> None:
    long = "Tämä on ensimmäinen virke. " * 30
    texts = values.texts_of({"name": {"fi": "Jumppa"}, "description": {"fi": long}})
    assert texts["fi"]["summary"].endswith("virke.")
    assert len(texts["fi"]["summary"]) <= values.SUMMARY_LIMIT


def test_a_translation_that_only_repeats_the_finnish_is_dropped_when_asked() -> None:
    names = {"name": {"fi": "Jumppa", "sv": "jumppa ", "en": "Gym"}}
    assert list(values.texts_of(names, copies=False)) == ["fi", "en"]
    assert list(values.texts_of(names)) == ["fi", "sv", "en"]


def test_a_persons_own_address_is_left_out_of_a_registers_contact() -> None:
    assert values.contact(email="etunimi.sukunimi12@kunta.fi").email == ""
    assert values.contact(email=["maija.maija@kunta.fi", "liikunta@kunta.fi"]).email == "liikunta@kunta.fi"


def test_texts_from_right_to_left_and_emoji_stay_without_their_turning_marks() -> None:
    assert values.line("\u202eנועם 🎉\u202c") == "נועם 🎉"


@given(st.text())
def test_the_quick_way_and_the_careful_way_to_a_line_agree(text: str) -> None:
    careful = values.squeeze(values.clean_html(text, values.NAME_LIMIT))
    assert values.line(text) == careful
