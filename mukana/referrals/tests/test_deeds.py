"""Deeds one by one: pressed twice, refused, undone, and what they tell whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mukana.attendance.actions import mark
from mukana.attendance.rules import Marked
from mukana.audit.models import Trace
from mukana.directory.tests import make as hub
from mukana.lib.clock import now, today
from mukana.outbox.models import Message
from mukana.referrals.actions import answering, contacting, ending, offering, referring, supporting, telling, visiting, working
from mukana.referrals.actions.errands import ask, finish
from mukana.referrals.actions.moving import Change, move
from mukana.referrals.actions.permitting import Given, permit, unpermit
from mukana.referrals.actions.protecting import protect
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import (
    ContactAttempt,
    Errand,
    Feedback,
    Letter,
    Permission,
    Placement,
    Referral,
    Resident,
    Session,
    Support,
    Transition,
)
from mukana.referrals.queries.access import permissions
from mukana.referrals.queries.chain import broken_link
from mukana.referrals.queries.funnel import drop_offs, funnel
from mukana.referrals.rules.codes import COMPANION, COORDINATOR, LINK_WORKER, PROXY, RECEIVER, REFERRER, RESIDENT, Deed, Refused
from mukana.referrals.tests import make
from mukana.referrals.tests.invariants import broken_chains, orphans, sent_to_nobody
from mukana.referrals.tests.make import AINO, REIJO, Time, deed

pytestmark = pytest.mark.django_db
BY_PHONE = Deed("p1", RECEIVER, "phone")


def refused(code: str, function: Callable[..., Any], *words: object, **more: object) -> None:
    with pytest.raises(Refused) as error:
        function(*words, **more)
    assert error.value.code == code


@pytest.fixture(autouse=True)
def _nothing_is_nobodys() -> Any:
    yield
    assert orphans() == []
    assert broken_chains() == []
    assert sent_to_nobody() == 0


# --- pressed twice -----------------------------------------------------------------------------------------------------


def test_a_referral_pressed_twice_is_one(time: Time) -> None:
    pressed = deed(REFERRER, key="form-1")
    one, other = referring.refer(make.form(), pressed), referring.refer(make.form(), pressed)
    assert one.pk == other.pk
    assert (Referral.objects.count(), Resident.objects.count(), Message.objects.filter(kind="referrals.resident").count()) == (1, 1, 1)


def twice(function: Callable[[], object]) -> tuple[int, int]:
    """Transitions and messages that the second press makes."""
    function()
    before = Transition.objects.count(), Message.objects.count() + Errand.objects.count() + Feedback.objects.count()
    function()
    return Transition.objects.count() - before[0], Message.objects.count() + Errand.objects.count() + Feedback.objects.count() - before[1]


def test_every_deed_pressed_twice_is_done_once(time: Time) -> None:
    key = iter(f"k{n}" for n in range(99))

    def once(role: str = LINK_WORKER, channel: str = "phone") -> Deed:
        return deed(role, channel, key=next(key))

    case, entry = make.sent(wants_companion=False), make.group()
    pressed = once(COORDINATOR)
    assert twice(lambda: working.acknowledge(case, make.mari(), pressed)) == (0, 0)
    pressed = once()
    assert twice(lambda: contacting.attempt(case, "reached", pressed)) == (0, 0)
    assert ContactAttempt.objects.count() == 1
    placement = offering.propose(case, entry, deed())
    make.allow(case, entry)
    pressed = once()
    assert twice(lambda: offering.request(placement, pressed)) == (0, 0)
    pressed = once()
    assert twice(lambda: working.plan(case, pressed)) == (0, 0)
    answering.accept(placement, BY_PHONE)
    starts, pressed = now() + timedelta(days=3), once()
    assert twice(lambda: visiting.schedule(placement, visiting.When(starts, "Anneli"), pressed)) == (0, 0)
    assert Session.objects.count() == 1
    pressed = once()
    assert twice(lambda: working.pause(case, today() + timedelta(days=20), "hospital", pressed)) == (0, 0)
    working.resume(case, deed())
    pressed = once()
    assert twice(lambda: ending.close(case, "duplicate", pressed)) == (0, 0)
    with pytest.raises(Refused):
        ending.withdraw(case, once(RESIDENT))


def test_an_acceptance_pressed_twice_tells_that_it_has_been_answered(time: Time) -> None:
    placement, _ = make.requested()
    pressed = deed(RECEIVER, "phone", key="yes")
    answering.accept(placement, pressed)
    refused("answered", answering.accept, placement, pressed)
    other, _ = make.requested(make.talking(AINO))
    pressed = deed(RECEIVER, "phone", key="no")
    assert twice(lambda: answering.decline(other, "full", pressed)) == (0, 0)


def test_unreachable_called_off_and_cancelled_pressed_twice_are_once(time: Time) -> None:
    case = make.acknowledged(AINO)
    for hours in (0, 24, 29):
        time.on(hours=hours)
        contacting.attempt(case, "no_answer", deed(channel="phone"))
    pressed = deed(key="u")
    assert twice(lambda: contacting.say_unreachable(case, pressed)) == (0, 0)
    mistake = make.sent(make.variant(REIJO, name="Toinen Ihminen"))
    pressed = deed(REFERRER, key="c")
    assert twice(lambda: ending.cancel(mistake, "mistake", pressed)) == (0, 0)
    _, placement, _ = make.scheduled(make.talking(make.variant(REIJO, name="Kolmas Ihminen")))
    pressed = deed(RECEIVER, key="off")
    visiting.call_off(placement, "other", pressed)
    refused("no_session", visiting.call_off, placement, "other", pressed)
    gone = make.sent(make.variant(REIJO, name="Neljäs Ihminen"))
    pressed = deed(RESIDENT, "phone", key="w")
    assert twice(lambda: ending.withdraw(gone, pressed)) == (0, 0)
    wrong = make.sent(make.variant(REIJO, name="Viides Ihminen"))
    pressed = deed(COORDINATOR, key="e")
    assert twice(lambda: ending.entered_in_error(wrong, "test", pressed, second="p2")) == (0, 0)


def test_marks_pressed_twice_are_once(time: Time) -> None:
    _, placement, _ = make.scheduled()
    time.on(days=8)
    pressed = deed(RECEIVER, key="came")
    assert twice(lambda: visiting.settle(placement, "attended", pressed)) == (0, 0)
    _, other, _ = make.scheduled(make.talking(AINO))
    time.on(days=8)
    pressed = deed(RECEIVER, key="missed")
    visiting.settle(other, "missed", pressed)
    refused("no_session", visiting.settle, other, "missed", pressed)


# --- making ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"wish": "131052-308T"}, "identity_code"),
        ({"needs": ("fame",)}, "unknown_need"),
        ({"wish": "En halua elää"}, "acute_danger"),
        ({"permissions": ()}, "no_permission"),
        ({"permissions": (Given("all"),)}, "unknown_permission"),
    ],
)
def test_a_form_that_may_not_be_sent_is_refused_whole(change: dict[str, Any], code: str, time: Time) -> None:
    refused(code, referring.refer, make.form(**change), deed(REFERRER))
    assert not Referral.objects.exists()
    assert not Resident.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "nobody_to_reach"),
        ({"phone": ""}, "nobody_to_reach"),
        ({"practical": ("diagnosis",)}, "unknown_word"),
        ({"safe": ("no_smoke_signals",)}, "unknown_word"),
        ({"safe": None}, "safe_contact_not_asked"),
        ({"name": "Reijo 131052-308T"}, "identity_code"),
    ],
)
def test_a_resident_is_somebody_who_can_be_reached_and_was_asked_how(change: dict[str, Any], code: str, time: Time) -> None:
    refused(code, referring.refer, make.form(make.variant(REIJO, **change)), deed(REFERRER))


def test_words_of_danger_go_through_when_the_page_with_112_was_seen(time: Time) -> None:
    assert referring.refer(make.form(wish="En halua elää", danger_seen=True), deed(REFERRER)).state == "sent"


def test_a_relative_s_referral_waits_for_the_resident_s_own_word(time: Time) -> None:
    case = referring.draft(make.form(), deed(PROXY))
    refused("needs_confirmation", referring.send, case, deed(PROXY))
    referring.ask_confirmation(case, deed(PROXY))
    assert (case.state, case.owner) == ("awaiting_confirmation", "referrer")
    tick(time.on(days=16))
    tick(time.on(days=1))
    case.refresh_from_db()
    assert (case.state, case.owner) == ("awaiting_confirmation", "coordinator")
    referring.send(case, deed(RESIDENT, "phone"))
    assert case.state == "sent"


def test_a_no_when_it_is_suggested_is_counted_without_a_name(time: Time) -> None:
    make.sent()
    referring.raised(make.area().municipality, "Puijon terveysasema")
    told = funnel(today(), today())
    assert (told.offered, told.agreed) == (2, 1)
    assert funnel(today(), today(), area="297", digital=True).offered == 1
    assert funnel(today(), today(), companion=True).agreed == 0


def test_a_protected_resident_s_address_is_not_even_taken(time: Time) -> None:
    case = make.sent(make.variant(AINO, protected=True))
    assert case.resident.address == {}
    assert not Letter.objects.exists()
    assert Errand.objects.get(kind="ring_resident").words


def test_a_reference_that_is_taken_asks_to_try_again(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(referring, "new_reference", lambda: "A" * 10)
    make.sent()
    refused("try_again", make.sent, AINO)


# --- hands -------------------------------------------------------------------------------------------------------------


def test_a_case_is_sent_on_twice_at_most(time: Time) -> None:
    case, elsewhere = make.sent(), make.area().municipality
    refused("unknown_reason", working.redirect, case, elsewhere, "because", deed(COORDINATOR))
    for _ in range(2):
        working.redirect(case, elsewhere, "other_unit", deed(COORDINATOR))
    refused("redirected_enough", working.redirect, case, elsewhere, "other_unit", deed(COORDINATOR))
    assert (case.state, case.redirects) == ("sent", 2)


def test_another_link_worker_gets_every_turn_of_the_case(time: Time) -> None:
    case, _placement, _ = make.scheduled()
    ask("talk", case)
    other = make.person("link_worker", "Leo Linkki")
    working.assign(case, other, deed(COORDINATOR))
    assert (case.owner_person, case.link_worker) == (other, other)
    assert set(Errand.objects.filter(owner="link_worker", done_at=None).values_list("owner_person", flat=True)) == {other.pk}
    ending.close(case, "duplicate", deed())
    refused("ended", working.assign, case, other, deed(COORDINATOR))
    sent = make.sent(AINO)
    working.assign(sent, other, deed(COORDINATOR))
    assert sent.owner_person == make.area().coordinator


def test_a_pause_holds_every_clock_and_the_days_left_run_on(time: Time) -> None:
    case, placement = make.planned()
    refused("pause_too_long", working.pause, case, today() + timedelta(days=100), "hospital", deed())
    refused("unknown_reason", working.pause, case, today() + timedelta(days=10), "boredom", deed())
    left = case.due_at
    back = today() + timedelta(days=28)
    working.pause(case, back, "hospital", deed())
    for _ in range(29):
        tick(time.on(days=1))
    case.refresh_from_db()
    placement.refresh_from_db()
    assert (case.state, case.due_at > left) == ("planned", True)
    assert Transition.objects.filter(thing="case", reason__startswith="wake").count() == 1
    assert placement.state in ("requested", "recalled")
    assert not Transition.objects.filter(thing="placement", at__date__lt=back, reason__startswith="recall").exists()


def test_follow_up_at_one_three_and_six_months_then_a_person_closes(time: Time) -> None:
    case = make.talking()
    refused("nothing_planned", working.plan, case, deed())
    working.plan(case, deed(), own_path="Kävelen naapurin kanssa")
    working.follow_up(case, deed())
    months = [case.due_at.month]
    refused("follow_up_left", ending.close, case, "own_path_found", deed())
    for _ in range(3):
        time.to(case.due_at)
        working.followed_up(case, deed())
        months.append(case.due_at.month)
    assert months[:3] == [12, 2, 5]
    ending.close(case, "own_path_found", deed())
    assert drop_offs([case.pk]) == {"own_path_found": 1}
    refused("no_such_move", working.followed_up, case, deed())
    time.on(days=200)
    working.reopen(case, deed(COORDINATOR))
    assert (case.state, case.outcome, case.ended_at) == ("in_dialogue", "", None)
    refused("no_such_move", working.reopen, case, deed(COORDINATOR))


def test_in_follow_up_the_resident_may_want_something_new(time: Time) -> None:
    case, _ = make.planned()
    refused("nothing_begun", working.follow_up, case, deed())
    own = make.talking(AINO)
    working.plan(own, deed(), own_path="Kirjasto")
    working.follow_up(own, deed())
    working.wants_more(own, deed(RESIDENT, "phone"))
    assert own.state == "in_dialogue"


# --- offers ------------------------------------------------------------------------------------------------------------


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
    refused("no_permission_for_receiver", offering.request, Placement.objects.get(pk=placement.pk), deed())


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
    for _ in range(34):
        tick(time.on(days=1))
    kinds = set(Errand.objects.filter(placement=placement, done_at=None).values_list("kind", flat=True))
    assert kinds == {"offer_alternative", "still_wanted"}
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


# --- visits ------------------------------------------------------------------------------------------------------------


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
    assert Message.objects.filter(kind="referrals.receiver", text__contains="Tuliko").exists()
    assert Errand.objects.filter(kind="ring_receiver", placement=placement, done_at=None).exists()


# --- companions --------------------------------------------------------------------------------------------------------

COMPANY = (Given("referral"), Given("companion", ("name", "contact", "practical")))


def with_task(**facts: Any) -> Support:
    make.scheduled(make.talking(wants_companion=True, permissions=facts.pop("permissions", COMPANY)))
    return Support.objects.get(**facts)


def test_nobody_is_asked_along_without_permission(time: Time) -> None:
    task = with_task(permissions=(Given("referral"),))
    refused("no_permission_for_companion", supporting.offer, task, make.companion(), deed("companions"))


def test_a_no_is_not_asked_again_and_a_companion_without_a_mobile_is_rung(time: Time) -> None:
    task, pekka = with_task(), make.companion("Pekka", phone="017 111 2233")
    token = supporting.offer(task, pekka, deed("companions"))
    assert Errand.objects.filter(kind="find_companion").count() == 1
    supporting.answer(token, yes=False, deed=Deed("p1", COMPANION, "phone"))
    refused("answered", supporting.answer, token, yes=True)
    refused("not_eligible", supporting.offer, task, pekka, deed("companions"))
    key = deed("companions", key="offer")
    ritva = make.companion()
    assert supporting.offer(task, ritva, key)
    assert supporting.offer(task, ritva, key) == ""


def accompanied(time: Time) -> Support:
    task = with_task()
    supporting.answer(supporting.offer(task, make.companion(), deed("companions")), yes=True)
    task.refresh_from_db()
    supporting.met(task, deed(COMPANION, "phone"))
    time.on(days=8)
    visiting.settle(task.placement, "attended", BY_PHONE)
    task.refresh_from_db()
    return task


def test_after_some_visits_the_companion_steps_back(time: Time) -> None:
    task = accompanied(time)
    assert task.companion is not None
    task.companion.refresh_from_db()
    assert (task.state, task.companion.starts_achieved) == ("accompanied", 1)
    supporting.taper(task, deed())
    assert (task.state, task.taper) == ("tapering", "door")
    supporting.taper(task, deed())
    assert task.state == "ended"


def test_who_does_not_come_to_the_session_is_looked_for_again(time: Time) -> None:
    task = with_task()
    supporting.answer(supporting.offer(task, make.companion(), deed("companions")), yes=True)
    time.on(days=8)
    placement = Placement.objects.get()
    visiting.settle(placement, "missed", BY_PHONE)
    task.refresh_from_db()
    assert task.state == "not_accompanied"
    visiting.schedule(placement, visiting.When(now() + timedelta(days=5), "Anneli"), deed())
    task.refresh_from_db()
    assert task.state == "needed"


def test_a_called_off_session_frees_the_companion(time: Time) -> None:
    task, ritva = with_task(), make.companion()
    token = supporting.offer(task, ritva, deed("companions"))
    placement = Placement.objects.get()
    visiting.call_off(placement, "other", deed(RECEIVER))
    task.refresh_from_db()
    assert (task.state, task.companion) == ("needed", None)
    assert Message.objects.filter(kind="referrals.companion").count() == 2
    refused("answered", supporting.answer, token, yes=True)
    starts = now() + timedelta(days=9)
    visiting.schedule(placement, visiting.When(starts, "Anneli"), deed())
    task.refresh_from_db()
    assert task.starts_at == starts


def test_a_release_in_good_time_asks_nobody_to_hurry(time: Time) -> None:
    task, ritva = with_task(), make.companion()
    supporting.answer(supporting.offer(task, ritva, deed("companions")), yes=True)
    task.refresh_from_db()
    supporting.release(task, "made up", deed(COMPANION, "sms"))
    assert (task.state, task.reason) == ("needed", "released")
    assert not Errand.objects.filter(kind="ring_resident").exists()


def test_a_case_that_ends_calls_the_companion_off(time: Time) -> None:
    task = with_task()
    token = supporting.offer(task, make.companion(), deed("companions"))
    supporting.answer(token, yes=True)
    case = Referral.objects.get()
    ending.close(case, "moved_or_deceased", deed())
    task.refresh_from_db()
    assert (task.state, task.reason) == ("called_off", "case_ended")
    refused("over", supporting.companion_view, token)


# --- ends --------------------------------------------------------------------------------------------------------------


def test_reasons_and_second_persons_are_asked_for(time: Time) -> None:
    case = make.sent()
    refused("unknown_reason", ending.cancel, case, "because", deed(REFERRER))
    refused("second_person", ending.entered_in_error, case, "test", deed(COORDINATOR), second="p1")
    refused("unknown_reason", ending.entered_in_error, case, "because", deed(COORDINATOR), second="p2")
    refused("unknown_result", contacting.attempt, case, "shouted", deed(channel="phone"))
    refused("no_such_move", contacting.attempt, case, "reached", deed(channel="phone"))
    ending.cancel(case, "mistake", deed(REFERRER))
    refused("no_such_move", working.acknowledge, case, make.mari(), deed(COORDINATOR))


def test_a_case_that_ends_well_leaves_people_in_their_groups(time: Time) -> None:
    placement = attended(time)
    other, _ = make.requested(Referral.objects.get(), make.group("Toinen"))
    ending.close(Referral.objects.get(), "attending_regularly", deed())
    placement.refresh_from_db()
    other.refresh_from_db()
    assert (placement.state, other.state, other.reason) == ("ended", "recalled", "case_ended")
    assert not Errand.objects.filter(done_at=None).exists()
    assert Feedback.objects.get(kind="closed").outcome == "attending_regularly"


def test_a_withdrawal_asks_also_those_to_delete_where_the_resident_has_been(time: Time) -> None:
    placement = attended(time)
    offering.end(placement, "moved_on", deed())
    case = Referral.objects.get()
    thinking = offering.propose(case, make.group("Kolmas"), deed())
    make.allow(case, thinking.entry)
    ending.withdraw(case, deed(RESIDENT, "phone"))
    assert Errand.objects.filter(kind="deletion_confirmed", placement=placement).count() == 1
    assert not Errand.objects.filter(kind="deletion_confirmed", placement=thinking).exists()


def test_a_history_that_was_touched_is_seen(time: Time) -> None:
    case = make.acknowledged()
    assert broken_link(case) == 0
    Transition.objects.filter(referral=case, number=2).update(reason="other")
    assert broken_link(case) == 2
    Transition.objects.filter(referral=case).update(reason="")
    Transition.objects.filter(referral=case, number=3).delete()
    assert broken_link(case) == 3
    Referral.objects.filter(pk=case.pk).update(chain=2, chain_hash=Transition.objects.get(number=2).hash)
    case.refresh_from_db()
    assert broken_link(case) == 0


def test_rules_of_safe_contact_are_known_words_and_stop_what_waits(time: Time) -> None:
    case = make.sent()
    refused("unknown_word", protect, case.resident, deed(), safe=["no_pigeon"])
    protect(case.resident, deed(), safe=["no_sms"])
    assert Message.objects.get(kind="referrals.resident").text == ""
    aino = make.sent(AINO)
    protect(aino.resident, deed(), protected=False)
    assert Letter.objects.get(referral=aino).text
    finish(Errand.objects.get(referral=aino, kind="post_letter"), "posted", deed())
    assert Letter.objects.get(referral=aino).posted_at == now()


def test_what_staff_do_leaves_a_trace_and_what_the_clock_does_only_the_chain(time: Time) -> None:
    make.acknowledged()
    traces = Trace.objects.filter(verb="referral.moved").count()
    tick(time.on(days=8))
    assert Trace.objects.filter(verb="referral.moved").count() == traces
    assert Transition.objects.filter(by="system").exists()


def test_an_e_mail_reaches_those_who_wish_it(time: Time) -> None:
    make.sent(make.variant(REIJO, email="reijo@example.fi", preferred="email"))
    assert Message.objects.get(kind="referrals.resident").channel == "email"


def test_without_a_referrer_s_address_the_feedback_waits_to_be_read(time: Time) -> None:
    case = make.acknowledged(referrer_email="")
    assert Feedback.objects.get(referral=case).told == ""
    telling.tell_referrer(case, "acknowledged")
    assert Feedback.objects.count() == 1


def test_the_same_key_does_not_move_another_time(time: Time) -> None:
    case = make.sent()
    assert move(case, "acknowledged", deed(COORDINATOR, key="k"), Change(facts={"link_worker": make.mari()})) is True
    assert move(case, "contacting", deed(key="k")) is False
    assert case.state == "acknowledged"
