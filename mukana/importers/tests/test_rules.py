"""When to fetch again and what absence means, for any moment and any count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mukana.importers.rules import LONGEST_PAUSE, SURE, Missing, fate, has_shrunk, next_fetch

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def test_a_source_fetched_by_hand_has_no_next_time() -> None:
    assert next_fetch(NOW, None, 3) is None


def test_a_source_that_answers_keeps_its_rhythm() -> None:
    assert next_fetch(NOW, 24, 0) == NOW + timedelta(hours=24)


def test_a_failing_source_is_tried_in_a_quarter_then_ever_later() -> None:
    pauses = [next_fetch(NOW, 168, failures) for failures in range(1, 5)]
    assert pauses == [NOW + timedelta(minutes=minutes) for minutes in (15, 30, 60, 120)]


@given(st.integers(1, 1000), st.integers(1, 10_000), st.integers(0, 86400))
def test_a_failing_source_is_never_hurried_nor_forgotten(hours: int, failures: int, wait: int) -> None:
    at = next_fetch(NOW, hours, failures, wait)
    assert at is not None
    assert at - NOW >= timedelta(seconds=wait)
    assert at - NOW <= max(min(timedelta(hours=hours), LONGEST_PAUSE), timedelta(seconds=wait))


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_few_missing_rows_are_never_a_broken_source(held: int, missing: int) -> None:
    if missing <= 10 or missing * 2 <= held:
        assert not has_shrunk(held, missing)
    else:
        assert has_shrunk(held, missing)


def missing(
    *, since: timedelta | None = SURE, others: bool = False, dates: bool = False, comes: bool = False, vouched: bool = False
) -> Missing:
    return Missing(NOW - since if since is not None else None, others, dates, comes, vouched)


def test_past_happenings_that_a_feed_drops_mean_nothing() -> None:
    assert fate(missing(dates=True), NOW) == "passed"


def test_a_row_missing_once_waits() -> None:
    assert fate(missing(since=None), NOW) == "waits"
    assert fate(missing(since=SURE - timedelta(seconds=1)), NOW) == "waits"


def test_a_row_missing_twice_half_a_day_apart_is_withdrawn() -> None:
    assert fate(missing(), NOW) == "withdrawn"
    assert fate(missing(dates=True, comes=True), NOW) == "withdrawn"


def test_a_keepers_own_word_is_stronger_than_a_missing_row() -> None:
    assert fate(missing(vouched=True), NOW) == "doubted"


def test_one_date_of_a_series_is_taken_away_alone() -> None:
    assert fate(missing(others=True, dates=True, comes=True), NOW) == "shortened"
    assert fate(missing(others=True), NOW) == "passed"


rows = st.builds(
    Missing,
    st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(rows)
def test_nothing_is_withdrawn_that_was_missing_only_once_or_is_vouched_for(row: Missing) -> None:
    if fate(row, NOW) == "withdrawn":
        assert row.absent_since is not None
        assert not row.vouched
        assert not row.others_present
