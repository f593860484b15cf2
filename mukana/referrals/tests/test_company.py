"""Somebody to come along, and how cases end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from mukana.attendance.actions import mark
from mukana.audit.models import Trace
from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.referrals.actions import accompanying, contacting, ending, offering, supporting, telling, visiting, working
from mukana.referrals.actions.errands import finish
from mukana.referrals.actions.moving import Change, move
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.protecting import protect
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import (
    Companion,
    Errand,
    Feedback,
    Letter,
    Placement,
    Referral,
    Support,
    Transition,
)
from mukana.referrals.queries.chain import broken_link
from mukana.referrals.queries.effect import first_visits
from mukana.referrals.rules.codes import COMPANION, COORDINATOR, RECEIVER, REFERRER, RESIDENT, Deed
from mukana.referrals.tests import make
from mukana.referrals.tests.invariants import refused
from mukana.referrals.tests.make import AINO, REIJO, Time, deed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_lost")]
BY_PHONE = Deed("p1", RECEIVER, "phone")


def company() -> dict[tuple[str, str], int]:
    return {(one.group, one.result): one.number for one in first_visits(date(2026, 1, 1), date(2026, 12, 31))}


def attended(time: Time) -> Placement:
    _, placement, session = make.scheduled()
    time.to(session.starts_at + timedelta(hours=2))
    mark(session.occurrence, placement.subject, "attended", how="tap", by="link:x")
    placement.refresh_from_db()
    return placement


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
    return accompanying.was_along(task, deed(COMPANION, "phone"))


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
    assert (task.state, task.owner) == ("accepted", "companion")
    visiting.schedule(placement, visiting.When(now() + timedelta(days=5), "Anneli"), deed())
    task.refresh_from_db()
    assert (task.state, task.companion) == ("needed", None)


def test_the_receivers_mark_tells_nothing_of_company_and_only_the_companions_word_counts(time: Time) -> None:
    task = with_task()
    supporting.answer(supporting.offer(task, make.companion(), deed("companions")), yes=True)
    time.on(days=8)
    visiting.settle(Placement.objects.get(), "attended", BY_PHONE)
    task.refresh_from_db()
    assert (task.state, task.visits) == ("accepted", 0)
    assert company() == {("without", "came"): 1}
    tick(time.on(days=3))
    task.refresh_from_db()
    assert task.next_step_at is not None
    assert task.due_at is not None
    task = Support.objects.get()
    accompanying.was_along(task, deed(COMPANION, "link"))
    assert task.companion is not None
    assert (task.state, task.visits, Companion.objects.get().starts_achieved) == ("accompanied", 1, 1)
    assert company() == {("with", "came"): 1}


def test_a_companion_who_could_not_come_is_not_counted_along_though_the_resident_came(time: Time) -> None:
    task = with_task()
    supporting.answer(supporting.offer(task, make.companion(), deed("companions")), yes=True)
    time.on(days=8)
    visiting.settle(Placement.objects.get(), "attended", BY_PHONE)
    accompanying.could_not(Support.objects.get(), "ill", deed(COMPANION, "link"))
    assert company() == {("without", "came"): 1}


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
