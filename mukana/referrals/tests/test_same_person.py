"""Somebody referred twice is protected in both: by the same whole name and the same number."""

from __future__ import annotations

import pytest

from mukana.referrals.actions import ending
from mukana.referrals.actions.protecting import protect
from mukana.referrals.models import Referral, Resident
from mukana.referrals.rules.codes import RESIDENT, Deed
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, REIJO, Time, deed

pytestmark = pytest.mark.django_db


def protected(case: Referral) -> tuple[bool, object]:
    one = Resident.objects.get(pk=case.resident_id)
    return one.protected, one.address


def test_protection_set_in_one_case_holds_in_another_of_the_same_person(time: Time) -> None:
    first, second, other = make.talking(AINO), make.sent(make.variant(AINO, name="virtanen  AINO")), make.sent(REIJO)
    namesake = make.sent(make.variant(AINO, phone="040 765 4321"))
    protect(first.resident, deed(), protected=True)
    assert protected(first) == protected(second) == (True, {})
    assert not protected(other)[0]
    assert not protected(namesake)[0]


def test_a_new_referral_of_a_protected_person_is_protected_from_the_start(time: Time) -> None:
    first = make.sent(AINO)
    protect(first.resident, deed(), protected=True)
    assert protected(make.sent(AINO)) == (True, {})
    ending.withdraw(Referral.objects.get(pk=first.pk), Deed("p1", RESIDENT, "phone"))
    Resident.objects.filter(referrals__state="sent").update(protected=False)
    assert protected(make.sent(AINO))[0] is False  # of what was taken back nothing is known
