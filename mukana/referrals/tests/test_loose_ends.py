"""What a change elsewhere leaves behind in a case: sessions, reminders, messages that came back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.referrals.actions import offering, visiting
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import Placement, Session
from mukana.referrals.rules.codes import RESIDENT, Deed
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time, deed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_lost")]


def told() -> list[str]:
    """What residents have been written, the oldest first."""
    return list(Message.objects.filter(kind="referrals.resident").order_by("queued_at", "pk").values_list("text", flat=True))


def test_a_place_taken_back_takes_its_day_along_and_the_resident_is_told_once_and_reminded_never(time: Time) -> None:
    _case, placement, session = make.scheduled()
    before = len(told())
    offering.recall(placement, "changed_plan", deed())
    session.refresh_from_db()
    assert (session.state, session.reason) == ("cancelled", "changed_plan")
    (words,) = told()[before:]
    assert "on peruttu. Sinun ei tarvitse tulla." in words
    time.to(session.starts_at - timedelta(hours=20))
    tick(now())
    assert len(told()) == before + 1


def test_a_session_of_a_place_that_is_not_scheduled_is_not_reminded_of(time: Time) -> None:
    _case, placement, session = make.scheduled()
    Placement.objects.filter(pk=placement.pk).update(state="accepted")
    before = len(told())
    time.to(session.starts_at - timedelta(hours=1))
    assert visiting.remind_of_sessions(now()) == 0
    assert len(told()) == before


def test_who_said_it_themselves_is_not_told_that_the_day_is_off(time: Time) -> None:
    _case, placement, session = make.scheduled()
    before = len(told())
    offering.recall(placement, "changed_plan", Deed("own:1", RESIDENT, "link"))
    assert Session.objects.get(pk=session.pk).state == "cancelled"
    assert len(told()) == before


def test_an_ended_place_has_no_day_ahead(time: Time) -> None:
    _case, placement, session = make.scheduled()
    Placement.objects.filter(pk=placement.pk).update(state="session_cancelled")
    placement.refresh_from_db()
    offering.end(placement, "health", deed())
    assert Session.objects.get(pk=session.pk).state == "cancelled"
