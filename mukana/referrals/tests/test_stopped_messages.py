"""What was queued and holds no more does not leave: after a withdrawal, a permission taken back, an end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.referrals.actions import ending, own, protecting, visiting
from mukana.referrals.models import Errand, Feedback, Permission, Referral
from mukana.referrals.rules.codes import RECEIVER, RESIDENT, Deed
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time, deed

pytestmark = pytest.mark.django_db
SELF = Deed("own:x", RESIDENT, "link")


def waiting(kind: str) -> list[str]:
    rows = Message.objects.filter(kind=kind, state__in=("queued", "failed", "unknown"), erased_at=None)
    return list(rows.order_by("queued_at", "pk").values_list("text", flat=True))


def visited(time: Time) -> Referral:
    case, placement, session = make.scheduled()
    time.to(session.starts_at + timedelta(hours=2))
    visiting.settle(placement, "attended", deed(RECEIVER, "phone"))
    return Referral.objects.get(pk=case.pk)


def test_after_a_withdrawal_the_referrer_hears_only_that_it_was_withdrawn(time: Time) -> None:
    case = visited(time)
    assert any("Ensimmäinen käynti" in text for text in waiting("referrals.feedback"))
    first = Message.objects.filter(kind="referrals.feedback").earliest("queued_at", "pk")
    Message.objects.filter(pk=first.pk).update(state="sent", next_at=None)
    ending.withdraw(case, Deed("p1", RESIDENT, "phone"))
    (left,) = waiting("referrals.feedback")
    assert list(Feedback.objects.exclude(told="").values_list("kind", flat=True)) == ["acknowledged", "withdrawn"]  # the visit never left
    assert "peruttu" in left
    assert "käynti" not in left


def test_without_the_feedback_permission_nothing_of_feedback_leaves_after_a_withdrawal(time: Time) -> None:
    case = visited(time)
    own.take_back(Permission.objects.get(referral=case, kind="feedback"), SELF)
    ending.withdraw(Referral.objects.get(pk=case.pk), SELF)
    assert waiting("referrals.feedback") == []


def test_taking_the_feedback_permission_back_stops_what_waits_for_the_referrer_and_nothing_else(time: Time) -> None:
    case = make.acknowledged()
    assert waiting("referrals.feedback")
    before = waiting("referrals.resident")
    own.take_back(Permission.objects.get(referral=case, kind="feedback"), SELF)
    assert waiting("referrals.feedback") == []
    assert waiting("referrals.resident") == before != []


def test_a_message_tried_in_vain_is_not_tried_again_after_a_withdrawal(time: Time) -> None:
    case = make.talking()
    Message.objects.filter(kind="referrals.resident").update(state="failed", next_at=now() + timedelta(minutes=4), problem="busy")
    ending.withdraw(case, SELF)
    assert not Message.objects.filter(kind="referrals.resident", next_at__isnull=False).exists()
    assert waiting("referrals.resident") == []


def test_nothing_more_is_told_to_the_resident_of_a_case_that_has_ended_but_feedback_goes(time: Time) -> None:
    case, _, _ = make.scheduled()
    assert waiting("referrals.resident")
    ending.close(Referral.objects.get(pk=case.pk), "moved_or_deceased", deed())
    assert waiting("referrals.resident") == []
    assert waiting("referrals.feedback")


def test_what_a_forbidden_channel_tried_in_vain_would_have_said_is_told_by_somebody(time: Time) -> None:
    case = make.talking()
    Message.objects.filter(kind="referrals.resident").update(state="failed", next_at=now() + timedelta(minutes=4), problem="busy")
    ways = protecting.Ways("040 999 8877", "", "sms")
    protecting.reach_by(case.resident, ways, deed())
    assert waiting("referrals.resident") == []
    assert Errand.objects.filter(referral=case, kind="ring_resident", done_at=None).count() == 1
