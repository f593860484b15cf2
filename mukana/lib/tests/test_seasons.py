from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.seasons import SEASONS, last_turn, next_turn, season_of, season_span

DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("day", "season"),
    [
        (date(2026, 1, 6), "winter"),
        (date(2026, 1, 7), "spring"),
        (date(2026, 5, 31), "spring"),
        (date(2026, 6, 1), "summer"),
        (date(2026, 8, 15), "summer"),
        (date(2026, 8, 16), "autumn"),
        (date(2026, 12, 16), "winter"),
    ],
)
def test_seasons_change_on_their_days(day: date, season: str) -> None:
    assert season_of(day) == season


@given(DAYS)
def test_every_day_lies_in_the_span_of_its_season(day: date) -> None:
    spans = [season_span(season_of(day), year) for year in (day.year - 1, day.year)]
    assert any(first <= day <= last for first, last in spans)
    assert season_of(day) in SEASONS


@given(DAYS)
def test_a_day_lies_between_two_season_turns(day: date) -> None:
    assert last_turn(day) <= day < next_turn(day)
    assert next_turn(day) - last_turn(day) < timedelta(days=230)
    assert next_turn(last_turn(day)) == next_turn(day)
