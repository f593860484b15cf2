"""Making a referral: what is checked before anything is kept, whoever asks and however often."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError

from mukana.directory.tests import make as hub
from mukana.lib.clock import now
from mukana.organisations.models import Municipality
from mukana.outbox.models import Message
from mukana.referrals.actions import ending, referring
from mukana.referrals.actions.permitting import Given
from mukana.referrals.models import Area, Letter, Permission, Referral, Resident, Transition
from mukana.referrals.rules.codes import PROXY, REFERRER, Deed, Refused
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, REIJO, Time, deed, form
from mukana.referrals.wording import ring

pytestmark = pytest.mark.django_db


def code_of(function: object, *words: object) -> str:
    with pytest.raises(Refused) as error:
        function(*words)  # type: ignore[operator]
    return error.value.code


def test_a_telephone_that_is_no_number_is_no_way_to_reach_anybody(time: Time) -> None:
    assert code_of(referring.refer, form(replace(REIJO, phone="kysy siskolta")), deed(REFERRER)) == "nobody_to_reach"


def test_a_protected_person_with_an_address_only_has_no_way_left_since_it_is_not_kept(time: Time) -> None:
    assert code_of(referring.refer, form(replace(AINO, phone="", protected=True)), deed(REFERRER)) == "nobody_to_reach"
    assert not Resident.objects.exists()


def test_blank_lines_of_an_address_are_none(time: Time) -> None:
    who = replace(REIJO, phone="", address={"street": "", "postal_code": "", "city": ""})
    assert code_of(referring.refer, form(who), deed(REFERRER)) == "nobody_to_reach"


def test_nothing_is_sent_to_a_municipality_where_nobody_would_take_it(time: Time) -> None:
    elsewhere = Municipality.objects.create(code="005", name_fi="Alajärvi", name_sv="Alajärvi")
    assert code_of(referring.refer, replace(form(), area=elsewhere), deed(REFERRER)) == "no_coordinator"
    Area.objects.create(municipality=elsewhere, phone="06 000")
    assert code_of(referring.refer, replace(form(), area=elsewhere), deed(REFERRER)) == "no_coordinator"
    assert not Referral.objects.exists()


def test_a_form_that_somebody_else_sent_is_not_given_to_another(time: Time) -> None:
    referring.refer(form(), deed(REFERRER, by="noora", key="k1"))
    assert code_of(referring.refer, form(), deed(REFERRER, by="pekka", key="k1")) == "done_already"


def test_the_same_form_at_the_very_same_moment_makes_one_case(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    first = referring.refer(form(), deed(REFERRER, key="k1"))
    known, looks = referring._known, []

    def late(one: Deed) -> Referral | None:  # the other one's row is not there yet at the first look
        looks.append(one)
        return known(one) if len(looks) > 1 else None

    monkeypatch.setattr(referring, "_known", late)
    assert referring.refer(form(), deed(REFERRER, key="k1")).pk == first.pk
    assert (Referral.objects.count(), Resident.objects.count()) == (1, 1)


def test_a_reference_that_is_taken_is_tried_again_by_the_person(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(referring, "new_reference", lambda: "2222222222")
    referring.refer(form(), deed(REFERRER))
    assert code_of(referring.refer, form(), deed(REFERRER)) == "try_again"
    with pytest.raises(Refused) as error:
        referring.refer(form(), deed(REFERRER))
    assert isinstance(error.value.__cause__, IntegrityError)


def test_a_relatives_form_sent_twice_asks_the_resident_once(time: Time) -> None:
    first, again = (referring.refer_for(form(AINO, permissions=()), deed(PROXY, key="k1")) for _ in range(2))
    assert first.pk == again.pk
    assert Letter.objects.filter(kind="confirmation").count() == 1
    asked = Referral.objects.get()
    key = Transition.objects.get(target=asked.state).key or ""
    referring.ask_confirmation(asked, deed(PROXY, key=key))
    assert Letter.objects.filter(kind="confirmation").count() == 1


def test_without_a_key_two_forms_are_two(time: Time) -> None:
    for _ in range(2):
        referring.refer(form(), deed(REFERRER))
        referring.refer_for(form(AINO, permissions=()), deed(PROXY))
    assert Referral.objects.count() == 4


def test_a_paper_signed_earlier_is_a_permission_of_that_day(time: Time) -> None:
    signed = now() - timedelta(days=3)
    case = referring.refer(form(permissions=(Given("referral", method="paper", given_at=signed),)), deed(REFERRER, "paper"))
    assert Permission.objects.get(referral=case).given_at == signed


def test_an_area_without_a_number_of_its_own_has_the_regions(time: Time, settings: object) -> None:
    settings.CONTACT_PHONE = "05 000 1200"  # type: ignore[attr-defined]
    case = make.sent()
    assert ring(case) == "017 555 0100"
    Area.objects.update(phone="")
    assert ring(case) == "05 000 1200"
    assert hub.kuopio().pk == case.area_id


@pytest.mark.parametrize("words", ["Haluaisin kuolla", "Mies hakkaa minua", "jag vill dö"])
def test_words_of_danger_stop_the_sending_whatever_the_language(words: str, time: Time) -> None:
    assert code_of(referring.refer, form(wish=words), deed(REFERRER)) == "acute_danger"


def test_what_the_referrer_cancels_sends_no_promise_that_has_not_left(time: Time) -> None:
    case = make.sent()
    assert Message.objects.get().state == "queued"
    ending.cancel(case, "mistake", deed(REFERRER))
    assert (Message.objects.get().state, Message.objects.get().text) == ("failed", "")
