from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.attendance.rules import (
    ATTENDED,
    CANCELLED,
    EXCUSED,
    MISSED,
    RESULTS,
    NotMarked,
    Seen,
    Standing,
    check,
    check_count,
    from_sms,
    standing,
)
from mukana.lib.moments import ZONE

NOW = datetime(2026, 11, 22, 10, tzinfo=ZONE)


def week(number: int, result: str) -> Seen:
    return Seen(NOW - timedelta(weeks=number), result)


def test_who_has_no_marks_has_neither_come_nor_lapsed() -> None:
    assert standing([], NOW) == Standing()


def test_three_misses_in_a_row_after_a_visit_are_a_lapse() -> None:
    marks = [week(4, ATTENDED), week(3, MISSED), week(2, MISSED)]
    assert not standing(marks, NOW).lapsed
    assert standing([*marks, week(1, MISSED)], NOW).lapsed


def test_an_excused_absence_neither_breaks_nor_makes_a_row_of_misses() -> None:
    marks = [week(4, ATTENDED), week(3, MISSED), week(2, EXCUSED), week(1, MISSED), week(0, CANCELLED)]
    assert standing(marks, NOW).misses_in_row == 2
    assert standing([*marks, Seen(NOW, ATTENDED)], NOW).misses_in_row == 0


def test_thirty_days_without_a_visit_are_a_lapse() -> None:
    visit = Seen(NOW - timedelta(days=30), ATTENDED)
    assert standing([visit], NOW).lapsed
    assert not standing([visit], NOW - timedelta(minutes=1)).lapsed


def test_who_never_came_has_not_lapsed() -> None:
    assert standing([week(n, MISSED) for n in range(5)], NOW) == Standing(misses_in_row=5)


def test_the_fourth_visit_makes_one_of_the_group() -> None:
    assert [standing([week(k, ATTENDED) for k in range(n)], NOW).regular for n in (3, 4)] == [False, True]


@given(st.permutations([week(n, RESULTS[n % 4]) for n in range(9)]))
def test_the_order_in_which_marks_come_does_not_matter(marks: list[Seen]) -> None:
    assert standing(marks, NOW) == standing(sorted(marks, key=lambda mark: mark.starts_at), NOW)


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(RESULTS))))
def test_visits_are_those_attended_and_a_lapse_needs_one(rows: list[tuple[int, str]]) -> None:
    told = standing([week(*row) for row in rows], NOW)
    assert told.visits == sum(result == ATTENDED for _, result in rows)
    assert bool(told.visits) or not told.lapsed
    assert (told.first_visit is None) == (told.visits == 0)


@pytest.mark.parametrize(
    ("result", "how", "ahead", "cancelled", "code"),
    [
        ("came", "tap", 0, False, "result"),
        (ATTENDED, "fax", 0, False, "how"),
        (ATTENDED, "tap", 2, False, "early"),
        (MISSED, "tap", 0, True, "cancelled"),
    ],
)
def test_what_cannot_be_is_refused_with_its_code(result: str, how: str, ahead: int, cancelled: bool, code: str) -> None:
    with pytest.raises(NotMarked) as refused:
        check(result, how, NOW + timedelta(hours=ahead), NOW, cancelled=cancelled)
    assert refused.value.code == code


def test_somebody_may_excuse_themselves_beforehand() -> None:
    check(EXCUSED, "phone", NOW + timedelta(days=3), NOW, cancelled=False)
    check(ATTENDED, "tap", NOW + timedelta(minutes=50), NOW, cancelled=False)


@pytest.mark.parametrize(
    ("people", "first", "ahead", "code"), [(3, 4, 0, "count"), (-1, 0, 0, "count"), (9999, 0, 0, "count"), (3, 1, 5, "early")]
)
def test_a_count_that_cannot_be_is_refused(people: int, first: int, ahead: int, code: str) -> None:
    with pytest.raises(NotMarked) as refused:
        check_count(people, first, NOW + timedelta(hours=ahead), NOW)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "result"),
    [("K", ATTENDED), (" kyllä kiitos", ATTENDED), ("Ei.", MISSED), ("0", MISSED), ("P", EXCUSED), ("ehkä", ""), ("", "")],
)
def test_a_text_message_is_understood_or_not_guessed(text: str, result: str) -> None:
    assert from_sms(text) == result
