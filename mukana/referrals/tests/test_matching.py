from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.moments import ZONE
from mukana.referrals.rules.codes import Refused
from mukana.referrals.rules.matching import NEAR_KM, Companion, Slot, Wish, fits, obstacles, ranked
from mukana.referrals.rules.support import check_met, view_until

TODAY = date(2026, 11, 22)
AT = datetime(2026, 12, 1, 10, tzinfo=ZONE)  # a Tuesday
WISH = Wish("297", AT, AT + timedelta(hours=2), "sv", "woman", frozenset({"wheelchair"}))
RITVA = Companion(
    "ritva", frozenset({"297"}), (Slot("tue", 10, 12),), frozenset({"fi", "sv"}), "woman", frozenset({"wheelchair"}),
    vetted_on=date(2025, 1, 1), pledged_on=date(2025, 1, 1),
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"active": False}, "inactive"),
        ({"areas": frozenset({"091"})}, "area"),
        ({"slots": (Slot("tue", 10, 11),)}, "time"),
        ({"slots": (Slot("wed", 8, 20),)}, "time"),
        ({"languages": frozenset({"fi"})}, "language"),
        ({"gender": "man"}, "gender"),
        ({"skills": frozenset()}, "skills"),
        ({"conflicts": frozenset({"aino"})}, "conflict"),
        ({"load": 2}, "load"),
        ({"busy": frozenset({AT.date()})}, "busy"),
        ({"vetted_on": date(2020, 1, 1)}, "not_vetted"),
        ({"vetted_on": None}, "not_vetted"),
        ({"pledged_on": None}, "no_pledge"),
    ],
)
def test_each_hard_filter_alone_rules_somebody_out_and_says_why(change: dict[str, object], code: str) -> None:
    assert obstacles(RITVA, WISH, "aino", TODAY) == []
    assert obstacles(replace(RITVA, **change), WISH, "aino", TODAY) == [code]


def test_whom_the_resident_does_not_want_is_not_asked() -> None:
    assert obstacles(RITVA, replace(WISH, excluded=frozenset({"ritva"})), "aino", TODAY) == ["excluded"]


def test_the_one_before_comes_first_then_interests_then_the_near() -> None:
    everybody = [replace(RITVA, key=key, **facts) for key, facts in {
        "near": {"km": 1.0}, "far": {"km": 19.0}, "reader": {"km": 50.0, "interests": frozenset({"reading"})}, "known": {"km": 60.0},
    }.items()]  # fmt: skip
    wish = replace(WISH, interests=frozenset({"reading"}), before=frozenset({"known"}))
    assert [one.key for one in ranked(everybody, wish, "aino", TODAY)] == ["known", "reader", "near", "far"]


def test_an_accompaniment_model_needs_no_vetting_of_ours_but_its_waiting_time() -> None:
    ride = Companion("ride", frozenset({"297"}), languages=frozenset({"sv"}), skills=frozenset({"wheelchair"}), model=True, wait_days=9)
    assert obstacles(ride, WISH, "aino", TODAY) == []
    assert obstacles(replace(ride, wait_days=10), WISH, "aino", TODAY) == ["wait"]


def test_of_two_models_the_one_with_more_starts_comes_first_however_often_it_was_asked() -> None:
    rides = [
        Companion(key, frozenset({"297"}), languages=frozenset({"sv"}), skills=frozenset({"wheelchair"}), model=True, **facts)
        for key, facts in {"a": {"starts": 2}, "b": {"starts": 9, "recent": 7, "price_cents": 400}, "c": {"starts": 2, "km": 3.0}}.items()
    ]
    assert [one.key for one in ranked(rides, WISH, "aino", TODAY)] == ["c", "b", "a"]
    assert "starts" in fits(rides[1], WISH)
    assert "near" in fits(rides[2], WISH)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 5), st.integers(0, 9)), max_size=8))
def test_people_go_by_distance_then_by_how_seldom_they_were_asked_then_by_starts(told: list[tuple[int, int, int]]) -> None:
    people = [replace(RITVA, key=str(at), km=float(km), recent=recent, starts=starts) for at, (km, recent, starts) in enumerate(told)]
    order = [(int(one.km or 0) // NEAR_KM, one.recent, -one.starts) for one in ranked(people, WISH, "aino", TODAY)]
    assert order == sorted(order)


def test_they_meet_at_least_a_day_before_and_the_view_ends_a_week_after() -> None:
    check_met(AT - timedelta(days=1), AT)
    with pytest.raises(Refused):
        check_met(AT - timedelta(hours=1), AT)
    assert view_until(AT, None) == AT + timedelta(days=7)
    assert view_until(AT, AT + timedelta(days=1)) == AT + timedelta(days=8)
    assert view_until(None, None) is None
