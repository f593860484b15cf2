"""What the organiser changes in the directory reaches the resident who was to come that day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mukana.directory.actions import changes
from mukana.directory.models import Entry, Occurrence
from mukana.directory.tests import make as hub
from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.referrals.actions import visiting
from mukana.referrals.actions.following import _follow
from mukana.referrals.actions.ticking import tick
from mukana.referrals.models import Errand, Placement, Session, Support
from mukana.referrals.queries.story import story_of
from mukana.referrals.story_words import what
from mukana.referrals.tests import make
from mukana.referrals.tests.make import REIJO, Time, deed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_lost")]


def told() -> list[str]:
    """What residents have been written, the oldest first."""
    return list(Message.objects.filter(kind="referrals.resident").order_by("queued_at", "pk").values_list("text", flat=True))


def tell(session: Session, **facts: object) -> None:
    """The directory changes the date and puts its entry on the feed."""
    Occurrence.objects.filter(pk=session.occurrence_id).update(**facts)
    changes.record([session.placement.entry_id], "updated", now())  # type: ignore[list-item]  # the entry is there


def test_a_date_cancelled_in_the_directory_calls_the_session_off_and_the_resident_is_told_at_once(time: Time) -> None:
    case, placement, session = make.scheduled()
    before = len(told())
    tell(session, status="cancelled")
    placement.refresh_from_db()
    session.refresh_from_db()
    assert (placement.state, placement.reason, session.state) == ("session_cancelled", "directory", "cancelled")
    assert "on peruttu. Sovimme uuden ajan." in told()[before:][0]
    assert any("järjestäjän omien aikojen mukaan" in what(event) for event in story_of(case))
    time.to(session.starts_at - timedelta(days=1))
    tick(now())
    assert len(told()) == before + 1


def test_a_date_moved_in_the_directory_moves_the_session_its_clock_and_its_reminder(time: Time) -> None:
    case, placement, session = make.scheduled()
    before, at = len(told()), session.starts_at + timedelta(days=1, hours=3)
    tell(session, starts_at=at, ends_at=at + timedelta(hours=1), status="rescheduled")
    placement.refresh_from_db()
    session.refresh_from_db()
    assert (session.starts_at, session.state, placement.state) == (at, "planned", "scheduled")
    assert placement.since == at + timedelta(hours=1)
    (words,) = told()[before:]
    assert words.startswith("Huomaa uusi aika.")
    assert any("siirsi ensimmäisen kerran" in what(event) for event in story_of(case))
    time.to(at - timedelta(hours=20))
    tick(now())
    assert len(told()) == before + 2
    changes.record([placement.entry_id], "updated", now())  # type: ignore[list-item]  # the entry is there
    assert len(told()) == before + 2


def test_a_companion_is_asked_anew_for_the_moved_day(time: Time) -> None:
    case = make.talking(REIJO, wants_companion=True)
    _case, placement, session = make.scheduled(case)
    at = session.starts_at + timedelta(days=1)
    tell(session, starts_at=at, ends_at=None)
    assert Support.objects.get(placement=placement).starts_at == at


def test_another_entrys_news_and_an_unchanged_date_change_nothing(time: Time) -> None:
    _case, _placement, session = make.scheduled()
    before = len(told())
    Occurrence.objects.filter(pk=session.occurrence_id).update(status="cancelled")
    changes.record([make.group("Muu").pk], "updated", now())
    Occurrence.objects.filter(pk=session.occurrence_id).update(status="scheduled")
    tell(session)
    assert len(told()) == before


def test_a_date_that_is_told_no_more_is_asked_of_the_receiver_once(time: Time) -> None:
    case, placement, session = make.scheduled()
    Occurrence.objects.filter(pk=session.occurrence_id).delete()
    entry = Entry.objects.get(pk=placement.entry_id)
    for _ in range(2):
        changes.record([entry.pk], "updated", now())
        errands = Errand.objects.filter(referral=case, kind="ring_receiver")
        assert [one.words.startswith("Sovittua kertaa") for one in errands] == [True]
        errands.filter(done_at=None).update(done_at=now(), owner="", owner_person=None, due_at=None, next_step_at=None)
    assert Session.objects.get(pk=session.pk).state == "planned"


def test_a_date_that_has_only_got_another_name_stands(time: Time) -> None:
    case, placement, session = make.scheduled()
    Occurrence.objects.filter(pk=session.occurrence_id).delete()
    assert placement.entry is not None
    again = hub.date(placement.entry, session.starts_at)
    changes.record([placement.entry.pk], "updated", now())
    session.refresh_from_db()
    assert (session.occurrence_id, session.dated) == (again.pk, True)
    assert not Errand.objects.filter(referral=case, kind="ring_receiver").exists()


def test_what_somebody_has_changed_meanwhile_stays_so(time: Time) -> None:
    _case, placement, session = make.scheduled()
    visiting.call_off(placement, "other", deed("receiver", "phone"))
    assert _follow(session.pk) is False
    assert Placement.objects.get(pk=placement.pk).reason == "other"
