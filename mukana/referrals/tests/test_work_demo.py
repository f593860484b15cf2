"""The demo's referrals: lifelike, in every state that matters, loaded once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from mukana.accounts.actions import make_demo_accounts
from mukana.lib.clock import now
from mukana.referrals.demo import load
from mukana.referrals.models import Area, Companion, Errand, Placement, Referral, Support, Transition
from mukana.referrals.models.companion import KINDS
from mukana.referrals.queries.chain import broken_link
from mukana.referrals.queries.register import models_shown
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time

pytestmark = pytest.mark.django_db


def test_the_demo_lives_nineteen_stories_once_and_leaves_them_in_many_states(time: Time) -> None:
    make_demo_accounts()
    for number in range(4):
        make.group(f"Kerho {number}", fictitious=True)
    moment = now()
    assert load() == 19
    states = Counter(Referral.objects.values_list("state", flat=True))
    assert set(states) >= {
        "sent",
        "acknowledged",
        "contacting",
        "unreachable",
        "in_dialogue",
        "planned",
        "active",
        "paused",
        "follow_up",
        "closed",
    }
    assert set(Placement.objects.values_list("state", flat=True)) >= {
        "requested",
        "declined",
        "scheduled",
        "missed_first",
        "first_attended",
    }
    assert set(Errand.objects.filter(done_at=None).values_list("kind", flat=True)) >= {"ring_receiver", "act_on_decline", "ring_resident"}
    assert Support.objects.filter(state="needed").count() == 1
    assert Referral.objects.filter(due_at__lt=moment).count() >= 2
    assert Referral.objects.filter(resident__protected=True).count() == 1
    assert not any(broken_link(case) for case in Referral.objects.all())
    assert Transition.objects.order_by("at").first().at < moment - timedelta(days=50)  # type: ignore[union-attr]
    assert now() == moment
    assert Area.objects.get().coordinator.name == "Outi Väisänen"  # type: ignore[union-attr]
    assert set(Support.objects.values_list("state", flat=True)) >= {"needed", "offered", "accepted"}
    assert (Companion.objects.filter(kind="person").count(), Companion.objects.exclude(kind="person").count()) == (6, 5)
    assert [one.kind for one in models_shown()] == sorted(KINDS[1:])
    assert load() == 0
    assert Companion.objects.count() == 11


def test_without_places_or_accounts_nothing_is_made(time: Time) -> None:
    assert load() == 0
    make_demo_accounts()
    assert load() == 0
    assert not Area.objects.exists()
