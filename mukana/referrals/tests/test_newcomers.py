"""What somebody new to the desk stumbles on: a resident with an address only, letters, follow-up calls, answers by text message."""

from __future__ import annotations

import pytest
from django.test import Client

from mukana.accounts.models import Person
from mukana.outbox.models import Message
from mukana.referrals.actions import contacting, offering, supporting, working
from mukana.referrals.actions.permitting import Given
from mukana.referrals.actions.texting import take
from mukana.referrals.models import ContactAttempt, Errand, Letter, Placement, Referral, Support
from mukana.referrals.queries.story import story_of
from mukana.referrals.story_words import what
from mukana.referrals.tests import make
from mukana.referrals.tests.invariants import refused
from mukana.referrals.tests.make import AINO, REIJO, Time, deed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_lost")]
BY_POST = make.variant(AINO, phone="", safe=())


@pytest.fixture
def mari(client: Client) -> Person:
    who = make.mari()
    client.force_login(who)
    return who


def desk(case: Referral, what: str = "") -> str:
    return f"/tyopoyta/hyvinvointilahete/{case.pk}/{what}"


def last_words() -> str:
    found = Message.objects.order_by("-queued_at", "-pk").first()
    assert found is not None
    return found.text


def test_who_has_an_address_only_is_written_to_and_the_errand_prints_the_letter(client: Client, mari: Person, time: Time) -> None:
    case = make.acknowledged(BY_POST)
    page = client.get(desk(case)).content.decode()
    assert "Laiturikatu 1, 70100 Kuopio" in page
    assert "Kirjoita kirje" in page
    assert "Varattu" not in client.get(desk(case, "yritys/")).content.decode()
    for _ in range(2):
        contacting.write(case, "Tulen käymään torstaina klo 10.", deed(key="w"))
    (tried,) = ContactAttempt.objects.all()
    assert (tried.channel, tried.result) == ("letter", "no_answer")
    letter = Letter.objects.get(kind="written")
    assert f"/tyopoyta/kirjeet/kirjeet.pdf?kirje={letter.pk}" in client.get(desk(case)).content.decode()


def test_who_can_be_rung_is_not_offered_a_letter_instead(client: Client, mari: Person, time: Time) -> None:
    case = make.acknowledged(REIJO)
    assert "Kirjoita kirje" not in client.get(desk(case)).content.decode()


def test_a_letter_that_tells_by_when_somebody_rings_tells_so_no_more_when_they_have_rung(time: Time) -> None:
    case = make.acknowledged(AINO)
    assert [one.kind for one in Letter.objects.all()] == ["receipt"]
    contacting.attempt(case, "reached", deed(channel="phone"))
    letter, errand = Letter.objects.get(), Errand.objects.get(kind="post_letter")
    assert letter.text.startswith("Olemme jo jutelleet.")
    assert (errand.words, errand.done_at) == (letter.text, None)


def test_a_letter_that_asks_to_ring_leaves_the_queue_when_they_have_rung(time: Time) -> None:
    case = make.acknowledged(AINO)
    for _ in range(3):
        time.on(days=1, hours=3)
        contacting.attempt(case, "no_answer", deed(channel="phone"))
    contacting.say_unreachable(case, deed())
    contacting.called_back(case, deed("resident", "phone"))
    assert [one.kind for one in Letter.objects.all()] == ["receipt"]
    assert sorted(one.result for one in Errand.objects.filter(kind="post_letter")) == ["", "not_true"]


def test_a_posted_letter_stays_and_an_agreed_day_taken_back_takes_its_letter(time: Time) -> None:
    case = make.talking(AINO)
    _case, placement, _session = make.scheduled(case)
    Letter.objects.filter(kind="plan").update(posted_at=make.MONDAY)
    assert Letter.objects.filter(kind="first_session").exists()
    offering.recall(placement, "changed_plan", deed())
    assert not Letter.objects.filter(kind="first_session").exists()
    assert Letter.objects.filter(kind="plan").exists()


def test_a_follow_up_call_can_be_in_vain_or_bring_the_resident_back(client: Client, mari: Person, time: Time) -> None:
    case = make.talking(REIJO)
    working.plan(case, deed(), own_path="Kävely")
    working.follow_up(case, deed())
    for _ in range(2):
        working.not_answered(case, deed(key="n"))
    assert (case.follow_ups_done, case.state) == (0, "follow_up")
    assert sum("ei vastattu" in what(event) for event in story_of(case)) == 1
    answer = client.post(desk(case, "seurattu/"), {"tulos": "no_answer", "kanava": "phone", "kerran": "k1"})
    assert (answer.status_code, Referral.objects.get().follow_ups_done) == (302, 0)
    answer = client.post(desk(case, "seurattu/"), {"tulos": "other", "kanava": "phone", "kerran": "k2"})
    assert (answer.status_code, Referral.objects.get().state) == (302, "in_dialogue")
    refused("no_such_move", working.not_answered, case, deed())


def test_after_the_last_follow_up_the_first_thing_to_do_is_to_end_the_case(client: Client, mari: Person, time: Time) -> None:
    case = make.talking(REIJO)
    working.plan(case, deed(), own_path="Kävely")
    working.follow_up(case, deed())
    assert 'class="h3">Päätä lähete' not in client.get(desk(case)).content.decode()
    for _ in range(3):
        client.post(desk(case, "seurattu/"), {"tulos": "still", "kanava": "phone"})
    assert 'class="h3">Päätä lähete' in client.get(desk(case)).content.decode()


def test_a_receivers_second_yes_is_told_that_it_is_known(time: Time) -> None:
    placement, _token = make.requested()
    assert take("050 000 1299", "KYLLÄ", "m1") == "done"
    assert take("050 000 1299", "kyllä", "m2") == "again"
    assert last_words().startswith("Kiitos, vastauksenne on jo kirjattu.")
    assert Placement.objects.get(pk=placement.pk).state == "accepted"


def test_a_companion_is_told_how_to_answer_and_a_no_after_the_yes_lets_go(time: Time) -> None:
    case = make.talking(REIJO, wants_companion=True, permissions=(Given("referral"), Given("companion", ("contact",))))
    make.scheduled(case)
    helper = make.companion()
    supporting.offer(Support.objects.get(), helper, deed("companions"))
    assert "Vastaa KYLLÄ tai EI" in last_words()
    assert take(helper.phone, "KYLLÄ", "m1") == "done"
    assert Support.objects.get().state == "accepted"
    assert take(helper.phone, "EI", "m2") == "done"
    assert (Support.objects.get().state, Support.objects.get().companion) == ("needed", None)
    assert "Et ole enää saattajana" in last_words()
    assert take(helper.phone, "EI", "m3") == "unclear"
