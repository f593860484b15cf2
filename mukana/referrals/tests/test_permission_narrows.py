"""A new permission to the same receiver replaces the former: who allows less is shown less."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mukana.lib.clock import now
from mukana.referrals.actions import answering, offering
from mukana.referrals.models import Permission, Referral
from mukana.referrals.queries.seeing import view_for
from mukana.referrals.rules.codes import RECEIVER
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time, deed
from mukana.referrals.tests.test_work_pages import page, seen_by

pytestmark = pytest.mark.django_db


def test_a_narrower_permission_to_the_same_receiver_narrows_what_it_sees_and_the_former_stays_in_history(time: Time) -> None:
    case, entry = make.talking(), make.group()
    first, _ = make.requested(case, entry)
    answering.decline(first, "full", deed(RECEIVER, "phone"))
    time.on(hours=1)
    again = offering.propose(Referral.objects.get(pk=case.pk), entry, deed())
    address = reverse("referral_place", args=[case.pk, again.pk, "pyyda"])
    answer = seen_by(make.mari()).post(address, {"ryhmat": ["area"], "tapa": "oral", "kerran": "k"})
    assert answer.status_code == 302
    again.refresh_from_db()
    assert again.state == "requested"
    seen = {**view_for("preview", again, now()), **view_for("receiver", again, now())}
    assert "area" in seen
    assert not {"wish", "name", "phone"} & set(seen)
    kept = Permission.objects.filter(referral=case, kind="receiver").order_by("given_at")
    assert [(row.groups, row.withdrawn_at is None) for row in kept] == [(sorted(make.ALL), False), (["area"], True)]
    text = page(seen_by(make.mari()), "referral_case", case.pk)
    assert "korvattu uudella" in text


def test_a_permission_to_one_receiver_leaves_another_s_as_it_was(time: Time) -> None:
    first, _ = make.requested()
    other = make.group("Kuoro")
    make.allow(first.referral, other, ("area",))
    assert view_for("receiver", first, now())["name"] == "Reijo Räsänen"
