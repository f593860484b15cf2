from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.holidays import holiday
from mukana.lib.moments import WEEKDAYS
from mukana.lib.recurrence import Instance, Rhythm, RhythmError, instances, parse_clock

TUESDAYS = Rhythm(("tue",), time(10), time(10, 45), date(2026, 9, 1), date(2026, 12, 15))
WIDE = (date(2026, 1, 1), date(2027, 12, 31))


def dates(rhythm: Rhythm, window: tuple[date, date] = WIDE) -> list[str]:
    return [one.starts_at.strftime("%m-%d %H.%M") for one in instances(rhythm, *window)]


def only(rhythm: Rhythm, day: date) -> Instance:
    return next(one for one in instances(rhythm, *WIDE) if one.original_date == day)


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    first = draw(st.dates(date(2024, 1, 1), date(2028, 1, 1)))
    return Rhythm(
        days=tuple(draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1))),
        start=draw(st.times().map(lambda t: t.replace(second=0, microsecond=0))),
        end=draw(st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0))),
        first=first,
        until=first + timedelta(days=draw(st.integers(-5, 500))),
        interval=draw(st.integers(1, 5)),
        nth=draw(st.sampled_from([None, None, -1, 1, 2, 3, 4, 5])),
        holidays=draw(st.sampled_from(["skip", "keep"])),
    )


@given(rhythms(), st.dates(date(2024, 1, 1), date(2029, 1, 1)), st.integers(0, 700))
def test_happenings_come_in_order_once_each_and_inside_the_window(rhythm: Rhythm, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = list(instances(rhythm, first, last))
    starts = [one.starts_at for one in found]
    assert starts == sorted(starts)
    assert len({one.original_date for one in found}) == len(found)
    for one in found:
        assert max(first, rhythm.first) <= one.original_date <= min(last, rhythm.until)
        assert WEEKDAYS[one.original_date.weekday()] in rhythm.days
        assert one.ends_at is None or one.ends_at > one.starts_at


@given(rhythms())
def test_the_wall_clock_stays_when_the_clocks_are_turned(rhythm: Rhythm) -> None:
    for one in instances(rhythm, rhythm.first, rhythm.first + timedelta(days=500)):
        in_missing_hour = one.starts_at.month == 3 and rhythm.start.hour == 3
        assert one.starts_at.time() == rhythm.start or in_missing_hour


@given(rhythms(), st.integers(0, 300))
def test_two_windows_side_by_side_give_what_one_window_gives(rhythm: Rhythm, cut: int) -> None:
    first, last = rhythm.first, rhythm.first + timedelta(days=400)
    middle = first + timedelta(days=cut)
    halves = [
        *instances(rhythm, first, middle),
        *instances(rhythm, middle + timedelta(days=1), last),
    ]
    assert halves == list(instances(rhythm, first, last))


@given(rhythms())
def test_holidays_are_told_as_cancelled_with_their_name_or_kept(rhythm: Rhythm) -> None:
    for one in instances(rhythm, rhythm.first, rhythm.first + timedelta(days=500)):
        off = holiday(one.original_date)
        if off and rhythm.holidays == "skip":
            assert (one.status, one.reason) == ("cancelled", off.names)
        else:
            assert (one.status, one.reason) == ("scheduled", {})


def test_a_group_keeps_its_hour_over_the_october_change() -> None:
    october = dates(TUESDAYS, (date(2026, 10, 20), date(2026, 10, 27)))
    assert october == ["10-20 10.00", "10-27 10.00"]


def test_a_start_in_the_missing_hour_still_ends_after_it_began() -> None:
    night = Rhythm(("sun",), time(3, 30), time(4, 15), date(2026, 3, 29), date(2026, 3, 29))
    [one] = instances(night, *WIDE)
    assert one.ends_at is not None
    assert one.starts_at.hour == 4
    assert one.ends_at - one.starts_at == timedelta(minutes=45)


def test_independence_day_is_cancelled_by_name() -> None:
    sundays = replace(TUESDAYS, days=("sun",))
    assert only(sundays, date(2026, 12, 6)).reason["fi"] == "Itsenäisyyspäivä"


def test_every_second_week_is_counted_from_the_week_of_the_first_day() -> None:
    both = replace(TUESDAYS, days=("mon", "thu"), interval=2, first=date(2026, 9, 3), until=date(2026, 9, 21))
    assert dates(both) == ["09-03 10.00", "09-14 10.00", "09-17 10.00"]


def test_the_last_thursday_of_every_second_month() -> None:
    monthly = replace(TUESDAYS, days=("thu",), nth=-1, interval=2, until=date(2027, 1, 31))
    assert dates(monthly) == ["09-24 10.00", "11-26 10.00", "01-28 10.00"]


def test_a_fifth_weekday_leaves_out_months_without_one() -> None:
    assert dates(replace(TUESDAYS, nth=5)) == ["09-29 10.00"]


def test_a_cancelled_day_carries_its_own_reason() -> None:
    rows = ({"date": "2026-10-06", "status": "cancelled", "reason": {"fi": "Ohjaaja sairaana"}},)
    one = only(replace(TUESDAYS, exceptions=rows), date(2026, 10, 6))
    assert (one.status, one.reason) == ("cancelled", {"fi": "Ohjaaja sairaana"})


def test_a_moved_hour_keeps_the_length_and_the_original_day() -> None:
    rows = ({"date": date(2026, 10, 6), "start": "17.00"},)
    one = only(replace(TUESDAYS, exceptions=rows), date(2026, 10, 6))
    assert one.status == "rescheduled"
    assert one.ends_at == one.starts_at + timedelta(minutes=45)
    assert one.starts_at.hour == 17


def test_a_moved_day_is_found_in_the_window_of_its_new_day() -> None:
    rows = ({"date": "2026-10-06", "new_date": "2026-11-04", "start": "12:00", "end": "13:30"},)
    moved = replace(TUESDAYS, exceptions=rows)
    assert dates(moved, (date(2026, 10, 1), date(2026, 10, 12))) == []
    assert dates(moved, (date(2026, 11, 4), date(2026, 11, 4))) == ["11-04 12.00"]


def test_an_exception_can_hold_a_holiday_or_add_a_day() -> None:
    rows = (
        {"date": "2026-12-06", "status": "scheduled"},
        {"date": datetime(2026, 12, 12), "status": "scheduled", "start": "9.00"},
    )
    sundays = replace(TUESDAYS, days=("sun",), first=date(2026, 12, 1), exceptions=rows)
    assert dates(sundays) == ["12-06 10.00", "12-12 09.00", "12-13 10.00"]
    assert only(sundays, date(2026, 12, 6)).status == "scheduled"


def test_an_exception_on_a_day_the_rhythm_lacks_is_nothing() -> None:
    rows = ({"date": "2026-10-07", "status": "cancelled"},)
    assert dates(replace(TUESDAYS, exceptions=rows)) == dates(TUESDAYS)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"days": ("ti",)}, "unknown_day"),
        ({"days": ()}, "unknown_day"),
        ({"interval": 0}, "bad_interval"),
        ({"nth": 6}, "bad_nth"),
        ({"holidays": "maybe"}, "bad_holidays"),
        ({"exceptions": ({"date": "pian"},)}, "bad_date"),
    ],
)
def test_a_rhythm_that_cannot_be_followed_is_refused_by_name(change: dict[str, object], code: str) -> None:
    with pytest.raises(RhythmError) as refused:
        list(instances(replace(TUESDAYS, **change), *WIDE))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_an_endless_window_is_refused() -> None:
    with pytest.raises(RhythmError, match="window_too_long"):
        list(instances(TUESDAYS, date(2000, 1, 1), date(2100, 1, 1)))


def test_clock_times_are_read_with_a_stop_or_a_colon() -> None:
    assert parse_clock("17.00") == parse_clock("17:00:00") == time(17)
    assert parse_clock("25.00") is None
    assert parse_clock(None) is None
