from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Q

from mukana.lib.clock import now
from mukana.outbox.actions import send_sms
from mukana.referrals.models import Letter, Referral
from mukana.referrals.simulation import regions
from mukana.referrals.simulation.ledger import Broken, Ledger, check
from mukana.referrals.simulation.play import play
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, Time

pytestmark = pytest.mark.django_db


def test_a_quarter_of_mishaps_leaves_nothing_with_nobody_and_the_counts_agree(time: Time) -> None:
    played = play(people=6, seed=3, days=40, after=60)
    assert played.told == played.counted
    assert played.told.agreed == 6
    assert played.chains_broken == 0
    assert played.ticks == 100


def test_many_people_live_in_several_regions_told_as_one(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regions, "REGION", 2)
    played = regions.play_regions(people=3, seed=4, days=5, after=15)
    assert played.told == played.counted
    assert (played.told.agreed, played.ticks, played.chains_broken) == (3, 40, 0)
    assert not Referral.objects.exists()  # each region's play leaves nothing to the next
    assert regions.play_regions(people=3, seed=4, days=5, after=15).told == played.told


def test_the_play_sees_what_may_not_be(time: Time) -> None:
    case = make.sent(AINO)
    ledger = Ledger(names={case.pk: ("Virtanen", "Laiturikatu 1")})
    check(ledger, now())
    time.on(minutes=1)
    about = f"referrals.Referral:{case.pk}"
    spoiled = send_sms(to="0401234567", text="Aino Virtanen", kind="referrals.offer", about=about)
    with pytest.raises(Broken, match="name"):
        check(ledger, now())
    spoiled.delete()
    spoiled = send_sms(to="0401234567", text="Laiturikatu 1", kind="referrals.resident", about=about)
    with pytest.raises(Broken, match="address"):
        check(ledger, now())
    spoiled.delete()
    ledger.withdrawn[case.pk] = now() - timedelta(hours=1)
    spoiled = send_sms(to="0401234567", text="Hei", kind="referrals.resident", about=about)
    with pytest.raises(Broken, match="withdrawn"):
        check(ledger, now())
    ledger.withdrawn.clear()
    case.resident.safe = ["no_sms", "no_letter"]
    case.resident.save()
    with pytest.raises(Broken, match="forbidden"):
        check(ledger, now())
    spoiled.delete()
    Letter.objects.create(referral=case, kind="x", made_at=now())
    with pytest.raises(Broken, match="letter"):
        check(ledger, now())
    assert not Referral.objects.filter(Q(owner="", state="sent")).exists()
