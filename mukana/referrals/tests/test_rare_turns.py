"""Turns that come seldom: a new key of the site, a mark before its time, somebody who knew nothing yet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.referrals.actions import accompanying, answering, glass, supporting, texting, working
from mukana.referrals.actions.marking import mark_session
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import Support
from mukana.referrals.rules.codes import COMPANION, COORDINATOR, RECEIVER, Refused
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time

pytestmark = pytest.mark.django_db


def test_after_the_site_s_key_has_changed_the_receiver_gets_a_page_that_opens(time: Time, settings: object) -> None:
    _, placement = make.planned()
    answering.accept(placement, make.deed(RECEIVER, "link"))
    placement.refresh_from_db()
    before = placement.view_digest
    settings.SECRET_KEY = "toinen avain, joka on tarpeeksi pitkä"  # type: ignore[attr-defined]  # pytest-django's settings
    answering.send_again(placement)
    placement.refresh_from_db()
    assert placement.view_digest != before


def test_who_answers_by_link_and_has_no_address_is_neither_written_to_nor_rung(time: Time) -> None:
    placement, _ = make.requested(make.talking(), make.group(phone="", email=""))
    answering.accept(placement, make.deed(RECEIVER, "link"))
    assert not Message.objects.filter(kind="referrals.offer").exists()
    assert not placement.errands.filter(kind="ring_receiver", done_at=None).exists()


def test_a_session_without_a_date_in_the_directory_is_not_marked_before_it_begins(time: Time) -> None:
    _, placement, session = make.scheduled(at=now() + timedelta(days=3))
    session.occurrence = None
    session.save()
    with pytest.raises(Refused, match="mark_"):
        mark_session(placement, "attended", make.deed(RECEIVER, "link"))
    placement.refresh_from_db()
    assert placement.state == "scheduled"


def test_a_mark_of_a_session_without_a_date_is_kept_and_another_is_refused(time: Time) -> None:
    _, placement, session = make.scheduled(at=now() + timedelta(days=3))
    session.occurrence = None
    session.save()
    time.on(days=4)
    mark_session(placement, "attended", make.deed(RECEIVER, "link"))
    mark_session(placement, "attended", make.deed(RECEIVER, "link"))
    with pytest.raises(Refused, match="mark_kept"):
        mark_session(placement, "missed", make.deed(RECEIVER, "link"))
    assert placement.state == "first_attended"


def test_nobody_is_asked_to_forget_what_nobody_was_told() -> None:
    supporting.ask_forgetting(Support())


def test_what_one_press_has_done_elsewhere_moves_no_companion(time: Time) -> None:
    given = (Given("referral"), Given("companion", ("contact",)))
    _, _, session = make.scheduled(make.talking(wants_companion=True, permissions=given))
    task = Support.objects.get()
    supporting.answer(supporting.offer(task, make.companion(), make.deed("companions")), yes=True)
    working.acknowledge(make.sent(make.AINO), make.mari(), make.deed(COORDINATOR, key="sama"))
    time.to(session.starts_at + timedelta(hours=2))
    task.refresh_from_db()
    accompanying.was_along(task, make.deed(COMPANION, "link", key="sama"))
    assert (Support.objects.get().state, Support.objects.get().visits) == ("accepted", 0)


def test_a_companion_who_lets_go_too_late_hears_why_it_was_not_done(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    given = (Given("referral"), Given("companion", ("contact",)))
    make.scheduled(make.talking(wants_companion=True, permissions=given))
    helper = make.companion()
    supporting.answer(supporting.offer(Support.objects.get(), helper, make.deed("companions")), yes=True)
    task = Support.objects.get()
    supporting.call_off_support(Support.objects.get(), "other", make.deed())
    monkeypatch.setattr(texting, "lets_go", lambda *_: task)  # it was still going on when the message was read
    assert texting.take(helper.phone, "EI", "m1") == "done"
    assert Support.objects.get().state == "called_off"


def test_an_opened_glass_that_waits_again_stays_with_its_reviewer_and_is_told_of_again(time: Time) -> None:
    officer = make.person("data_protection", "Outi Officer")
    opened = glass.open_glass(make.sent().resident, make.person("link_worker", "Yö Päivystys"), "Puhelussa uhka hengelle, linja katkesi")
    for times in (1, 2, 3):
        opened.refresh_from_db()
        assert opened.next_step_at is not None
        tick(time.to(opened.next_step_at))
        opened.refresh_from_db()
        assert (opened.steps_done, opened.owner_person) == (times, officer)
