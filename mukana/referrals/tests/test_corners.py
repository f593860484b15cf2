"""Rarer turns: what the clock meets by chance, and things that are half there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mukana.directory.models import Entry
from mukana.lib.clock import now, today
from mukana.outbox.models import Message
from mukana.referrals.actions import contacting, ending, glass, offering, referring, supporting, telling, ticking, visiting, working
from mukana.referrals.actions.answering import accept
from mukana.referrals.actions.errands import ask
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import Errand, Placement, Referral, Resident, Support, Transition
from mukana.referrals.models.watched import Watched
from mukana.referrals.rules.codes import COMPANION, RECEIVER, REFERRER, RESIDENT, Refused
from mukana.referrals.tests import make
from mukana.referrals.tests.invariants import orphans
from mukana.referrals.tests.make import AINO, Time, deed

pytestmark = pytest.mark.django_db
COMPANY = (Given("referral"), Given("companion", ("name",)))


def task(who: Any = make.REIJO) -> Support:
    make.scheduled(make.talking(who, wants_companion=True, permissions=COMPANY))
    return Support.objects.get()


def test_two_silences_in_a_row_make_an_entry_doubtful_and_a_gone_one_does_not_hinder(time: Time) -> None:
    entry = make.group()
    for name in ("Yksi Ihminen", "Kaksi Ihminen"):
        make.requested(make.talking(make.variant(AINO, name=name)), entry)
    gone, _ = make.requested(make.talking(make.variant(AINO, name="Kolme Ihminen")), make.group("Toinen"))
    Placement.objects.filter(pk=gone.pk).update(entry=None)
    for _ in range(10):
        tick(time.on(days=1))
    assert Entry.objects.get(pk=entry.pk).doubted_on is not None
    assert set(Placement.objects.values_list("state", flat=True)) == {"recalled"}


def test_a_silence_after_an_answer_is_only_one(time: Time) -> None:
    entry = make.group()
    placement, _ = make.requested(make.talking(), entry)
    accept(placement, deed(RECEIVER, "phone"))
    time.on(days=1)
    make.requested(make.talking(AINO), entry)
    for _ in range(10):
        tick(time.on(days=1))
    assert Entry.objects.get(pk=entry.pk).doubted_on is None


def test_a_glass_of_a_resident_without_a_case_shows_nothing_and_is_still_reviewed(time: Time) -> None:
    nobody = Resident.objects.create(name="Ei Ketään", made_at=now())
    opened = glass.open_glass(nobody, make.mari(), "Puhelussa uhka hengelle")
    with pytest.raises(Refused) as error:
        glass.contacts(opened, make.mari())
    assert error.value.code == "unknown"
    tick(time.on(days=2))
    opened.refresh_from_db()
    assert (opened.owner, opened.steps_done) == ("privacy", 1)


def test_what_was_answered_a_moment_ago_is_left_alone_by_the_clock(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    make.requested()
    real = ticking.locked_case

    def quicker(thing: Watched) -> Referral:
        Placement.objects.filter(pk=thing.pk).update(next_step_at=now() + timedelta(days=9))
        return real(thing)

    monkeypatch.setattr(ticking, "locked_case", quicker)
    before = Transition.objects.filter(thing="placement").count()
    tick(time.on(days=4))
    assert Transition.objects.filter(thing="placement").count() == before


def test_the_clock_reminds_of_a_thought_nobody_sent_and_of_a_need_nobody_met(time: Time) -> None:
    offering.propose(make.talking(), make.group(), deed())
    task(AINO)
    for _ in range(9):
        tick(time.on(days=1))
    said = set(Transition.objects.filter(by="system").values_list("thing", "reason"))
    assert {("placement", "remind"), ("support", "remind"), ("support", "tell:link_worker")} <= said
    assert orphans() == []


def test_somebody_who_has_left_gets_no_mail(time: Time) -> None:
    worker = make.mari()
    worker.active = False
    worker.save()
    telling.tell_staff(worker.pk, 3, "2026-11-23")
    assert not Message.objects.filter(kind="referrals.staff").exists()


def test_a_companion_without_a_date_yet_may_meet_and_let_go(time: Time) -> None:
    one = task()
    token = supporting.offer(one, make.companion(), deed("companions"))
    supporting.answer(token, yes=True)
    Support.objects.update(starts_at=None, backup=one.offers.get().companion)
    one.refresh_from_db()
    supporting.met(one, deed(COMPANION, "phone"))
    supporting.release(one, "ill", deed(COMPANION, "phone"))
    one.refresh_from_db()
    assert (one.state, one.backup) == ("needed", None)
    ending.close(Referral.objects.get(), "duplicate", deed())
    one.refresh_from_db()
    assert one.state == "called_off"


def test_a_case_that_ends_after_the_session_tells_the_companion_nothing(time: Time) -> None:
    one = task()
    supporting.answer(supporting.offer(one, make.companion(), deed("companions")), yes=True)
    time.on(days=9)
    told = Message.objects.filter(kind="referrals.companion").count()
    ending.close(Referral.objects.get(), "duplicate", deed())
    assert Message.objects.filter(kind="referrals.companion").count() == told


def test_missing_while_the_companion_steps_back_leaves_the_assignment(time: Time) -> None:
    one = task()
    supporting.answer(supporting.offer(one, make.companion(), deed("companions")), yes=True)
    Support.objects.update(state="tapering", owner="link_worker")
    time.on(days=8)
    visiting.settle(Placement.objects.get(), "missed", deed(RECEIVER, "phone"))
    one.refresh_from_db()
    assert one.state == "tapering"


def test_a_first_visit_in_a_case_that_is_followed_up_leaves_it_there(time: Time) -> None:
    case, placement, session = make.scheduled()
    Referral.objects.filter(pk=case.pk).update(state="active")
    session.delete()
    visiting.settle(placement, "attended", deed(RECEIVER, "phone"))
    case.refresh_from_db()
    assert (case.state, placement.state) == ("active", "first_attended")


def test_nobody_is_rung_two_hours_before_to_be_reminded(time: Time) -> None:
    _, _, session = make.scheduled(make.talking(AINO))
    before = Errand.objects.count()
    session.reminded = 1
    session.save()
    tick(time.to(session.starts_at - timedelta(hours=1)))
    assert Errand.objects.filter(kind="post_letter").count() <= before
    session.refresh_from_db()
    assert session.reminded == 2


def test_a_pause_moves_errands_too_and_going_on_twice_is_once(time: Time) -> None:
    case, placement = make.planned()
    errand = ask("talk", case, placement)
    due = placement.due_at
    assert due is not None
    working.pause(case, today() + timedelta(days=28), "travel", deed())
    time.on(days=7)
    on = deed(key="on")
    working.resume(case, on)
    working.resume(case, on)
    placement.refresh_from_db()
    errand.refresh_from_db()
    assert placement.due_at is not None
    assert placement.due_at.date() == due.date() + timedelta(days=7)
    assert errand.due_at is not None
    assert errand.due_at.date() == today() + timedelta(days=2)


def test_a_try_face_to_face_needs_no_channel_and_a_sending_pressed_twice_is_once(time: Time) -> None:
    case = contacting.attempt(make.acknowledged(), "reached", deed(channel="face"))
    assert case.state == "in_dialogue"
    draft = referring.draft(make.form(AINO), deed(REFERRER))
    once = deed(REFERRER, key="send")
    referring.send(draft, once)
    before = Errand.objects.count()
    referring.send(draft, once)
    assert Errand.objects.count() == before


def test_a_withdrawal_without_permission_to_tell_tells_the_referrer_nothing(time: Time) -> None:
    case = make.sent(permissions=(Given("referral"),))
    ending.withdraw(case, deed(RESIDENT, "phone"))
    assert not Message.objects.filter(kind="referrals.feedback").exists()
