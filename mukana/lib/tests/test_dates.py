from datetime import date, datetime

import pytest

from mukana.lib.dates import ZONE, clock, day, weekday_name, when

NOW = datetime(2026, 11, 22, 10, tzinfo=ZONE)


def at(month: int, d: int, hour: int = 0, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, d, hour, minute, tzinfo=ZONE)


def shown(start: datetime, end: datetime | None = None, all_day: bool = False, language: str = "fi") -> str:
    return when(start, end, NOW, all_day, language).replace("\u00a0", "_")


def test_a_date_carries_its_year_only_in_another_year() -> None:
    assert day(date(2026, 11, 24), NOW.date()) == "ti\u00a024.11."
    assert day(date(2027, 1, 5), NOW.date()) == "ti\u00a05.1.2027"
    assert day(date(2026, 11, 24), NOW.date(), "sv") == "ti\u00a024.11."
    assert day(date(2027, 1, 5), NOW.date(), "en") == "Tue\u00a05\u00a0Jan\u00a02027"


def test_clock_times_have_a_full_stop_in_finnish() -> None:
    assert clock(at(11, 24, 9, 5)) == "9.05"
    assert clock(at(11, 24, 9, 5), "en") == "9:05"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (at(11, 24, 10), at(11, 24, 10, 45), "ti_24.11. klo_10.00–10.45"),
        (at(11, 22, 12), None, "Tänään klo_12.00"),
        (at(11, 23, 12), at(11, 23, 12), "Huomenna klo_12.00"),
        (at(11, 28, 20), at(11, 29, 1), "la_28.11. klo_20.00–1.00"),
        (at(11, 27, 18), at(11, 29, 14), "pe_27.11. klo_18.00 – su_29.11. klo_14.00"),
    ],
)
def test_a_time_is_told_as_people_tell_it(start: datetime, end: datetime | None, expected: str) -> None:
    assert shown(start, end) == expected


def test_whole_days_have_no_clock() -> None:
    assert shown(at(11, 24), None, all_day=True) == "ti_24.11."
    assert shown(at(11, 24), at(11, 27), all_day=True) == "ti_24.11.–to_26.11."
    assert shown(at(11, 22), at(11, 23), all_day=True) == "Tänään"


def test_swedish_and_english_have_words_of_their_own_and_others_use_finnish() -> None:
    assert shown(at(11, 23, 10), at(11, 23, 11), language="sv") == "I morgon kl._10.00–11.00"
    assert shown(at(11, 22, 10), at(11, 22, 11), language="en") == "Today at_10:00–11:00"
    assert shown(at(11, 22, 10), language="smn") == "Tänään klo_10.00"


def test_weekday_codes_have_names() -> None:
    assert weekday_name("tue") == "tiistai"
    assert weekday_name("sun", "sv") == "söndag"
    with pytest.raises(KeyError):
        weekday_name("ti")
