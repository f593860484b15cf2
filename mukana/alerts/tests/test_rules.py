"""Never at night, never before its time, and nothing known twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.alerts import rules
from mukana.lib.moments import ZONE, as_local

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda one: one.replace(tzinfo=ZONE))
SUNDAY = datetime(2026, 11, 22, 10, tzinfo=ZONE)


@given(MOMENTS, st.sampled_from(rules.RHYTHMS), st.sampled_from(rules.CHANNELS))
def test_news_are_told_later_by_day_and_within_a_week(moment: datetime, rhythm: str, channel: str) -> None:
    at = rules.next_moment(rhythm, channel, moment)
    first, last = rules.HOURS[channel]
    assert first <= as_local(at).time() < last
    assert timedelta(0) < at - moment <= timedelta(days=7, hours=1)
    if rhythm == rules.WEEKLY:
        assert as_local(at).weekday() == 0


@given(MOMENTS, st.sampled_from(rules.CHANNELS))
def test_by_day_is_by_day_and_stays_when_it_is_day(moment: datetime, channel: str) -> None:
    at = rules.by_day(moment, channel)
    first, last = rules.HOURS[channel]
    assert first <= as_local(at).time() < last
    assert rules.by_day(at, channel) == at
    assert at >= moment


@pytest.mark.parametrize(
    ("rhythm", "channel", "at", "told"),
    [
        ("weekly", "email", (22, 10, 0), (23, 9, 0)),
        ("weekly", "email", (23, 9, 0), (30, 9, 0)),
        ("daily", "sms", (22, 8, 59), (22, 9, 0)),
        ("daily", "sms", (22, 9, 0), (23, 9, 0)),
        ("at_once", "email", (22, 10, 0), (22, 10, 10)),
        ("at_once", "email", (22, 23, 0), (23, 7, 0)),
        ("at_once", "sms", (22, 18, 55), (23, 9, 0)),
        ("at_once", "sms", (22, 3, 0), (22, 9, 0)),
    ],
)
def test_moments_of_examples(rhythm: str, channel: str, at: tuple[int, int, int], told: tuple[int, int, int]) -> None:
    found = datetime(2026, 11, at[0], *at[1:], tzinfo=ZONE)
    assert rules.next_moment(rhythm, channel, found) == datetime(2026, 11, told[0], *told[1:], tzinfo=ZONE)


@given(st.sets(st.uuids()), st.uuids())
def test_what_is_packed_is_known_and_nothing_else(ids: set[UUID], other: UUID) -> None:
    known = rules.unpacked(rules.packed(ids))
    assert all(not rules.is_new([one], known) for one in ids)
    assert rules.is_new([other], known) == all(rules.mark(other) != rules.mark(one) for one in ids)


def test_a_known_twin_makes_the_whole_known() -> None:
    twin, kept = uuid4(), uuid4()
    assert not rules.is_new([kept, twin], rules.unpacked(rules.packed([twin])))


def test_an_address_is_shown_so_that_only_its_owner_knows_it() -> None:
    assert rules.masked("outi.vaisanen@mukana.example") == "o…@mukana.example"
    assert rules.masked("+358417308168") == "… 168"
