"""Calls that wait, subjects, days that are promised, what is read aloud: as people meet them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from mukana.outbox.models import Message
from mukana.referrals import wording
from mukana.referrals.actions import contacting, offering, visiting, working
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.telling import tell_resident
from mukana.referrals.forms.placement import ALOUD, RequestForm
from mukana.referrals.models import Errand
from mukana.referrals.queries.standing import standing
from mukana.referrals.rules.codes import COORDINATOR, RECEIVER, RESIDENT
from mukana.referrals.tests import make
from mukana.referrals.tests.make import REIJO, Time, deed
from mukana.referrals.tests.test_work_pages import page, seen_by

pytestmark = pytest.mark.django_db
LANDLINE = make.variant(REIJO, preferred="call", digital=False)


def test_what_else_there_is_to_say_joins_the_call_that_waits(time: Time) -> None:
    case = make.talking(LANDLINE)
    tell_resident(case, "plan", "Sovimme tästä.")
    first = Errand.objects.get(kind="ring_resident", done_at=None)
    time.on(hours=1)
    tell_resident(case, "cancelled", "Kerta on peruttu.", urgent=True)
    tell_resident(case, "cancelled", "Kerta on peruttu.", urgent=True)
    call = Errand.objects.get(kind="ring_resident", done_at=None)
    assert call.words == "Sano: ”Sovimme tästä.”\nSano: ”Kerta on peruttu.”"
    assert (call.pk, call.due_at) == (first.pk, call.next_step_at)
    assert call.due_at is not None
    assert first.due_at is not None
    assert call.due_at < first.due_at
    assert "Sano: ”Sovimme tästä.”<br>" in page(seen_by(make.mari()), "referrals_day")


@pytest.mark.parametrize("back", [False, True])
def test_a_call_about_the_receipt_ends_when_the_resident_is_reached(time: Time, back: bool) -> None:
    case = make.acknowledged(LANDLINE)
    assert Errand.objects.filter(kind="ring_resident", done_at=None, owner_person=make.mari()).count() == 1
    if back:
        for channel, hours in (("phone", 0), ("sms", 23), ("phone", 29)):
            time.on(hours=hours)
            contacting.attempt(case, "no_answer", deed(channel=channel))
        contacting.say_unreachable(case, deed())
        contacting.called_back(case, deed(RESIDENT, "phone"))
    else:
        contacting.attempt(case, "reached", deed(channel="phone"))
    assert not Errand.objects.filter(kind="ring_resident", done_at=None).exists()


def test_calls_that_waited_move_to_the_link_worker_who_takes_the_case(time: Time) -> None:
    case = make.sent(LANDLINE)
    working.acknowledge(case, make.mari(), deed(COORDINATOR))
    assert set(case.errands.filter(kind="ring_resident").values_list("owner_person", flat=True)) == {make.mari().pk}


def test_words_of_a_first_session_end_with_it_and_other_words_stay(time: Time) -> None:
    case, placement, session = make.scheduled(make.talking(LANDLINE))
    tell_resident(case, "other", "Muuta asiaa.")
    time.to(session.starts_at + timedelta(hours=2))
    visiting.settle(placement, "attended", deed(RECEIVER, "phone"))
    assert Errand.objects.get(kind="ring_resident", done_at=None).words == "Sano: ”Muuta asiaa.”"


def test_a_first_session_that_is_over_leaves_no_call_behind(time: Time) -> None:
    _, placement, session = make.scheduled(make.talking(LANDLINE))
    time.to(session.starts_at + timedelta(hours=2))
    visiting.settle(placement, "attended", deed(RECEIVER, "phone"))
    assert not Errand.objects.filter(kind="ring_resident", done_at=None).exists()


def test_nothing_is_said_to_be_late_before_the_promised_day_is_past(time: Time) -> None:
    case = make.sent()
    promised = standing(case)
    assert not promised.late
    assert case.due_at is not None
    time.to(case.due_at + timedelta(hours=1))
    assert not standing(case).late
    time.on(days=21)
    assert standing(case).late


def test_an_e_mail_is_called_by_what_it_tells_in_the_residents_language(time: Time) -> None:
    make.sent(make.variant(REIJO, email="reijo@example.fi", preferred="email", safe=("no_sms",)))
    told = Message.objects.get(kind="referrals.resident")
    assert told.subject == "Otamme sinuun yhteyttä"
    assert "Reijo" not in told.subject


def test_one_thing_is_one_thing_in_the_days_word() -> None:
    assert "1 asia, jonka" in wording.digest(1)
    assert "2 asiaa, joiden" in wording.digest(2)


def test_a_new_case_of_the_day_leads_to_its_own_row_of_the_inbox(time: Time) -> None:
    case = make.sent()
    text = page(seen_by(make.area().coordinator), "referrals_day")
    assert f"{reverse('referrals_inbox')}#u-{case.pk}" in text
    assert f'id="u-{case.pk}"' in page(seen_by(make.area().coordinator), "referrals_inbox")


def test_the_reference_is_shown_in_two_halves_in_the_inbox(time: Time) -> None:
    case = make.sent()
    text = page(seen_by(make.area().coordinator), "referrals_inbox")
    assert wording.spoken(case.reference) in text
    assert case.reference not in text


def test_a_permission_is_asked_with_the_text_to_read(time: Time) -> None:
    case = make.talking()
    text = page(seen_by(make.mari()), "referral_deed", case.pk, "lupa")
    assert "Kerron linkkihenkilölle nimesi, yhteystietosi ja toiveesi" in text


def test_what_is_read_aloud_names_every_ticked_field(time: Time) -> None:
    placement = offering.propose(make.talking(), make.group(), deed())
    form = RequestForm(placement, make.mari())
    assert "language" in form.initial["ryhmat"]
    assert all(str(ALOUD[group]) in form.lead for group in form.initial["ryhmat"])


def test_an_overdue_need_of_company_is_late_in_words_and_with_a_mark(time: Time) -> None:
    given = (Given("referral"), Given("companion", ("name",)))
    make.scheduled(make.talking(LANDLINE, wants_companion=True, permissions=given))
    keeper = seen_by(make.area().coordinator)
    assert "Myöhässä" not in page(keeper, "companions")
    time.on(days=5)
    assert "Myöhässä" in page(seen_by(make.area().coordinator), "companions")
