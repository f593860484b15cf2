"""Deeds one by one: pressed twice, refused, undone, and what they tell whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mukana.lib.clock import now, today
from mukana.outbox.models import Message
from mukana.referrals.actions import answering, contacting, ending, offering, referring, visiting, working
from mukana.referrals.actions.errands import ask
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import (
    ContactAttempt,
    Errand,
    Feedback,
    Letter,
    Referral,
    Resident,
    Session,
    Transition,
)
from mukana.referrals.queries.funnel import funnel, people
from mukana.referrals.rules.codes import COORDINATOR, LINK_WORKER, PROXY, RECEIVER, REFERRER, RESIDENT, Deed, Refused
from mukana.referrals.tests import make
from mukana.referrals.tests.invariants import refused
from mukana.referrals.tests.make import AINO, REIJO, Time, deed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_lost")]
BY_PHONE = Deed("p1", RECEIVER, "phone")


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


def test_an_acceptance_pressed_twice_leads_to_the_same_page_once(time: Time) -> None:
    placement, _ = make.requested()
    pressed = deed(RECEIVER, "phone", key="yes")
    view = answering.accept(placement, pressed)
    sent = Message.objects.count()
    assert answering.accept(placement, pressed) == view
    assert Message.objects.count() == sent
    refused("same", answering.accept, placement, deed(RECEIVER, "phone", key="another"))
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
    assert [(one.area, one.stage, one.number) for one in people(today(), today())] == [("297", "offered", 1), ("297", "agreed", 1)]


def test_a_protected_resident_s_address_is_not_even_taken(time: Time) -> None:
    case = make.sent(make.variant(AINO, protected=True))
    assert case.resident.address == {}
    assert not Letter.objects.exists()
    assert Errand.objects.get(kind="ring_resident").words


def test_a_reference_that_is_taken_asks_to_try_again(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(referring, "new_reference", lambda: "A" * 10)
    make.sent()
    refused("try_again", make.sent, AINO)


def test_a_case_is_sent_on_twice_at_most(time: Time) -> None:
    case, elsewhere = make.sent(), make.area().municipality
    refused("unknown_reason", working.redirect, case, elsewhere, "because", deed(COORDINATOR))
    for _ in range(2):
        working.redirect(case, elsewhere, "other_unit", deed(COORDINATOR))
    for _ in range(2):
        working.redirect(case, elsewhere, "other_unit", deed(COORDINATOR))
    errand = case.errands.get(kind="decide_area")
    lead = make.area().lead
    assert lead is not None
    assert (case.state, case.redirects, case.owner, case.owner_person) == ("sent", 2, "lead", lead)
    assert (errand.owner, errand.owner_person) == ("lead", lead)
    working.redirect(case, elsewhere, "other_unit", deed(COORDINATOR, by=str(lead.pk)))
    errand.refresh_from_db()
    assert (case.redirects, errand.result) == (3, "decided")


def test_only_what_nobody_works_on_yet_is_the_leads_to_send_on(time: Time) -> None:
    case = make.talking()
    Referral.objects.filter(pk=case.pk).update(redirects=2)
    case.refresh_from_db()
    refused("no_such_move", working.redirect, case, make.area().municipality, "other_unit", deed(COORDINATOR))


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
    sent = make.MONDAY.date()
    assert [one.end for one in people(sent, sent)] == ["own_path_found"]
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
