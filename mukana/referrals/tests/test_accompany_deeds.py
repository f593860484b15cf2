"""Rarer turns of what receivers and companions tell: refused, told twice, or nothing to do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mukana.directory.tests import make as hub
from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.outbox.tests.boxes import saying
from mukana.referrals.actions import accompanying, answering, offering, supporting, texting, visiting
from mukana.referrals.actions.marking import mark_date, mark_session
from mukana.referrals.actions.permitting import Given, unpermit
from mukana.referrals.models import Errand, Permission, Placement, Support, Transition
from mukana.referrals.rules.codes import COMPANION, RECEIVER, RESIDENT, Deed
from mukana.referrals.tests import make
from mukana.referrals.tests.invariants import refused
from mukana.referrals.tests.make import AINO, Time, deed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_lost")]
COMPANY = (Given("referral"), Given("companion", ("name", "contact", "practical")))
BY_LINK = Deed("link:x", COMPANION, "link")


def along(time: Time) -> Support:
    make.scheduled(make.talking(wants_companion=True, permissions=COMPANY))
    task = Support.objects.get()
    supporting.answer(supporting.offer(task, make.companion(), deed("companions")), yes=True)
    task.refresh_from_db()
    return task


def test_unknown_links_and_sessions_that_are_not_there(time: Time) -> None:
    refused("unknown", answering.look, "olematon")
    refused("unknown", supporting.answer, "olematon", yes=True)
    placement, _ = make.requested()
    refused("no_session", mark_session, placement, "attended", deed(RECEIVER, "phone"))
    other = hub.date(make.group("Kuoro"))
    refused("no_session", mark_date, placement, other, "attended", deed(RECEIVER, "phone"))


def test_a_place_in_the_queue_taken_twice_by_one_form_is_told_once(time: Time) -> None:
    placement, _ = make.requested()
    pressed = deed(RECEIVER, "phone", key="jono")
    first, second = (answering.waitlist(placement, pressed) for _ in range(2))
    assert first == second
    assert saying("jono on merkitty").count() == 1
    _, fields = answering.see(first)
    assert "name" not in fields


def test_no_link_is_sent_to_a_page_of_somebody_who_no_longer_comes(time: Time) -> None:
    _, placement, session = make.scheduled()
    time.to(session.starts_at + timedelta(hours=1))
    mark_session(placement, "attended", deed(RECEIVER, "phone"))
    offering.end(placement, "moved_on", deed())
    refused("closed", answering.send_view, placement, "mika-vain")


def test_a_companion_whose_permission_was_taken_back_says_yes_in_vain(time: Time) -> None:
    make.scheduled(make.talking(wants_companion=True, permissions=COMPANY))
    task = Support.objects.get()
    supporting.offer(task, make.companion(), deed("companions"))
    for one in Permission.objects.filter(kind="companion"):
        unpermit(one, deed())
    assert texting.take("050 111 2233", "kyllä", "1") == "done"
    task.refresh_from_db()
    assert task.state == "offered"
    assert "perunut lupansa" in Message.objects.latest("queued_at").text or saying("perunut lupansa").exists()


def test_a_reason_is_heard_only_of_one_who_missed_and_only_a_known_one(time: Time) -> None:
    _, placement, session = make.scheduled()
    told = Deed("sms:x", RESIDENT, "sms")
    refused("no_such_move", visiting.answer_why, placement, "transport", told)
    time.to(session.starts_at + timedelta(hours=1))
    mark_session(placement, "missed", deed(RECEIVER, "phone"))
    refused("unknown_reason", visiting.answer_why, placement, "laiskuus", told)
    visiting.answer_why(placement, "transport", told)
    assert Errand.objects.get(kind="ring_resident", done_at=None).words.endswith("kulkeminen.")


def test_who_stayed_away_a_second_time_is_told_once_also_without_a_date(time: Time) -> None:
    task = along(time)
    assert not accompanying.told_of(Support(placement=task.placement))
    assert task.starts_at is not None
    time.to(task.starts_at + timedelta(hours=1))
    accompanying.was_along(task, BY_LINK)
    accompanying.again(task, now() + timedelta(days=7), BY_LINK)
    assert task.starts_at is not None
    time.to(task.starts_at + timedelta(hours=1))
    task.placement = Placement.objects.get(pk=task.placement_id)
    for key in ("a", "a", "b"):
        accompanying.did_not_come(task, Deed("link:x", COMPANION, "link", key))
    assert accompanying.told_of(task)
    assert Transition.objects.filter(thing_id=task.pk, reason="no_show").count() == 1
    assert task.visits == 1
    accompanying.was_along(task, BY_LINK)
    assert task.visits == 1


def test_the_back_up_is_named_to_whoever_looks_for_another(time: Time) -> None:
    make.scheduled(make.talking(AINO, wants_companion=True, permissions=COMPANY))
    task = Support.objects.get()
    token = supporting.offer(task, make.companion(), deed("companions"), backup=make.companion("Varpu Vara"))
    supporting.answer(token, yes=True)
    task.refresh_from_db()
    assert task.starts_at is not None
    time.to(task.starts_at - timedelta(hours=20))
    supporting.release(task, "ill", BY_LINK)
    assert "Varpu Vara" in Errand.objects.get(kind="find_companion", done_at=None).words
