"""The other doors of a referral: a paper entered by staff, a resident's own request, and a relative's."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from mukana.outbox.models import Message
from mukana.referrals.models import Area, Errand, Letter, Permission, Referral, Resident
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time

pytestmark = pytest.mark.django_db
PAPER, ASK, FOR, THANKS = "/tyopoyta/paperilahete/", "/pyyda-mukaan/", "/pyyda-mukaan/laheiselle/", "/pyyda-mukaan/kiitos/"


@pytest.fixture(autouse=True)
def _region(time: Time) -> None:
    cache.clear()  # what visitors may send in an hour
    make.area()


@pytest.fixture
def worker(client: Client) -> Client:
    """A link worker with a pile of papers."""
    client.force_login(make.mari(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def aino(**more: Any) -> dict[str, Any]:
    """Aino's paper: a landline, an address, no e-mail."""
    told = {
        "kerran": str(uuid4()), "tayttaja": "referrer", "yksikko": "Puijon terveysasema", "lahettaja": "Noora Niemi",
        "allekirjoitettu": "2026-11-20", "tarpeet": ["lonely"], "toive": "Kaipaan seuraa", "nimi": "Aino Virtanen",
        "puhelin": "017 123 4567", "katu": "Laiturikatu 1", "postinumero": "70100", "paikkakunta": "Kuopio", "tapa": "letter",
        "ika": "75_84", "kunta": "297", "turva": "kaikki", "kieli": "fi", "luvat": ["referral", "feedback"],
    }  # fmt: skip
    return {**told, **more}


def own(**more: Any) -> dict[str, Any]:
    """A resident's own request."""
    told = {
        "kerran": str(uuid4()), "tarpeet": ["lonely"], "nimi": "Reijo", "puhelin": "040 123 4567", "ika": "65_74", "kunta": "297",
        "turva": "kaikki", "kieli": "fi", "luvat": ["referral"],
    }  # fmt: skip
    return {**told, **more}


def said(response: Any) -> str:
    return str(response.content.decode())


def test_3_ainos_paper_becomes_the_same_referral_and_she_hears_by_letter_with_name_and_number(worker: Client) -> None:
    response = worker.post(PAPER, aino(), follow=True)
    case = Referral.objects.get()
    assert (case.state, case.channel, case.referrer_role) == ("sent", "paper", "referrer")
    assert case.referrer_unit == "Puijon terveysasema, Noora Niemi"
    assert case.referrer is None
    given = list(Permission.objects.values_list("kind", "method", "given_at__date"))
    day = date(2026, 11, 20)
    assert given == [("referral", "paper", day), ("feedback", "paper", day)]
    letter = Letter.objects.get()
    assert letter.kind == "receipt"
    assert "017 555 0100" in letter.text.replace("\u00a0", " ")
    assert "ma\u00a030.11." in letter.text
    assert not Message.objects.filter(kind="referrals.resident").exists()
    assert "Postitetaan hänelle kirjeenä" in said(response)
    assert "Kirjaa seuraava paperi" in said(response)


def test_a_paper_with_an_address_only_is_enough(worker: Client) -> None:
    worker.post(PAPER, aino(puhelin="", tapa=""))
    assert Letter.objects.count() == 1
    assert Resident.objects.get().preferred == "letter"


def test_a_paper_without_any_way_is_refused_and_says_what_to_do_with_it(worker: Client) -> None:
    response = worker.post(PAPER, aino(puhelin="", katu="", postinumero="", paikkakunta="", tapa=""))
    assert response.status_code == 422
    assert "Soita lähettäjälle ja sovi, mistä asukkaan tavoittaa" in said(response)
    assert "Säilytä paperi siihen asti" in said(response)
    assert "Aino Virtanen" in said(response)
    assert not Resident.objects.exists()


def test_a_paper_of_a_protected_person_keeps_no_address_and_no_letter_leaves(worker: Client) -> None:
    refused = worker.post(PAPER, aino(turvakielto="on"))
    assert "kirjeitä ei lähetetä" in said(refused)
    refused = worker.post(PAPER, aino(turvakielto="on", tapa="", puhelin=""))
    assert "osoitetta ei tallenneta" in said(refused)
    worker.post(PAPER, aino(turvakielto="on", tapa=""))
    assert Resident.objects.get().address == {}
    assert not Letter.objects.exists()
    assert Errand.objects.get().kind == "ring_resident"


def test_the_residents_own_paper_is_her_own_referral(worker: Client) -> None:
    worker.post(PAPER, aino(tayttaja="resident", yksikko="", lahettaja=""))
    case = Referral.objects.get()
    assert (case.referrer_role, case.referrer_unit) == ("resident", "")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"allekirjoitettu": ""}, "Ilman allekirjoitusta lupaa ei ole"),
        ({"allekirjoitettu": "2026-11-24"}, "tulevaisuudessa"),
        ({"allekirjoitettu": "2026-05-01"}, "puoli vuotta vanha"),
        ({"allekirjoitettu": "eilen"}, "Kirjoita päivä näin"),
        ({"yksikko": ""}, "Kirjoita yksikkö"),
        ({"lahettaja": "131052-308T"}, "henkilötunnus"),
        ({"lahettajan_sahkoposti": "noora"}, "ei löydy sähköpostiosoitetta"),
        ({"turva": ""}, "Väärä viesti"),
        ({"luvat": []}, "Kysy ensin lupa"),
        ({"nimi": "A\x00"}, "Nimi"),
    ],
)  # fmt: skip
def test_what_is_missing_on_the_paper_is_said(worker: Client, change: dict[str, Any], words: str) -> None:
    response = worker.post(PAPER, aino(**change))
    assert response.status_code == 422
    assert words in said(response)
    assert not Referral.objects.exists()


def test_feedback_of_a_paper_goes_to_the_address_on_it(worker: Client) -> None:
    worker.post(PAPER, aino(lahettajan_sahkoposti="noora@example.fi", allekirjoitettu="20.11.2026"))
    assert Referral.objects.get().referrer_email == "noora@example.fi"


def test_a_paper_sent_twice_is_one_and_danger_in_it_stops(worker: Client) -> None:
    told = aino()
    assert worker.post(PAPER, told)["Location"] == worker.post(PAPER, told)["Location"]
    stopped = worker.post(PAPER, aino(toive="Haluan kuolla"))
    assert stopped.status_code == 409
    assert "112" in said(stopped)
    back = worker.post(PAPER, {**aino(toive="Haluan kuolla"), "toimi": "palaa"})
    assert "Haluan kuolla" in said(back)
    assert Referral.objects.count() == 1


def test_a_worker_starts_with_the_own_area(worker: Client) -> None:
    Area.objects.update(deputy=make.mari())
    assert 'value="297" selected' in said(worker.get(PAPER)) or '<option value="297"' in said(worker.get(PAPER))


def test_a_resident_asks_along_without_an_account_and_the_receipt_comes_in_the_own_way(client: Client) -> None:
    response = client.post(ASK, own(), follow=True)
    case = Referral.objects.get()
    assert (case.state, case.channel, case.referrer_role, case.referrer_unit) == ("sent", "screen", "resident", "")
    assert Permission.objects.get().method == "online"
    page = said(response)
    assert response.redirect_chain[-1][0] == THANKS
    assert "ma\u00a030.11." in page
    assert not any(word in page for word in ("Reijo", "123 4567", case.reference[:5]))
    told = Message.objects.get()
    assert told.to == "+358401234567"
    assert case.reference[:5] in told.text


def test_the_thanks_of_somebody_else_are_nobodys(client: Client) -> None:
    client.post(ASK, own())
    assert Client().get(THANKS).status_code == 302
    told = own()
    client.post(ASK, told)
    replayed = Client().post(ASK, told, follow=True)
    assert "Reijo" not in said(replayed)
    assert Referral.objects.count() == 2


def test_a_relative_asks_and_nothing_goes_on_before_the_resident_says_yes(client: Client) -> None:
    told = own(suhde="child")
    response = client.post(FOR, told, follow=True)
    client.post(FOR, told)
    case = Referral.objects.get()
    assert (case.state, case.referrer_role, case.referrer_unit) == ("awaiting_confirmation", "proxy", "Läheinen: lapsi")
    assert not Permission.objects.exists()
    assert Message.objects.count() == 1
    assert "sanot kyllä" in Message.objects.get().text
    assert "Kysymme nyt läheiseltäsi" in said(response)
    assert "Reijo" not in said(response)


def test_a_relatives_form_typed_over_is_another_request(client: Client) -> None:
    told = own(suhde="child")
    client.post(FOR, told)
    refused = client.post(FOR, {**told, "nimi": "Isä", "puhelin": "040 765 4321"})
    assert refused.status_code == 409
    assert "Tämä lomake lähetettiin jo" in said(refused)
    assert Referral.objects.count() == 1


def test_the_public_doors_stop_at_danger_and_go_on_when_the_person_is_safe(client: Client) -> None:
    for url, more in ((ASK, {}), (FOR, {"suhde": "friend"})):
        stopped = client.post(url, own(toive="haluaisin kuolla", **more))
        assert stopped.status_code == 409
        assert "Olen turvassa" in said(stopped)
        assert not Referral.objects.exists()
        assert "haluaisin kuolla" in said(client.post(url, {**own(toive="haluaisin kuolla", **more), "toimi": "palaa"}))
    assert client.post(FOR, {**own(toive="haluaisin kuolla", suhde="friend"), "turvassa": "1"}).status_code == 302
    assert Referral.objects.get().state == "awaiting_confirmation"


def test_the_same_number_is_asked_for_three_times_a_day_and_a_double_click_costs_nothing(client: Client) -> None:
    told = own()
    for _ in range(5):
        assert client.post(ASK, told).status_code == 302
    assert client.post(ASK, own()).status_code == 302
    assert client.post(ASK, own()).status_code == 302
    refused = client.post(ASK, own(nimi="Neljäs"))
    assert refused.status_code == 429
    assert "Pyyntöjä tuli niin monta" in said(refused)
    assert "Neljäs" in said(refused)
    assert Referral.objects.count() == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"puhelin": ""}, "Kirjoita yksi tapa saada yhteys"),
        ({"luvat": []}, "Anna lupa siihen"),
        ({"turva": ""}, "Vastaa tähän"),
        ({"kunta": "091"}, "kukaan ei vielä ota pyyntöjä vastaan"),
        ({"nimi": "131052-308T"}, "henkilötunnus"),
        ({"nimi": "R\x00"}, "Nimesi"),
        ({"puhelin": "", "katu": "Piilokatu 1", "turvakielto": "on"}, "emme tallenna osoitettasi"),
    ],
)  # fmt: skip
def test_a_resident_is_told_what_to_mend(client: Client, settings: object, change: dict[str, Any], words: str) -> None:
    settings.CONTACT_PHONE = "05 000 1200"  # type: ignore[attr-defined]
    response = client.post(ASK, own(**change))
    assert response.status_code == 422
    assert words in said(response)
    assert not Resident.objects.exists()


def test_without_a_region_phone_nobody_is_told_to_ring_it(client: Client, settings: object) -> None:
    settings.CONTACT_PHONE = ""  # type: ignore[attr-defined]
    assert "soita meille" not in said(client.post(ASK, own(puhelin="")))


def test_a_relative_says_who_she_is(client: Client) -> None:
    response = client.post(FOR, own())
    assert response.status_code == 422
    assert "Valitse, kuka olet hänelle" in said(response)


def test_where_nobody_receives_requests_the_page_says_so(client: Client) -> None:
    Area.objects.all().delete()
    for url in (ASK, FOR):
        assert "Täällä ei vielä oteta pyyntöjä vastaan" in said(client.get(url))
    assert client.post(ASK, own()).status_code == 422
    assert not Referral.objects.exists()


def test_the_public_pages_tell_of_112_and_are_not_kept_by_machines_between(client: Client) -> None:
    for url in (ASK, FOR):
        response = client.get(url)
        assert 'href="tel:112"' in said(response)
        assert "no-store" in response["Cache-Control"]
