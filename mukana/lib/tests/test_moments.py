from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.moments import (
    ZONE,
    all_day_span,
    as_local,
    at_wall,
    looks_all_day,
    parse_moment,
    weekday,
)


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020-11-03T08:30:00Z", local(2020, 11, 3, 10, 30)),
        ("2020-11-03T10:30:00+02:00", local(2020, 11, 3, 10, 30)),
        ("2015-10-05 14:36:32.688", local(2015, 10, 5, 14, 36, 32, 688000)),
        ("2026-11-24", local(2026, 11, 24)),
        ("20261124T100000Z", local(2026, 11, 24, 12)),
        ("12/24/15", local(2015, 12, 24)),
        ("24/12/2015", local(2015, 12, 24)),
        ("12/24/2015 18:00", local(2015, 12, 24, 18)),
        ("24.12.2015", local(2015, 12, 24)),
        ("ti 24.11.2026 klo 10.00", local(2026, 11, 24, 10)),
        ("January 05, 2014", local(2014, 1, 5)),
        ("Sept 5, 2014", local(2014, 9, 5)),
        (date(2026, 11, 24), local(2026, 11, 24)),
        (datetime(2026, 11, 24, 10, tzinfo=UTC), local(2026, 11, 24, 12)),
    ],
)
def test_times_are_read_as_sources_write_them(value: object, expected: datetime) -> None:
    assert parse_moment(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "January 01, 0001",
        "0001-01-01T00:00:00",
        "9999-12-31",
        "31.2.2026",
        "13/13/15",
        5,
        "pian",
        "Foo 5, 2014",
        {},
    ],
)
def test_what_is_no_moment_gives_none(value: object) -> None:
    assert parse_moment(value) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_moments(text: str) -> None:
    found = parse_moment(text)
    assert found is None or found.tzinfo is ZONE


@given(st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_a_moment_survives_being_written_and_read(moment: datetime) -> None:
    found = parse_moment(moment.isoformat())
    assert found is not None
    assert found.astimezone(UTC) == moment  # an hour that exists twice is equal to nothing in another zone


def test_a_wall_time_in_the_missing_hour_moves_forward() -> None:
    moment = at_wall(date(2026, 3, 29), time(3, 30))
    assert (moment.hour, moment.minute) == (4, 30)


def test_a_wall_time_that_exists_twice_means_summer_time() -> None:
    moment = at_wall(date(2026, 10, 25), time(3, 30))
    assert moment.utcoffset() == timedelta(hours=3)


def test_a_naive_time_is_a_finnish_wall_clock() -> None:
    assert as_local(datetime(2026, 7, 1, 10)) == datetime(2026, 7, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2017-07-07T21:00:00Z", "2017-11-07T22:00:00Z"])
def test_helsinki_midnight_told_in_utc_is_a_whole_finnish_day(text: str) -> None:
    start = parse_moment(text)
    assert start is not None
    assert looks_all_day(start, None)
    assert all_day_span(start, None)[0].day == 8


def test_an_evening_in_winter_is_not_a_whole_day() -> None:
    assert not looks_all_day(datetime(2017, 11, 7, 21, tzinfo=UTC), None)
    assert not looks_all_day(local(2026, 11, 24), local(2026, 11, 24, 3))


def test_the_midnight_that_ends_a_day_is_not_part_of_the_span() -> None:
    assert all_day_span(local(2026, 11, 24), local(2026, 11, 26)) == (
        date(2026, 11, 24),
        date(2026, 11, 25),
    )
    assert all_day_span(local(2026, 11, 24), local(2026, 11, 24)) == (
        date(2026, 11, 24),
        date(2026, 11, 24),
    )
    assert looks_all_day(local(2026, 11, 24), local(2026, 11, 24, 23, 59, 59))


def test_weekdays_have_english_codes() -> None:
    assert weekday(date(2026, 11, 24)) == "tue"
