"""Repetition rules at their edges: long ones that are over, ends nobody can read, numbers out of range."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from mukana.importers.ical.rules import RuleError, Window, walls
from mukana.importers.ical.times import When, Zones
from mukana.lib.moments import ZONE

START = When(datetime(2015, 1, 5, 10), ZONE)
WINDOW = Window(date(2026, 1, 1), date(2027, 6, 30))


def dates(rule: str, start: When = START) -> list[datetime]:
    return walls(start, rule, Zones(), WINDOW)


def test_a_long_rule_that_is_over_shows_its_last_half_year() -> None:
    found = dates("FREQ=WEEKLY;UNTIL=20220103T080000Z")
    assert found[-1] == datetime(2022, 1, 3, 10)
    assert found[0] >= datetime(2022, 1, 3) - timedelta(days=191)


def test_a_long_rule_that_ends_in_the_window_ends_there() -> None:
    assert dates("FREQ=WEEKLY;UNTIL=20260202")[-1] == datetime(2026, 2, 2, 10)


def test_an_end_nobody_can_read_is_no_end() -> None:
    assert dates("FREQ=WEEKLY;UNTIL=joskus")[-1] > datetime(2027, 6, 1)


def test_a_whole_day_that_ends_by_the_clock_ends_on_that_day() -> None:
    found = dates("FREQ=DAILY;UNTIL=20150108T235900Z", When(datetime(2015, 1, 5), ZONE, whole_day=True))
    assert found[-1] in (datetime(2015, 1, 8), datetime(2015, 1, 9))


def test_a_day_without_a_number_in_a_month_and_a_numbered_day_in_a_week_are_followed() -> None:
    assert {day.weekday() for day in dates("FREQ=MONTHLY;BYDAY=MO;COUNT=8")} == {0}
    assert dates("FREQ=MONTHLY;BYDAY=2TU;COUNT=1") == [datetime(2015, 1, 13, 10)]
    assert dates("FREQ=WEEKLY;BYDAY=2TU;WKST=SU;COUNT=1") == [datetime(2015, 1, 6, 10)]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;BYDAY=XX;COUNT=2",
        "FREQ=YEARLY;BYMONTH=tammi;COUNT=2",
        "FREQ=YEARLY;BYMONTH=13;COUNT=2",
        "FREQ=MONTHLY;BYMONTHDAY=-32;COUNT=2",
        "FREQ=YEARLY;BYMONTH=-1;COUNT=2",
        "FREQ=SECONDLY;COUNT=2",
        "FREQ=WEEKLY;BYEASTER=1;COUNT=2",
        "COUNT=2",
        "FREQ=WEEKLY;INTERVAL=0;COUNT=2",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2",
    ],
)
def test_a_rule_out_of_range_is_told(rule: str) -> None:
    with pytest.raises(RuleError):
        dates(rule)
