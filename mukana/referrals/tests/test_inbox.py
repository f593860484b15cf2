from __future__ import annotations

import pytest

from mukana.lib.clock import now
from mukana.referrals.actions.errands import ask
from mukana.referrals.actions.glass import open_glass
from mukana.referrals.models import Absence
from mukana.referrals.queries.inbox import turns_in, turns_of
from mukana.referrals.tests import make
from mukana.referrals.tests.make import REIJO, Time

pytestmark = pytest.mark.django_db


def test_one_screen_tells_what_is_mine_and_what_is_others_the_most_overdue_first(time: Time) -> None:
    officer = make.person("data_protection", "Outi Officer")
    case, placement = make.planned()
    ask("talk", case, placement)
    waiting = make.sent(make.variant(REIJO, name="Veikko Vahva"), urgency="urgent")
    open_glass(waiting.resident, make.mari(), "Puhelussa uhka hengelle")
    time.on(days=2)
    mine = turns_of(make.mari().pk, now())
    assert [(turn.kind, turn.state, turn.overdue) for turn in mine] == [("errand", "talk", False), ("case", "planned", False)]
    everything = turns_in(["297"], now())
    assert [(turn.kind, turn.state, turn.overdue, turn.urgent) for turn in everything] == [
        ("case", "sent", True, True),
        ("errand", "talk", False, False),
        ("placement", "requested", False, False),
        ("case", "planned", False, False),
    ]
    assert [turn.kind for turn in turns_of(officer.pk, now())] == ["glass"]
    assert turns_in([], now()) == []


def test_a_link_worker_away_without_a_cover_leaves_her_turns_to_the_coordinator(time: Time) -> None:
    Absence.objects.create(person=make.mari(), first=now().date(), last=now().date(), cover=None)
    case = make.acknowledged()
    assert case.owner_person == make.area().coordinator
