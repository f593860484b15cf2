"""Freshness is computed from dates by stated rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.directory import freshness as rules
from mukana.directory.freshness import Facts, freshness, months_after

TODAY = date(2026, 11, 22)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1))
KINDS = st.sampled_from(("service", "group", "event", "place", "route", "video", "programme"))
FACTS = st.builds(Facts, KINDS, st.none() | DAYS, st.none() | DAYS, st.none() | DAYS)


def rank(facts: Facts, day: date) -> int:
    return rules.STATES.index(freshness(facts, day).state)


@pytest.mark.parametrize(
    ("reviewed", "state"),
    [
        (date(2026, 11, 22), "fresh"),
        (date(2026, 5, 22), "fresh"),
        (date(2026, 5, 21), "due"),
        (date(2026, 2, 22), "due"),
        (date(2026, 2, 21), "late"),
        (date(2025, 11, 22), "late"),
        (date(2025, 11, 21), "expired"),
    ],
)
def test_a_service_is_fresh_six_months_late_after_nine_and_expired_after_twelve(reviewed: date, state: str) -> None:
    assert freshness(Facts("service", reviewed), TODAY).state == state


def test_a_group_is_due_when_the_season_turns() -> None:
    found = freshness(Facts("group", date(2026, 7, 1)), TODAY)
    assert (found.state, found.cause, found.due_on) == ("due", "season", date(2026, 8, 16))


def test_a_confirmation_right_before_the_turn_tells_of_the_coming_season() -> None:
    assert freshness(Facts("group", date(2026, 8, 1)), TODAY).state == "fresh"
    assert freshness(Facts("group", date(2026, 8, 1)), date(2027, 1, 7)).cause == "season"


def test_a_register_row_is_confirmed_by_its_fetch_and_never_expires() -> None:
    assert freshness(Facts("service", seen_on=TODAY), TODAY).state == "fresh"
    old = freshness(Facts("service", seen_on=date(2020, 1, 1)), TODAY)
    assert (old.state, old.expires_on) == ("late", None)


def test_places_and_routes_do_not_grow_old_but_a_report_makes_them_due() -> None:
    assert freshness(Facts("route", date(2001, 1, 1)), TODAY).state == "fresh"
    assert freshness(Facts("place", date(2001, 1, 1), doubted_on=TODAY), TODAY).cause == "doubt"


def test_what_nobody_ever_confirmed_is_due() -> None:
    assert freshness(Facts("group"), TODAY).cause == "never"
    assert freshness(Facts("route"), TODAY).state == "fresh"


def test_a_doubt_makes_due_at_once_and_expires_after_half_a_year() -> None:
    facts = Facts("service", date(2026, 11, 1), doubted_on=date(2026, 11, 20))
    assert freshness(facts, date(2026, 11, 19)).state == "fresh"
    assert freshness(facts, date(2026, 11, 20)).state == "due"
    assert freshness(facts, date(2027, 2, 20)).state == "late"
    assert freshness(facts, date(2027, 5, 20)).state == "expired"


def test_a_doubt_after_the_due_day_does_not_hide_the_age() -> None:
    assert freshness(Facts("service", date(2026, 1, 1), doubted_on=date(2026, 11, 1)), TODAY).cause == "age"


@given(FACTS, DAYS, st.integers(0, 2000))
def test_time_alone_never_makes_anything_fresher(facts: Facts, day: date, later: int) -> None:
    assert rank(facts, day) <= rank(facts, day + timedelta(days=later))


@given(KINDS, DAYS, DAYS, st.none() | DAYS)
def test_a_later_confirmation_is_never_worse(kind: str, one: date, other: date, doubt: date | None) -> None:
    early, late = sorted((one, other))
    assert rank(Facts(kind, late, doubt), TODAY) <= rank(Facts(kind, early, doubt), TODAY)


@given(KINDS, st.none() | DAYS, st.none() | DAYS, DAYS, DAYS)
def test_a_doubt_never_makes_anything_fresher(kind: str, reviewed: date | None, seen: date | None, doubt: date, day: date) -> None:
    assert rank(Facts(kind, reviewed, doubt, seen), day) >= rank(Facts(kind, reviewed, None, seen), day)


@given(FACTS, DAYS)
def test_the_days_of_the_states_are_in_order_and_only_people_s_entries_expire(facts: Facts, day: date) -> None:
    found = freshness(facts, day)
    days = [one for one in (found.due_on, found.late_on, found.expires_on) if one is not None]
    assert days == sorted(days)
    assert found.expires_on is None or (facts.reviewed_on is not None and facts.kind not in rules.AGELESS)
    assert found.is_late == (found.state in ("late", "expired"))


@given(DAYS, st.integers(0, 600))
def test_months_are_counted_to_the_same_day_or_the_last_one(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_the_end_of_time_is_no_obstacle() -> None:
    assert freshness(Facts("group", date.max), TODAY).state == "fresh"
    assert freshness(Facts("service", months_after(date.max, -7)), TODAY).late_on == date.max


def test_the_oldest_field_counts_and_a_missing_one_from_before() -> None:
    days = {"contact": date(2026, 9, 1), "price": date(2026, 10, 1)}
    assert rules.reviewed_on(days, ("contact", "price"), None) == date(2026, 9, 1)
    assert rules.reviewed_on(days, ("contact", "time"), None) is None
    assert rules.reviewed_on(days, ("contact", "time"), date(2025, 1, 1)) == date(2025, 1, 1)
    assert rules.reviewed_on({}, (), None) is None


def test_the_share_of_confirmed_fields_is_told_in_per_cent() -> None:
    assert rules.share({"contact": TODAY, "price": date(2025, 1, 1)}, ("contact", "price", "time", "place"), TODAY) == 25
    assert rules.share({}, (), TODAY) == 100


def test_what_is_done_at_home_has_no_doors() -> None:
    assert "place" in rules.applicable("group", "on_site")
    assert rules.applicable("group", "remote_together") == ("contact", "time", "price", "join", "season")
