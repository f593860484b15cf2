"""A wrong mark is put right: the history keeps both, the case follows, what the mistake set in motion is undone or said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.attendance.models import MarkWord
from mukana.attendance.rules import ATTENDED, EXCUSED, MISSED, REGULAR_VISITS, WHYS, Standing
from mukana.directory.tests import make as hub
from mukana.lib.clock import now, today
from mukana.outbox.tests.boxes import saying
from mukana.referrals.actions import ending, offering, visiting, working
from mukana.referrals.actions.answering import accept
from mukana.referrals.actions.correcting import Right, correct
from mukana.referrals.actions.errands import ask, finish
from mukana.referrals.actions.listing import enter_list
from mukana.referrals.actions.marking import mark_date, mark_session
from mukana.referrals.actions.permitting import unpermit
from mukana.referrals.actions.releasing import release
from mukana.referrals.labels import SESSION as SESSION_WORDS
from mukana.referrals.labels import said
from mukana.referrals.models import Errand, NumbersRelease, Permission, Placement, Referral, Session, Transition
from mukana.referrals.queries.funnel import funnel, people
from mukana.referrals.queries.marked import followed, noted
from mukana.referrals.queries.standing import steps
from mukana.referrals.queries.story import story_of
from mukana.referrals.rules import placements
from mukana.referrals.rules.codes import RECEIVER, RESIDENT, Deed
from mukana.referrals.story_words import what
from mukana.referrals.tests import make
from mukana.referrals.tests.invariants import refused
from mukana.referrals.tests.make import Time, deed

db = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_lost")]
BY_LINK = Deed("link:x", RECEIVER, "link")


def marked(time: Time, result: str, dated: bool = True) -> Placement:
    """A first session an hour ago, marked by the receiver."""
    _, placement, session = make.scheduled()
    if not dated:
        Session.objects.filter(pk=session.pk).update(occurrence=None)
    time.to(session.starts_at + timedelta(hours=1))
    return fresh(mark_session(placement, result, BY_LINK))


def fresh(placement: Placement) -> Placement:
    return Placement.objects.select_related("referral__resident", "entry").get(pk=placement.pk)


def right(placement: Placement, result: str, why: str = "slip", key: str = "", by: str = "p1", row: int = 0) -> Placement:
    one = noted(placement)[row]
    correct(placement, Right(one.key, one.result, result, why), deed(channel="phone", by=by, key=key))
    return fresh(placement)


def open_errands(placement: Placement) -> list[str]:
    return sorted(Errand.objects.filter(placement=placement, done_at=None).values_list("kind", flat=True))


def feedback(placement: Placement) -> list[str]:
    return [kind for kind in placement.referral.feedback.values_list("kind", flat=True) if kind != "acknowledged"]


def reached(case: Referral) -> str:
    assert case.sent_at is not None
    (one,) = people(case.sent_at.date(), case.sent_at.date())
    return one.stage


standings = st.builds(
    lambda visits, misses, lapsed: Standing(visits, None, None, misses, lapsed and visits > 0),
    st.integers(0, 6), st.integers(0, 4), st.booleans(),
)  # fmt: skip


@given(
    st.sampled_from(sorted(placements.PLACEMENT.open)),
    st.sampled_from([ATTENDED, MISSED, EXCUSED]),
    standings,
    st.booleans(),
    st.booleans(),
)
def test_a_corrected_mark_leads_only_where_the_table_goes_and_says_whether_somebody_came(
    state: str, result: str, now_is: Standing, was_regular: bool, last: bool
) -> None:
    target = placements.after_correction(state, result, now_is, was_regular=was_regular, last=last)
    then = target or state
    if state in placements.REACHED_FIRST or state in placements.UNDONE:
        assert not target or (state, target) in placements.PLACEMENT.moves
        if now_is.visits:
            assert then in placements.REACHED_FIRST
        elif state in placements.REACHED_FIRST or last:
            assert then == (placements.MISSED_FIRST if result == MISSED else placements.SESSION_CANCELLED)
    if target == placements.ATTENDING:
        assert now_is.visits >= REGULAR_VISITS


def test_nobody_goes_back_from_having_come_but_by_a_correction_with_its_reason() -> None:
    came, undone = placements.REACHED_FIRST, placements.UNDONE
    back = [move for (source, target), move in placements.PLACEMENT.moves.items() if source in came and target in undone]
    assert len(back) == len(came) * len(undone)
    assert all(move.reason and move.roles == {"receiver", "link_worker", "coordinator"} for move in back)


class TestDeeds:
    pytestmark = db

    @pytest.mark.parametrize("dated", [True, False])
    def test_who_was_marked_missed_and_came_has_come_and_nobody_rings(self, time: Time, dated: bool) -> None:
        placement = marked(time, MISSED, dated)
        assert open_errands(placement) == ["ring_resident"]
        placement = right(placement, ATTENDED, "mixed_up")
        case = placement.referral
        assert (placement.state, placement.missed, case.state) == ("first_attended", 0, "active")
        assert placement.sessions.get().state == ATTENDED
        assert (open_errands(placement), feedback(placement)) == ([], ["first_visit"])
        assert reached(case) == "first_visit"
        assert not saying("Ei se haittaa", state="queued").exists()
        told = [what(event) for event in story_of(case)]
        assert any("aiemmin: ei tullut" in one and "kaksi ihmistä meni sekaisin" in one for one in told)
        assert MarkWord.objects.count() == (2 if dated else 0)

    @pytest.mark.parametrize("dated", [True, False])
    def test_who_was_marked_come_and_did_not_has_missed_and_the_referrer_hears_the_correction(self, time: Time, dated: bool) -> None:
        placement = right(marked(time, ATTENDED, dated), MISSED)
        case = placement.referral
        assert (placement.state, placement.missed, case.state) == ("missed_first", 1, "planned")
        assert (open_errands(placement), feedback(placement)) == (["ring_resident"], ["first_visit", "corrected"])
        assert saying("Merkintä oli väärä", kind="referrals.feedback").count() == 1
        assert reached(case) == "placed"
        assert [step.state for step in steps(case)][-1] == "here"
        starts = now() + timedelta(days=3)
        session = visiting.schedule(placement, visiting.When(starts, "Anneli"), deed())
        time.to(starts + timedelta(hours=1))
        mark_session(placement, ATTENDED, BY_LINK)
        assert feedback(placement) == ["first_visit", "corrected", "first_visit"]
        assert (reached(case), session.starts_at) == ("first_visit", starts)

    def test_an_excuse_may_have_been_a_miss_or_a_visit_and_the_other_way_round(self, time: Time) -> None:
        placement = marked(time, EXCUSED)
        assert (placement.state, open_errands(placement)) == ("session_cancelled", [])
        placement = right(placement, MISSED)
        assert (placement.state, placement.missed, open_errands(placement)) == ("missed_first", 1, ["ring_resident"])
        placement = right(placement, EXCUSED)
        assert (placement.state, placement.missed, open_errands(placement)) == ("session_cancelled", 0, [])
        placement = right(placement, ATTENDED)
        assert placement.state == "first_attended"
        placement = right(placement, EXCUSED)
        assert (placement.state, placement.referral.state) == ("session_cancelled", "planned")
        assert feedback(placement) == ["first_visit", "corrected"]
        assert list(MarkWord.objects.values_list("result", flat=True)) == [EXCUSED, MISSED, EXCUSED, ATTENDED, EXCUSED]

    def test_a_second_miss_asks_for_a_talk_and_its_correction_takes_that_away(self, time: Time) -> None:
        placement = marked(time, MISSED)
        starts = now() + timedelta(days=3)
        visiting.schedule(placement, visiting.When(starts, "Anneli"), deed())
        time.to(starts + timedelta(hours=1))
        mark_session(placement, MISSED, BY_LINK)
        placement = fresh(placement)
        assert "talk" in open_errands(placement)
        placement = right(placement, EXCUSED)
        assert (placement.missed, "talk" in open_errands(placement)) == (1, False)
        placement = right(placement, EXCUSED, row=1)  # an older one changes only its own history
        assert (placement.missed, placement.state) == (0, "session_cancelled")

    def test_who_had_come_before_another_first_session_was_agreed_hears_it_from_a_person(self, time: Time) -> None:
        placement = marked(time, MISSED)
        visiting.schedule(placement, visiting.When(now() + timedelta(days=3), "Anneli"), deed())
        placement = right(fresh(placement), ATTENDED)
        assert placement.state == "first_attended"
        assert not placement.sessions.filter(state="planned").exists()
        assert "tavallinen kerta" in Errand.objects.get(placement=placement, done_at=None).words

    def test_of_two_who_correct_at_once_one_does_and_the_other_hears_it(self, time: Time) -> None:
        placement = marked(time, MISSED)
        one = noted(placement)[0]
        right(placement, ATTENDED)
        refused("mark_changed", correct, placement, Right(one.key, MISSED, EXCUSED, "slip"), deed())
        refused("mark_same", correct, placement, Right(one.key, ATTENDED, ATTENDED, "slip"), deed())
        assert fresh(placement).state == "first_attended"

    def test_a_double_click_corrects_once(self, time: Time) -> None:
        placement = marked(time, MISSED)
        one, pressed = noted(placement)[0], deed(key="kerran")
        for _ in range(2):
            correct(placement, Right(one.key, MISSED, ATTENDED, "slip"), pressed)
        assert Transition.objects.filter(thing="session").count() == 1
        assert MarkWord.objects.count() == 2

    def test_what_has_ended_or_was_taken_back_is_not_corrected_any_more(self, time: Time) -> None:
        placement = marked(time, ATTENDED)
        one = Right(noted(placement)[0].key, ATTENDED, MISSED, "slip")
        refused("mark_why", correct, placement, Right(one.key, ATTENDED, MISSED, "laiskuus"), deed())
        refused("no_session", correct, placement, Right("olematon", ATTENDED, MISSED, "slip"), deed())
        offering.end(placement, "moved_on", deed())
        refused("mark_place_over", correct, placement, one, deed())
        ending.close(Referral.objects.get(pk=placement.referral_id), "duplicate", deed())
        refused("mark_case_over", correct, placement, one, deed())
        other = marked(time, ATTENDED)
        ending.withdraw(Referral.objects.get(pk=other.referral_id), deed(RESIDENT, "phone"))
        refused("withdrawn", correct, other, one, deed())

    def test_an_excuse_told_before_is_no_visit_before_the_session(self, time: Time) -> None:
        for dated in (True, False):
            _, placement, session = make.scheduled(make.talking(make.variant(make.REIJO, name=f"Osallistuja {dated}")))
            mark_date(placement, session.occurrence, EXCUSED, BY_LINK) if session.occurrence else None
            if not dated:
                Session.objects.filter(pk=session.pk).update(occurrence=None)
                placement.sessions.update(occurrence=None)
            one = noted(placement)[0]
            refused("mark_early", correct, fresh(placement), Right(one.key, EXCUSED, ATTENDED, "slip"), deed())

    def test_a_receiver_corrects_until_something_has_followed(self, time: Time) -> None:
        placement = marked(time, MISSED)
        one = noted(placement)[0]
        assert not followed(placement, one)
        visiting.answer_why(placement, "health", deed(RESIDENT, "link"))
        assert followed(placement, one)
        refused("mark_followed", correct, placement, Right(one.key, MISSED, ATTENDED, "slip"), BY_LINK)
        rung = marked(time, MISSED)
        finish(Errand.objects.get(placement=rung, kind="ring_resident", done_at=None), "done", deed())
        assert followed(rung, noted(rung)[0])
        came = marked(time, ATTENDED)
        assert came.entry is not None
        correct(came, Right(noted(came)[0].key, ATTENDED, MISSED, "slip"), BY_LINK)
        assert fresh(came).state == "missed_first"

    def test_a_later_mark_follows_the_count_of_visits(self, time: Time) -> None:
        placement = marked(time, ATTENDED)
        assert placement.entry is not None
        for _ in range(REGULAR_VISITS - 1):
            time.on(days=7)
            mark_date(placement, hub.date(placement.entry, now() - timedelta(hours=1)), ATTENDED, BY_LINK)
        assert fresh(placement).state == "attending"
        assert followed(placement, noted(placement)[-1])
        placement = right(fresh(placement), MISSED)
        assert (placement.state, reached(placement.referral), placement.missed) == ("first_attended", "first_visit", 0)
        placement = right(placement, ATTENDED)
        assert (placement.state, reached(placement.referral)) == ("attending", "fourth_visit")
        placement = right(placement, EXCUSED, "told_later", row=REGULAR_VISITS - 1)  # the first session: there were others
        assert (placement.state, feedback(placement)) == ("first_attended", ["first_visit"])

    def test_misses_that_were_none_end_a_lapse_and_a_visit_that_was_none_may_begin_one(self, time: Time) -> None:
        placement = marked(time, ATTENDED)
        assert placement.entry is not None
        for _ in range(3):
            time.on(days=7)
            mark_date(placement, hub.date(placement.entry, now() - timedelta(hours=1)), MISSED, BY_LINK)
        assert fresh(placement).state == "lapsed"
        placement = right(fresh(placement), EXCUSED)
        assert placement.state == "first_attended"
        placement = right(placement, MISSED)
        assert placement.state == "lapsed"
        placement = right(placement, EXCUSED, row=1)
        assert placement.state == "first_attended"
        told = [what(event) for event in story_of(placement.referral)]
        assert any("myöhemmän kerran merkintää korjattiin" in one for one in told)

    def test_another_place_where_the_resident_came_keeps_the_case_and_the_feedback(self, time: Time) -> None:
        placement = marked(time, ATTENDED)
        case = placement.referral
        other, _ = make.requested(Referral.objects.get(pk=case.pk), make.group("Kuoro"))
        accept(other, deed(RECEIVER, "phone"))
        session = visiting.schedule(other, visiting.When(now() + timedelta(days=3), "Anneli"), deed())
        time.to(session.starts_at + timedelta(hours=1))
        mark_session(other, ATTENDED, BY_LINK)
        placement = right(fresh(placement), MISSED)
        assert (placement.referral.state, feedback(placement)) == ("active", ["first_visit"])
        assert reached(case) == "first_visit"
        placement = right(placement, ATTENDED)
        assert (placement.referral.state, feedback(placement)) == ("active", ["first_visit"])

    def test_a_case_that_rests_rests_before_its_first_visit_again(self, time: Time) -> None:
        placement = marked(time, ATTENDED)
        case = Referral.objects.get(pk=placement.referral_id)
        working.pause(case, today() + timedelta(days=20), "travel", deed())
        placement = right(fresh(placement), MISSED)
        assert (placement.referral.state, placement.referral.state_before) == ("paused", "planned")

    def test_without_permission_for_feedback_no_correction_is_told_either(self, time: Time) -> None:
        placement = marked(time, ATTENDED)
        for one in Permission.objects.filter(kind="feedback"):
            unpermit(one, deed())
        placement = right(placement, MISSED)
        assert feedback(placement) == ["first_visit"]

    def test_a_check_that_was_asked_for_is_done_by_the_correction_and_other_calls_stay(self, time: Time) -> None:
        placement = marked(time, MISSED)
        ask("check_mark", placement.referral, placement)
        time.on(days=-1)
        kept = ask("still_wanted", placement.referral, placement)
        time.on(days=1)
        placement = right(placement, ATTENDED)
        assert open_errands(placement) == [kept.kind]

    def test_a_release_of_numbers_stays_as_it_was_and_the_next_count_is_right(self, time: Time) -> None:
        placement = marked(time, ATTENDED)
        made = release(2026)
        facts = NumbersRelease.objects.get(pk=made.pk).facts
        right(placement, MISSED)
        assert NumbersRelease.objects.get(pk=made.pk).facts == facts
        day = placement.referral.sent_at.date()
        assert (funnel(day, day).placed, funnel(day, day).first_visit) == (1, 0)

    def test_a_tick_of_a_paper_list_that_differs_is_a_correction_with_its_why(self, time: Time) -> None:
        placement = marked(time, MISSED)
        date = placement.sessions.get().occurrence
        assert date is not None
        by_paper = deed(RECEIVER, "paper")
        refused("mark_why", enter_list, date, {placement.subject: ATTENDED}, by_paper)
        refused("mark_early", enter_list, hub.date(placement.entry, now() + timedelta(days=2)), {placement.subject: ATTENDED}, by_paper)
        assert enter_list(date, {placement.subject: ATTENDED}, by_paper, people=3, why="slip") == 1
        assert enter_list(date, {placement.subject: ATTENDED}, by_paper) == 1
        assert fresh(placement).state == "first_attended"
        assert said(SESSION_WORDS, placement.sessions.get().state) == "Kävi"

    def test_the_word_of_somebody_else_that_they_came_also_ends_the_calls(self, time: Time) -> None:
        placement = marked(time, MISSED)
        mark_session(placement, ATTENDED, deed("companion", "link"))
        placement = fresh(placement)
        assert (placement.state, placement.missed, open_errands(placement)) == ("first_attended", 0, [])

    @pytest.mark.parametrize("why", WHYS)
    def test_every_why_has_its_words(self, why: str, time: Time) -> None:
        placement = right(marked(time, MISSED), ATTENDED, why)
        assert all(f"mark_{why}" not in what(event) for event in story_of(placement.referral))
