from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.holidays import add_working_days, easter, holiday, holidays, is_working_day

YEARS = st.integers(1992, 2199)
DAYS = st.dates(date(1992, 1, 1), date(2190, 1, 1))


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2008, (3, 23)),
        (2011, (4, 24)),
        (2024, (3, 31)),
        (2025, (4, 20)),
        (2026, (4, 5)),
        (2038, (4, 25)),
    ],
)
def test_easter_falls_on_the_known_sundays(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)


def test_the_holidays_of_2026_are_those_of_the_finnish_calendar() -> None:
    named = {day.isoformat()[5:]: one.names["fi"] for day, one in holidays(2026).items()}
    assert named == {
        "01-01": "Uudenvuodenpäivä",
        "01-06": "Loppiainen",
        "04-03": "Pitkäperjantai",
        "04-05": "Pääsiäispäivä",
        "04-06": "2. pääsiäispäivä",
        "05-01": "Vappu",
        "05-14": "Helatorstai",
        "05-24": "Helluntai",
        "06-19": "Juhannusaatto",
        "06-20": "Juhannuspäivä",
        "10-31": "Pyhäinpäivä",
        "12-06": "Itsenäisyyspäivä",
        "12-24": "Jouluaatto",
        "12-25": "Joulupäivä",
        "12-26": "Tapaninpäivä",
    }


def test_two_holidays_on_one_day_keep_both_names() -> None:
    shared = holiday(date(2008, 5, 1))
    assert shared is not None
    assert shared.names["fi"] == "Vappu / Helatorstai"


def test_eves_are_days_off_but_told_apart() -> None:
    eve = holiday(date(2026, 6, 19))
    assert eve is not None
    assert eve.eve
    assert not is_working_day(date(2026, 6, 19))


@given(YEARS)
def test_midsummer_and_all_saints_are_saturdays_within_their_weeks(year: int) -> None:
    days = {one.code: day for day, one in holidays(year).items()}
    assert days["midsummer"].weekday() == days["all_saints"].weekday() == 5
    assert date(year, 6, 20) <= days["midsummer"] <= date(year, 6, 26)
    assert date(year, 10, 31) <= days["all_saints"] <= date(year, 11, 6)
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@given(DAYS, st.integers(-40, 40))
def test_counting_working_days_passes_exactly_that_many(day: date, count: int) -> None:
    there = add_working_days(day, count)
    assert is_working_day(there)
    low, high = (day, there) if count >= 0 else (there, day)
    passed = [low + timedelta(days=n) for n in range((high - low).days + 1)]
    crossed = [d for d in passed if d != day and is_working_day(d)]
    assert len(crossed) == (abs(count) if count else int(there != day))


def test_a_limit_that_ends_on_independence_day_goes_on_to_the_next_working_day() -> None:
    assert add_working_days(date(2026, 12, 6), 0) == date(2026, 12, 7)
    assert add_working_days(date(2026, 12, 23), 1) == date(2026, 12, 28)
