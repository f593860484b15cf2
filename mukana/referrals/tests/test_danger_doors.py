"""Words of acute danger stop at every door of words, with 112; what a resident tells to be safe is still done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from mukana.lib.clock import now
from mukana.referrals.actions import answering, contacting, measuring, working
from mukana.referrals.actions.permitting import Given
from mukana.referrals.models import ContactAttempt, Errand, Goal, Referral
from mukana.referrals.rules.clocks import due, wd
from mukana.referrals.rules.codes import RECEIVER
from mukana.referrals.secrets import OWN, token_of
from mukana.referrals.tests import make
from mukana.referrals.tests.invariants import refused
from mukana.referrals.tests.make import REIJO, Time, deed
from mukana.referrals.tests.test_work_pages import do, said, seen_by

pytestmark = pytest.mark.django_db
DANGER = "hän uhkaa tappaa minut tänään"


def _goal(case: Referral) -> object:
    return measuring.set_goal(case, "concern", DANGER, deed())


def _path(case: Referral) -> object:
    return working.plan(case, deed(), own_path=DANGER)


def _no(case: Referral) -> object:
    placement, _ = make.requested(case)
    return answering.decline(placement, "full", deed(RECEIVER, "phone"), counter_proposal=DANGER)


@pytest.mark.parametrize("door", [_goal, _path, _no])
def test_words_of_danger_are_not_written_down_but_rung_about(time: Time, door: Callable[[Referral], object]) -> None:
    case = make.talking(permissions=(Given("referral"), Given("measures")))
    refused("acute_danger", door, case)
    assert not Goal.objects.exists()


def test_a_note_of_a_try_stops_too_and_the_page_says_112(time: Time) -> None:
    case = make.acknowledged()
    refused("acute_danger", contacting.attempt, case, "no_answer", deed(channel="phone"), note=DANGER)
    assert not ContactAttempt.objects.exists()
    answer = do(seen_by(make.mari()), case, "yritys", kanava="phone", tulos="no_answer", sanat=DANGER, kerran="k")
    assert (answer.status_code, "Soita 112" in said(answer), DANGER in said(answer)) == (409, True, True)


def test_a_resident_in_danger_is_made_safe_told_112_and_talked_with_the_same_day(time: Time) -> None:
    case = Referral.objects.select_related("resident").get(pk=make.talking(REIJO).pk)
    answer = Client().post(f"/oma/{token_of(case, OWN)}/turva/", {"kielletty": ["no_sms"], "kerro": DANGER}, follow=True)
    assert "soita 112" in answer.content.decode()
    case.resident.refresh_from_db()
    assert "no_sms" in case.resident.safe
    errand = Errand.objects.get(referral=case, kind="talk")
    assert DANGER in errand.words
    assert errand.due_at == due(now(), wd(0))
