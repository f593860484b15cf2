"""The one-minute referral as a professional fills it in, and everything that can go wrong on the way."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from mukana.accounts.models import Person
from mukana.audit.models import Trace
from mukana.directory.tests import make as hub
from mukana.guidance.actions.units import make_unit
from mukana.guidance.picks import token_of
from mukana.organisations.models import Municipality
from mukana.outbox.models import Message
from mukana.referrals.models import Area, Errand, Letter, Permission, Raising, Referral, Resident
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time

pytestmark = pytest.mark.django_db
URL = "/tyopoyta/laheta/"
BLANK: dict[str, Any] = {"kieli": "fi", "lupatapa": "oral", "ika": "unknown", "tapa": ""}


@pytest.fixture
def nurse(client: Client, time: Time) -> Client:
    """A professional at her desk, in a region where Kuopio receives referrals."""
    make.area()
    client.force_login(make.person("professional", "Henna Hoitaja"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def filled(**more: Any) -> dict[str, Any]:
    """A whole form; `more` changes it."""
    told = {
        **BLANK, "kerran": str(uuid4()), "tarpeet": ["lonely"], "nimi": "Reijo Räsänen", "puhelin": "040 123 4567", "kunta": "297",
        "turva": "kaikki", "luvat": ["referral", "feedback"], "yksikko": "Puijon terveysasema",
    }  # fmt: skip
    return {**told, **more}


def said(response: Any) -> str:
    return str(response.content.decode())


def test_a_referral_is_sent_with_its_permissions_and_the_page_says_who_calls_by_when(nurse: Client) -> None:
    response = nurse.post(URL, filled(tarpeet=["lonely", "move_more"], toive="Kaipaan seuraa", apu=["walker"], saattaja="on",
                                      ika="75_84", luvat=["referral", "feedback", "companion", "reminders"]), follow=True)  # fmt: skip
    case = Referral.objects.get()
    assert response.redirect_chain[-1][0] == f"{URL}{case.pk}/"
    assert (case.state, case.channel, case.referrer_role, case.referrer_unit) == ("sent", "screen", "referrer", "Puijon terveysasema")
    assert (case.needs, case.wish, case.wants_companion) == (["lonely", "move_more"], "Kaipaan seuraa", True)
    kinds = dict(Permission.objects.values_list("kind", "method"))
    assert kinds == {"referral": "oral", "feedback": "oral", "companion": "oral", "reminders": "oral"}
    page = said(response)
    assert "ma\u00a030.11." in page  # five working days from Monday 23.11.
    assert f"{case.reference[:5]}-{case.reference[5:]}" in page
    assert "017\u00a0555\u00a00100" in page
    assert "Reijo" not in page


def test_7_the_receipt_names_the_day_after_which_the_resident_rings(nurse: Client) -> None:
    nurse.post(URL, filled())
    told = Message.objects.get(kind="referrals.resident")
    assert told.to == "+358401234567"
    assert "Linkkihenkilö soittaa sinulle viimeistään ma 30.11. Jos kukaan ei ole soittanut, soita 017" in told.text
    assert "017 555 0100" in told.text.replace("\u00a0", " ")
    paper = said(nurse.get(f"{URL}{Referral.objects.get().pk}/tulosta/"))
    assert "Viimeistään <b>ma\u00a030.11.</b> linkkihenkilö soittaa sinulle." in paper
    assert "017\u00a0555\u00a00100" in paper
    assert "Reijo" not in paper


def test_an_urgent_one_is_rung_on_the_next_working_day(nurse: Client) -> None:
    response = nurse.post(URL, filled(kiire="on"), follow=True)
    assert Referral.objects.get().urgency == "urgent"
    assert "ti\u00a024.11." in said(response)


def test_somebody_who_may_not_be_rung_is_not_promised_a_call(nurse: Client) -> None:
    response = nurse.post(URL, filled(turva="rajattu", kielletty=["no_call", "no_voicemail"]), follow=True)
    assert "ottaa asukkaaseen yhteyttä" in said(response)
    assert "Linkkihenkilö ottaa sinuun yhteyttä viimeistään ma 30.11. Jos kukaan ei ole ottanut" in Message.objects.get().text
    assert "soittaa asukkaalle" not in said(response)


def test_a_double_click_and_the_back_button_send_once(nurse: Client) -> None:
    told = filled()
    first = nurse.post(URL, told)
    again = nurse.post(URL, told)
    assert first["Location"] == again["Location"]
    assert (Referral.objects.count(), Resident.objects.count(), Message.objects.count()) == (1, 1, 1)


def test_the_next_resident_typed_over_a_form_that_was_sent_is_never_taken_for_sent(nurse: Client) -> None:
    told = filled()
    nurse.post(URL, told)
    over = {**told, "nimi": "Aino Virtanen", "puhelin": "040 765 4321"}
    refused = nurse.post(URL, over)
    assert refused.status_code == 409
    assert "Tämä lomake lähetettiin jo" in said(refused)
    assert 'value="Aino Virtanen"' in said(refused)
    assert Referral.objects.count() == 1
    new_key = str(refused.context["form"]["kerran"].value())
    assert new_key != told["kerran"]
    assert nurse.post(URL, {**over, "kerran": new_key}).status_code == 302
    assert {resident.name for resident in Resident.objects.all()} == {"Reijo Räsänen", "Aino Virtanen"}


def test_a_form_sent_from_the_stop_page_and_again_from_the_arrow_back_is_the_same_form(nurse: Client) -> None:
    told = filled(toive="En jaksa elää näin")
    first = nurse.post(URL, {**told, "turvassa": "1"})
    assert nurse.post(URL, told)["Location"] == first["Location"]
    assert Referral.objects.count() == 1


def test_two_tabs_are_two_forms(nurse: Client) -> None:
    nurse.post(URL, filled())
    nurse.post(URL, filled(nimi="Aino Virtanen"))
    assert Referral.objects.count() == 2


def test_a_form_replayed_by_somebody_else_shows_nothing_of_the_first(nurse: Client, client: Client) -> None:
    told = filled()
    case_page = nurse.post(URL, told)["Location"]
    client.force_login(make.person("professional", "Pekka Toinen"), backend="django.contrib.auth.backends.ModelBackend")
    response = client.post(URL, told)
    assert response.status_code == 409
    assert "Tämä on jo tehty" in said(response)
    assert client.get(case_page).status_code == 404
    assert client.get(f"{case_page}tulosta/").status_code == 404
    assert Referral.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x", "\x00", "1" * 300])
def test_a_form_without_a_key_of_ours_still_goes(nurse: Client, key: str) -> None:
    assert nurse.post(URL, filled(kerran=key)).status_code == 302
    assert Referral.objects.count() == 1


def test_words_of_danger_stop_with_112_and_everything_is_kept_until_the_person_is_safe(nurse: Client) -> None:
    told = filled(toive="En jaksa elää tätä yksin", tarpeet=["lonely", "low_mood"], apu=["ride"])
    stopped = nurse.post(URL, told)
    assert (stopped.status_code, Referral.objects.count(), Resident.objects.count()) == (409, 0, 0)
    page = said(stopped)
    assert 'href="tel:112"' in page
    assert "09 2525 0111" in page
    kept: dict[str, list[str]] = {}
    for name, value in stopped.context["kept"]:
        kept.setdefault(name, []).append(value)
    assert kept["tarpeet"] == ["lonely", "low_mood"]
    assert (kept["toive"], kept["nimi"]) == (["En jaksa elää tätä yksin"], ["Reijo Räsänen"])
    back = nurse.post(URL, {**kept, "toimi": "palaa"})
    assert back.status_code == 200
    assert "En jaksa elää tätä yksin" in said(back)
    assert 'value="Reijo Räsänen"' in said(back)
    assert nurse.post(URL, {**kept, "turvassa": "1"}).status_code == 302
    assert Referral.objects.get().wish == "En jaksa elää tätä yksin"


@pytest.mark.parametrize("field", ["toive", "nimi", "katu", "yksikko"])
def test_an_identity_code_is_refused_in_words_and_what_was_typed_stays(nurse: Client, field: str) -> None:
    response = nurse.post(URL, filled(**{field: "Matti 131052-308T"}))
    assert response.status_code == 422
    assert "Poista henkilötunnus tai tilinumero." in said(response)
    assert "040 123 4567" in said(response)
    assert not Resident.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"puhelin": ""}, "Kirjoita yksi tapa saada yhteys"),
        ({"puhelin": "kysy siskolta"}, "ei löydy puhelinnumeroa"),
        ({"sahkoposti": "reijo"}, "ei löydy sähköpostiosoitetta"),
        ({"nimi": ""}, "Nimi"),
        ({"nimi": "A" * 5000}, "80"),
        ({"nimi": "Rei\x00jo"}, "Nimi"),
        ({"nimi": "李 علی"}, "Kirjeisiin emme osaa painaa näitä merkkejä: 李 ع ل ی. Kirjoita latinalaisin kirjaimin"),
        ({"katu": "Kirkkotie 李"}, "emme osaa painaa"),
        ({"toive": "hei\x00"}, "toive"),
        ({"toive": "a" * 501}, "500"),
        ({"kunta": "091"}, "kukaan ei vielä ota pyyntöjä vastaan"),
        ({"kunta": "Atlantis"}, "kukaan ei vielä ota pyyntöjä vastaan"),
        ({"kunta": ""}, "Asuinkunta"),
        ({"turva": ""}, "Väärä viesti voi olla asukkaalle vaaraksi"),
        ({"turva": "rajattu"}, "Valitse, mikä ei käy"),
        ({"kielletty": ["no_sms"]}, "Valitse, mikä ei käy"),
        ({"turva": "rajattu", "kielletty": ["no_call", "no_sms"]}, "Yhtään tapaa ottaa yhteyttä ei jää"),
        ({"tapa": "letter"}, "Tätä tapaa ei voi käyttää"),
        ({"tapa": "letter", "turvakielto": "on"}, "kirjeitä ei lähetetä"),
        ({"tapa": "sms", "puhelin": "017 123 4567"}, "Tekstiviestiä ei voi lähettää"),
        ({"turvakielto": "on", "puhelin": "", "katu": "Laiturikatu 1"}, "osoitetta ei tallenneta"),
        ({"luvat": []}, "Kysy ensin lupa"),
        ({"luvat": ["feedback"]}, "Kysy ensin lupa"),
        ({"tarpeet": []}, "Valitse ainakin yksi"),
        ({"tarpeet": ["kaikki"]}, "kaikki"),
    ],
)  # fmt: skip
def test_what_can_be_mended_is_said_and_nothing_is_written(nurse: Client, change: dict[str, Any], words: str) -> None:
    response = nurse.post(URL, filled(**change))
    assert response.status_code == 422
    assert words in said(response)
    assert 'role="alert"' in said(response)
    assert not Resident.objects.exists()


def test_11_a_protected_person_never_gets_an_address_stored_and_forbidden_ways_are_not_used(nurse: Client) -> None:
    told = filled(
        turvakielto="on", turva="rajattu", kielletty=["no_voicemail", "no_letter"], katu="Piilokatu 7", postinumero="70100",
        paikkakunta="Kuopio", puhelin="017 123 4567",
    )  # fmt: skip
    response = nurse.post(URL, told, follow=True)
    resident = Resident.objects.get()
    assert (resident.protected, resident.address, resident.safe) == (True, {}, ["no_voicemail", "no_letter"])
    assert not Letter.objects.exists()
    assert not Message.objects.exists()
    assert Errand.objects.get().kind == "ring_resident"
    everything = [said(response), said(nurse.get(f"{response.redirect_chain[-1][0]}tulosta/")), Errand.objects.get().words]
    everything += [str(trace.detail) for trace in Trace.objects.all()]
    assert not any("Piilokatu" in text or "70100" in text for text in everything)


def test_a_person_with_an_address_only_hears_by_letter(nurse: Client) -> None:
    response = nurse.post(URL, filled(puhelin="", katu="Laiturikatu 1", postinumero="70100", paikkakunta="Kuopio"), follow=True)
    assert Letter.objects.get().kind == "receipt"
    assert "Postitetaan hänelle kirjeenä" in said(response)


def test_the_next_form_knows_the_municipality_and_the_unit_of_the_last_one(nurse: Client) -> None:
    kuopio = Area.objects.get()
    other = Municipality.objects.create(code="140", name_fi="Iisalmi", name_sv="Idensalmi")
    Area.objects.create(municipality=other, coordinator=kuopio.coordinator)
    assert "selected>Iisalmi" not in said(nurse.get(URL))
    nurse.post(URL, filled(kunta="140", yksikko="Iisalmen sairaala"))
    page = said(nurse.get(URL))
    assert 'value="140" selected' in page
    assert "Iisalmen sairaala" in page


def test_a_newcomer_gets_the_municipality_and_the_name_of_the_own_organisation(nurse: Client) -> None:
    person = Person.objects.get(name="Henna Hoitaja")
    home = hub.organisation("Puijon terveysasema", municipality=hub.kuopio())
    person.memberships.update(organisation=home)
    page = said(nurse.get(URL))
    assert "Puijon terveysasema" in page


def test_what_was_picked_in_guidance_stands_in_the_wish_where_it_can_be_changed(nurse: Client) -> None:
    entry = make.group("Juttupenkki")
    page = said(nurse.get(URL, {"poiminnat": token_of([entry.pk])}))
    assert "Kiinnostaa: Juttupenkki." in page
    assert "Kiinnostaa" not in said(nurse.get(URL, {"poiminnat": "zzz-\x00"}))


def test_a_no_is_counted_once_and_nobody_is_named(nurse: Client) -> None:
    told = {**filled(), "toimi": "ei"}
    response = nurse.post(URL, told, follow=True)
    nurse.post(URL, told)
    assert "Kirjattu nimettömänä" in said(response)
    assert [(row.area_id, row.unit) for row in Raising.objects.all()] == [("297", "Puijon terveysasema")]
    assert not Resident.objects.exists()


def test_a_no_without_a_municipality_is_asked_for_it(nurse: Client) -> None:
    response = nurse.post(URL, {**filled(kunta=""), "toimi": "ei"})
    assert response.status_code == 422
    assert "Valitse ensin asuinkunta" in said(response)
    assert not Raising.objects.exists()


@pytest.mark.parametrize("role", ["companion_coordinator", "on_call", "organiser", "it", "data_protection"])
def test_others_do_not_refer(enter: Any, role: str) -> None:
    assert enter(role).get(URL).status_code == 403


def test_where_nobody_receives_referrals_the_form_says_so_before_anything_is_typed(nurse: Client) -> None:
    Area.objects.all().delete()
    assert "Mikään kunta ei vielä ota hyvinvointilähetteitä vastaan" in said(nurse.get(URL))


def test_from_the_page_of_guidance_the_picks_come_along_but_the_typed_text_does_not(nurse: Client) -> None:
    entry = make.group("Juttupenkki")
    assert f'value="{URL}"' in said(nurse.get("/opasta/"))
    response = nurse.post("/opasta/", {"teksti": "surua ja unettomuutta", "poimi": [str(entry.pk)], "toimi": URL})
    assert response["Location"] == f"{URL}?poiminnat={token_of([entry.pk])}"
    assert "Kiinnostaa: Juttupenkki." in said(nurse.get(response["Location"]))
    assert nurse.post("/opasta/", {"teksti": "", "toimi": "https://example.com/"}).status_code == 422


def test_a_unit_without_an_account_is_not_led_to_a_page_it_cannot_open(nurse: Client) -> None:
    unit = make_unit("Puijon terveysasema", hub.kuopio(), by="system")
    assert f'value="{URL}"' not in said(Client().get(f"/opasta/{unit.key}/"))


def test_a_number_with_too_few_digits_is_asked_again(nurse: Client) -> None:
    response = nurse.post(URL, filled(puhelin="040 123"))
    assert response.status_code == 422
    assert "Tästä ei löydy puhelinnumeroa" in said(response)
    assert Referral.objects.count() == 0


def test_the_paper_for_the_resident_speaks_the_residents_language(nurse: Client) -> None:
    nurse.post(URL, filled(kieli="sv"))
    case = Referral.objects.get()
    assert '<html lang="sv"' in said(nurse.get(f"{URL}{case.pk}/tulosta/"))
    assert '<html lang="fi"' in said(nurse.get(f"{URL}{case.pk}/"))
