"""Who may not be rung is rung by nobody: no word of the desk, of a companion or of a receiver says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mukana.lib.clock import now
from mukana.referrals.actions import own, protecting, supporting, visiting
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.telling import tell_resident
from mukana.referrals.models import Errand, Referral, Support
from mukana.referrals.rules.codes import RECEIVER, RESIDENT, Deed
from mukana.referrals.rules.reaching import Reach, may_ring
from mukana.referrals.tests import make
from mukana.referrals.tests.make import REIJO, Time, deed
from mukana.referrals.tests.test_work_pages import page, seen_by
from mukana.referrals.turn_words import ASKS, NOT_RUNG, VERBS, asked

pytestmark = pytest.mark.django_db
SELF = Deed("own:x", RESIDENT, "link")


def test_ringing_needs_a_number_and_leave() -> None:
    assert may_ring(Reach("", has_phone=True))
    assert not may_ring(Reach("", has_phone=True, safe=frozenset({"no_call"})))
    assert not may_ring(Reach(""))


@pytest.mark.parametrize(("kind", "state"), [*ASKS, *(("errand", code) for code in VERBS)])
def test_no_word_of_the_desk_says_to_ring_somebody_who_may_not_be_rung(kind: str, state: str) -> None:
    what, verb = asked(kind, state, rings=False)
    to_receiver = state in ("requested", "ring_receiver")
    assert to_receiver or verb != "Soita"
    assert to_receiver or state == "unreachable" or "soita" not in what.lower().replace("soittaa ei saa", "")
    assert state not in NOT_RUNG or verb == "Ota yhteyttä"


@pytest.mark.parametrize("safe", [("no_call", "no_sms"), ("no_call",)])
def test_an_errand_that_waited_changes_its_words_when_ringing_is_forbidden(time: Time, safe: tuple[str, ...]) -> None:
    case, placement, session = make.scheduled(make.talking(REIJO))
    time.to(session.starts_at + timedelta(hours=2))
    visiting.settle(placement, "missed", deed(RECEIVER, "phone"))
    client = seen_by(make.mari())
    assert "Soita asukkaalle" in page(client, "referral_case", case.pk)
    protecting.protect(case.resident, deed(), safe=safe)
    for address in (page(client, "referrals_day"), page(client, "referral_case", case.pk)):
        assert "Soita asukkaalle" not in address
        assert "> Soita<" not in address
        assert 'href="tel:+358401234567"' not in address
    assert "Soittaa ei saa" in page(client, "referral_case", case.pk)


def test_a_message_that_can_go_in_person_only_is_no_call(time: Time) -> None:
    case = make.talking(make.variant(REIJO, preferred="sms"))
    own.tell_unsafe(case, ["no_sms", "no_call"], SELF)
    case = Referral.objects.get(pk=case.pk)
    assert tell_resident(case, "plan", "Moi") == "in_person"
    assert Errand.objects.filter(referral=case, kind="ring_resident", done_at=None).exists()
    assert "Soita asukkaalle" not in page(seen_by(make.mari()), "referral_case", case.pk)


def test_a_companion_and_a_receiver_are_given_no_number_to_press_when_ringing_is_forbidden(time: Time) -> None:
    given = (Given("referral"), Given("companion", ("name", "contact", "practical")))
    case, placement, _ = make.scheduled(make.talking(REIJO, wants_companion=True, permissions=given), at=now() + timedelta(days=9))
    protecting.protect(case.resident, deed(), safe=("no_call",))
    token = supporting.offer(Support.objects.get(placement=placement), make.companion(), deed("companions"))
    supporting.answer(token, yes=True)
    text = Client().get(reverse("company", args=[token])).content.decode()
    assert "040\xa0123\xa04567" in text
    assert "tel:+358401234567" not in text
    assert "Soita tai tapaa" not in text
    assert "Lähetä viesti tai tapaa" in text
