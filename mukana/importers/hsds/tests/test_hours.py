"""Hours in words, as offices write them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.importers.hsds import hours

WEEK = ["mon", "tue", "wed", "thu", "fri"]


@pytest.mark.parametrize(
    ("text", "first", "days", "count"),
    [
        ("Monday-Friday, 9-12, 1-5", ("9.00", "12.00"), WEEK, 10),
        ("Monday-Friday, 8:30-12:30, 1:30-5:30", ("8.30", "12.30"), WEEK, 10),
        ("Monday, 2-7; Tuesday, Wednesday, 11-8; Thursday-Saturday, 10-6", ("14.00", "19.00"), [*WEEK, "sat"], 6),
        ("Monday, Tuesday, Thursday, Friday, 9-3; Wednesday 9-12", ("9.00", "15.00"), ["mon", "tue", "thu", "fri", "wed"], 5),
        ("Monday-Friday, 5:30 am-10 pm; Saturday, 7 am-7 pm", ("5.30", "22.00"), [*WEEK, "sat"], 6),
        ("Mon-Tues, 10-8; Thurs, 12-8", ("10.00", "20.00"), ["mon", "tue", "thu"], 3),
        ("24 hours daily", ("0.00", "24.00"), [*WEEK, "sat", "sun"], 7),
        ("Daily, 8:30-5:30", ("8.30", "17.30"), [*WEEK, "sat", "sun"], 7),
        ("January - December Thursday 9:00 AM to 1:00 PM, Saturday 9:00 AM to 1:00 PM", ("9.00", "13.00"), ["thu", "sat"], 2),
        ("Gallery: Friday-Sunday, 1-5", ("13.00", "17.00"), ["fri", "sat", "sun"], 3),
    ],
)  # fmt: skip
def test_hours_as_offices_write_them(text: str, first: tuple[str, str], days: list[str], count: int) -> None:
    found = hours.said(text)
    assert (found[0]["opens"], found[0]["closes"]) == first
    assert (list(dict.fromkeys(row["day"] for row in found)), len(found)) == (days, count)


@pytest.mark.parametrize(
    "text", ["Varies", "By appointment", "", None, "During school year: Monday-Friday, 2:30-8; Summer: Monday, 8-6", "Daily, dawn to dusk"]
)
def test_hours_that_are_left_open_stay_words(text: Any) -> None:
    assert hours.said(text) == []


@pytest.mark.parametrize(
    ("opens", "closes", "read"),
    [("9am", "03:00", ("9.00", "15.00")), ("14:00", "4:00 PM", ("14.00", "16.00")), ("10:00", "3pm", ("10.00", "15.00")),
     ("08:00", "12:00", ("8.00", "12.00")), ("22:00", "06:00", None), ("25:00", "26:00", None), ("", "", None)],
)  # fmt: skip
def test_clocks_of_cells(opens: str, closes: str, read: tuple[str, str] | None) -> None:
    assert hours.between(opens, closes) == read


@given(st.text(max_size=60))
def test_any_text_gives_hours_or_none(text: str) -> None:
    assert all(set(row) == {"day", "opens", "closes"} for row in hours.said(text))
    hours.between(text, "12")
