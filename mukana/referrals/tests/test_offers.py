"""Offers, receivers and visits: what each answer leads to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mukana.attendance.actions import mark
from mukana.attendance.rules import Marked
from mukana.directory.tests import make as hub
from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.outbox.tests.boxes import saying
from mukana.referrals.actions import answering, ending, offering, supporting, telling, visiting
from mukana.referrals.actions.errands import ask, finish
from mukana.referrals.actions.permitting import Given, permit, unpermit
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import (
    Errand,
    Feedback,
    Permission,
    Placement,
    Transition,
)
from mukana.referrals.queries.access import permissions
from mukana.referrals.rules.codes import RECEIVER, RESIDENT, Deed
from mukana.referrals.tests import make
from mukana.referrals.tests.invariants import refused
from mukana.referrals.tests.make import AINO, Time, deed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_lost")]
BY_PHONE = Deed("p1", RECEIVER, "phone")


def test_nothing_leaves_without_permission_and_no_entry_is_offered_twice(time: Time) -> None:
    case, entry = make.talking(), make.group()
    refused("not_in_dialogue", offering.propose, make.sent(AINO), entry, deed())
    placement = offering.propose(case, entry, deed())
    refused("offered_already", offering.propose, case, entry, deed())
    refused("no_permission_for_receiver", offering.request, placement, deed())
    (given,) = permit(case, [Given("receiver", make.ALL, entry.pk)], deed())
    unpermit(given, deed(RESIDENT, "phone"))
    unpermit(given, deed(RESIDENT, "phone"))
    refused("no_permission_for_receiver", offering.request, placement, deed())
    assert [one.withdrawn_at is not None for one in permissions(case.resident) if one.kind == "receiver"] == [True]
    assert not Message.objects.filter(kind="referrals.offer").exists()
    offering.recall(placement, "changed_plan", deed())
    assert not Message.objects.filter(kind="referrals.receiver").exists()


def test_an_entry_that_is_gone_gets_no_offer(time: Time) -> None:
    case, entry = make.talking(), make.group()
    placement = offering.propose(case, entry, deed())
    permit(case, [Given("receiver", make.ALL, entry.pk)], deed())
    Placement.objects.filter(pk=placement.pk).update(entry=None)
    Permission.objects.filter(kind="receiver").update(kind="feedback", entry=None)
    refused("entry_gone", offering.request, Placement.objects.get(pk=placement.pk), deed())


def test_a_receiver_without_any_address_is_rung(time: Time) -> None:
    placement, _ = make.requested(entry=make.group(phone="", email=""))
    assert Errand.objects.filter(kind="ring_receiver", placement=placement).count() == 1
    assert ask("ring_receiver", placement.referral, placement).pk == Errand.objects.get(kind="ring_receiver").pk


def test_a_receiver_with_an_e_mail_gets_one(time: Time) -> None:
    make.requested(entry=make.group(email="anneli@example.fi"))
    assert Message.objects.get(kind="referrals.offer").channel == "email"


def test_an_offer_taken_back_while_others_stand_does_not_stop_the_plan(time: Time) -> None:
    case, placement = make.planned()
    other, _ = make.requested(case, make.group("Toinen"))
    offering.recall(placement, "changed_plan", deed())
    case.refresh_from_db()
    assert case.state == "planned"
    offering.recall(other, "resident_declined", deed(RESIDENT, "phone"))
    case.refresh_from_db()
    assert case.state == "in_dialogue"


def test_a_waiting_list_asks_whether_the_place_is_still_wanted(time: Time) -> None:
    _case, placement = make.planned()
    answering.waitlist(placement, BY_PHONE)
    counts = []
    for _ in range(3):
        for _ in range(17):
            tick(time.on(days=2))
        counts.append(sum("Haluatko paikan vielä?" in one.text for one in Message.objects.filter(kind="referrals.resident")))
    assert counts == [1, 2, 3]
    kinds = set(Errand.objects.filter(placement=placement, done_at=None).values_list("kind", flat=True))
    assert kinds == {"offer_alternative"}
    ask("still_wanted", placement.referral, placement)
    placement.refresh_from_db()
    answering.still_wanted(placement, deed())
    assert not Errand.objects.filter(kind="still_wanted", done_at=None).exists()
    answering.decline(placement, "full", BY_PHONE)
    assert placement.state == "declined"


def test_unknown_links_open_nothing_and_an_old_view_is_over(time: Time) -> None:
    refused("unknown", answering.look, "x")
    refused("unknown", answering.see, "x")
    refused("unknown", supporting.answer, "x", yes=True)
    refused("unknown", supporting.companion_view, "x")
    placement, _ = make.requested()
    token = answering.accept(placement, BY_PHONE)
    offering.recall(placement, "changed_plan", deed())
    refused("recalled", answering.see, token)
    _, other, _ = make.scheduled(make.talking(AINO))
    token, kept = telling.new_token()
    Placement.objects.filter(pk=other.pk).update(view_digest=kept)
    time.on(days=8)
    visiting.settle(other, "attended", BY_PHONE)
    offering.end(other, "moved_on", deed())
    assert "name" in answering.see(token)[1]
    time.on(days=31)
    refused("over", answering.see, token)


def test_deletion_is_confirmed_once(time: Time) -> None:
    case, placement, _ = make.scheduled()
    ending.withdraw(case, deed(RESIDENT, "phone"))
    errand = Errand.objects.get(kind="deletion_confirmed")
    answering.confirm_deletion(placement, BY_PHONE)
    answering.confirm_deletion(placement, BY_PHONE)
    refused("done_already", finish, errand, "again", deed())


def test_a_called_off_session_near_at_hand_is_told_by_phone_and_booked_anew(time: Time) -> None:
    _, placement, session = make.scheduled()
    time.to(session.starts_at - timedelta(hours=5))
    visiting.call_off(placement, "ill", deed(RECEIVER, "phone"))
    assert Errand.objects.get(kind="ring_resident").due_at.date() == session.starts_at.date()
    visiting.schedule(placement, visiting.When(now() + timedelta(days=6), "Anneli"), deed())
    assert placement.state == "scheduled"


def test_reminders_two_days_and_two_hours_before_come_once_each(time: Time) -> None:
    _, _, session = make.scheduled()
    before = Message.objects.filter(kind="referrals.resident").count()
    counts = []
    for hours in (47, 46, 1.5, 1):
        tick(time.to(session.starts_at - timedelta(hours=hours)))
        counts.append(Message.objects.filter(kind="referrals.resident").count() - before)
    assert counts == [1, 1, 2, 2]
    assert visiting._remind(session, 2, urgent=True) is False


def test_who_excuses_themselves_gets_a_new_time(time: Time) -> None:
    _, placement, session = make.scheduled()
    mark(session.occurrence, placement.subject, "excused", how="phone", by="p1")
    placement.refresh_from_db()
    assert (placement.state, placement.reason) == ("session_cancelled", "excused")


def attended(time: Time) -> Placement:
    _, placement, session = make.scheduled()
    time.to(session.starts_at + timedelta(hours=2))
    mark(session.occurrence, placement.subject, "attended", how="tap", by="link:x")
    placement.refresh_from_db()
    return placement


def again(placement: Placement, time: Time, result: str) -> str:
    time.on(days=7)
    mark(hub.date(placement.entry, now() - timedelta(hours=1)), placement.subject, result, how="paper", by="p1")
    placement.refresh_from_db()
    return placement.state


def test_the_fourth_visit_makes_one_of_the_group_and_three_misses_a_lapse(time: Time) -> None:
    placement = attended(time)
    case = placement.referral
    case.refresh_from_db()
    assert (case.state, Feedback.objects.filter(kind="first_visit").count()) == ("active", 1)
    assert [again(placement, time, "attended") for _ in range(3)] == ["first_attended", "first_attended", "attending"]
    assert [again(placement, time, "missed") for _ in range(3)] == ["attending", "attending", "lapsed"]
    assert again(placement, time, "attended") == "attending"


def test_thirty_days_away_is_a_lapse_and_a_call(time: Time) -> None:
    placement = attended(time)
    tick(time.on(days=31))
    placement.refresh_from_db()
    assert (placement.state, placement.owner) == ("lapsed", "link_worker")
    visiting.reached_again(placement, deed())
    assert placement.state == "attending"


def test_a_mark_that_is_corrected_is_looked_at_by_a_person(time: Time) -> None:
    placement = attended(time)
    session = placement.sessions.get()
    mark(session.occurrence, placement.subject, "missed", how="staff", by="p1")
    assert Errand.objects.filter(kind="check_mark").count() == 1
    placement.refresh_from_db()
    assert placement.state == "first_attended"


def test_a_late_word_that_somebody_came_after_all_counts(time: Time) -> None:
    _, placement, session = make.scheduled()
    time.to(session.starts_at + timedelta(hours=2))
    for result in ("missed", "attended"):
        mark(session.occurrence, placement.subject, result, how="tap", by="link:x")
    placement.refresh_from_db()
    session.refresh_from_db()
    assert (placement.state, session.state) == ("first_attended", "attended")


def test_marks_of_others_and_of_what_has_ended_change_nothing(time: Time) -> None:
    case, placement, session = make.scheduled()
    ending.withdraw(case, deed(RESIDENT, "phone"))
    before = Transition.objects.count()
    for subject in (placement.subject, "groups.Member:1", "referrals.Placement:0190b9a4-0000-7000-8000-000000000000"):
        visiting.hear_mark(Marked(subject, "", session.starts_at, "attended", "", "tap", "p1"))
    assert Transition.objects.count() == before
    _, waiting = make.planned(make.talking(AINO))
    visiting.hear_mark(Marked(waiting.subject, "", session.starts_at, "attended", "", "tap", "p1"))
    waiting.refresh_from_db()
    assert waiting.state == "requested"


def test_a_visit_that_nobody_marks_is_asked_about(time: Time) -> None:
    _, placement, _session = make.scheduled()
    for _ in range(18):
        tick(time.on(days=1))
    assert saying("Tuliko", kind="referrals.receiver").exists()
    assert Errand.objects.filter(kind="ring_receiver", placement=placement, done_at=None).exists()
