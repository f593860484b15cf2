from __future__ import annotations

from datetime import timedelta

import pytest

from mukana.attendance.actions import correct, count, mark
from mukana.attendance.listeners import marked
from mukana.attendance.models import Headcount, Mark
from mukana.attendance.queries import counts_of, marks_on, standing_of
from mukana.attendance.rules import ATTENDED, MISSED, Marked, NotMarked
from mukana.audit.models import Trace
from mukana.directory.models import Occurrence
from mukana.directory.tests import make
from mukana.directory.tests.make import NOW

pytestmark = pytest.mark.django_db


def happened(days: int = 1) -> Occurrence:
    return make.date(make.entry(), NOW - timedelta(days=days))


def test_a_tap_marks_who_came_and_leaves_a_trace() -> None:
    date = happened()
    made = mark(date, "x.Person:1", ATTENDED, how="tap", by="link:ab")
    assert (made.result, made.entry, made.starts_at) == (ATTENDED, date.entry, date.starts_at)
    assert Trace.objects.get().verb == "attendance.marked"
    assert standing_of("x.Person:1", NOW).visits == 1


def test_marking_again_corrects_and_the_same_mark_again_is_nothing() -> None:
    date, heard = happened(), []
    marked.listen(heard.append)
    try:
        for result in (ATTENDED, ATTENDED, MISSED):
            mark(date, "x.Person:1", result, how="sms", by="system")
    finally:
        marked.forget(heard.append)
    told: list[Marked] = heard
    assert [(event.before, event.result) for event in told] == [("", ATTENDED), (ATTENDED, MISSED)]
    assert marks_on(date) == {"x.Person:1": MISSED}


def test_what_a_listener_refuses_is_not_marked() -> None:
    def refuse(event: Marked) -> None:
        raise NotMarked("subject")

    marked.listen(refuse)
    try:
        with pytest.raises(NotMarked):
            mark(happened(), "x.Person:1", ATTENDED, how="tap", by="p")
    finally:
        marked.forget(refuse)
    assert not Mark.objects.exists()


def test_a_mark_of_nobody_is_none() -> None:
    with pytest.raises(NotMarked):
        mark(happened(), "", MISSED, how="paper", by="p")
    assert not Mark.objects.exists()


def test_a_removed_date_takes_no_history_away() -> None:
    date = happened()
    mark(date, "a", ATTENDED, how="tap", by="p")
    date.delete()
    assert standing_of("a", NOW).first_visit == NOW - timedelta(days=1)


def test_heads_are_counted_once_and_a_second_count_corrects() -> None:
    date = happened()
    count(date, 12, first_timers=3, how="paper", by="p")
    count(date, 13, first_timers=3, how="paper", by="p")
    assert Headcount.objects.get().people == 13
    with pytest.raises(NotMarked):
        count(date, 1, how="guess", by="p")


def test_where_nobody_counted_the_marks_are_the_count() -> None:
    first = happened(8)
    second = make.date(first.entry, NOW - timedelta(days=1))
    for subject, result in {"a": ATTENDED, "b": ATTENDED, "c": MISSED}.items():
        mark(first, subject, result, how="paper", by="p")
    count(second, 9, first_timers=2, how="tap", by="p")
    assert counts_of(first.entry) == [(first.starts_at, 2, 0), (second.starts_at, 9, 2)]


def test_a_cancelled_date_has_nobody() -> None:
    date = make.date(make.entry(), NOW - timedelta(days=1), status="cancelled")
    with pytest.raises(NotMarked):
        mark(date, "a", ATTENDED, how="tap", by="p")


def test_every_word_about_a_mark_stays_and_a_correction_says_why() -> None:
    kept = mark(happened(), "x.Person:1", MISSED, how="tap", by="link:ab")
    correct(kept, ATTENDED, was=MISSED, how="phone", by="p1", why="mixed_up")
    kept.refresh_from_db()
    assert (kept.result, kept.by) == (ATTENDED, "p1")
    told = kept.history.values_list("before", "result", "how", "by", "why")
    assert list(told) == [("", MISSED, "tap", "link:ab", ""), (MISSED, ATTENDED, "phone", "p1", "mixed_up")]


@pytest.mark.parametrize(
    ("right", "was", "why", "code"),
    [
        (ATTENDED, MISSED, "huvikseen", "why"),
        (ATTENDED, ATTENDED, "slip", "changed"),
        (MISSED, MISSED, "slip", "same"),
        ("?", MISSED, "slip", "result"),
    ],
)
def test_a_correction_is_refused_without_a_why_after_another_one_or_when_nothing_changes(right: str, was: str, why: str, code: str) -> None:
    kept = mark(happened(), "x.Person:1", MISSED, how="tap", by="link:ab")
    with pytest.raises(NotMarked) as error:
        correct(kept, right, was=was, how="phone", by="p1", why=why)
    assert error.value.code == code
    assert kept.history.count() == 1


def test_a_mark_of_a_removed_date_can_be_put_right_and_one_of_a_cancelled_date_cannot() -> None:
    date = happened()
    kept = mark(date, "x.Person:1", MISSED, how="tap", by="link:ab")
    Occurrence.objects.filter(pk=date.pk).update(status="cancelled")
    with pytest.raises(NotMarked, match="cancelled"):
        correct(kept, ATTENDED, was=MISSED, how="phone", by="p1", why="slip")
    date.delete()
    correct(kept, ATTENDED, was=MISSED, how="phone", by="p1", why="slip")
    assert standing_of("x.Person:1", NOW).visits == 1
