"""A nurse refers in a minute, a paper is entered, a resident and a relative ask along, and the referrer hears back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from mukana.accounts.models import Person
from mukana.directory.tests import make as hub
from mukana.organisations.models import Municipality
from mukana.referrals.actions import working
from mukana.referrals.models import Area, Letter, Referral
from mukana.referrals.rules.codes import COORDINATOR, Deed
from mukana.referrals.tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
Check = Callable[..., None]
MOST = 12


class Hand:
    """A hand that counts what it does: every press and every filled field is one."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, what: Locator) -> None:
        what.click()
        self.count += 1

    def fill(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).fill(words)
        self.count += 1

    def tick(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()
        self.count += 1


@pytest.fixture
def region(live_server: object, settings: object, log_in: Check) -> Municipality:
    """Kuopio, where Outi receives referrals; the demo people can log in."""
    settings.BASE_URL = str(live_server)  # type: ignore[attr-defined]
    settings.CONTACT_PHONE = "05 000 1200"  # type: ignore[attr-defined]
    town = hub.kuopio()
    Area.objects.create(municipality=town, coordinator=Person.objects.get(email="outi@mukana.example"), phone="017 555 0100")
    return town


def test_a_nurse_refers_from_her_desk_in_twelve_interactions_and_prints_the_receipt(
    page: Page, live_server: object, region: Municipality, log_in: Check, looked: Check
) -> None:
    log_in("henna")
    page.goto(f"{live_server}/tyopoyta/")
    hand = Hand(page)
    hand.press(page.get_by_role("link", name="Tee hyvinvointilähete").first)  # 1
    expect(page).to_have_url(re.compile("/laheta/$"))
    hand.tick("Olen usein yksin")
    hand.fill("Nimi", "Aino Virtanen")
    hand.fill("Puhelin", "040 123 4567")
    hand.tick("75–84")
    hand.tick("Haluaa saattajan")
    hand.tick("Kyllä, kaikki käy")
    hand.tick("Linkkihenkilö saa nimen, yhteystiedot ja toiveen")
    hand.tick("Lähettäjä saa tiedon, miten kävi")
    hand.tick("Saattaja saa etunimen, puhelimen ja käytännön tarpeet")
    hand.tick("Ensimmäisestä kerrasta saa muistuttaa")
    hand.press(page.get_by_role("button", name="Lähetä linkkihenkilölle"))  # 12
    expect(page.get_by_role("heading", level=1)).to_have_text("Lähetetty linkkihenkilölle")
    assert hand.count <= MOST, f"{hand.count} interactions"
    case = Referral.objects.get()
    assert (case.state, case.area, case.wants_companion) == ("sent", region, True)
    looked("refer-sent")
    page.get_by_role("link", name="Tulosta asukkaalle").click()
    expect(page).to_have_url(re.compile("/tulosta/$"))
    expect(page.locator("article")).to_contain_text("017 555 0100")
    looked("refer-receipt")
    page.get_by_role("link", name="Takaisin").click()
    page.get_by_role("link", name="Tee uusi").click()
    expect(page).to_have_url(re.compile("/laheta/$"))
    looked("refer-form")


def test_danger_and_an_identity_code_are_stopped_with_everything_kept(
    page: Page, live_server: object, region: Municipality, log_in: Check, looked: Check
) -> None:
    log_in("henna")
    page.goto(f"{live_server}/tyopoyta/laheta/")
    page.get_by_label("Asukkaan toive omin sanoin").fill("En jaksa elää näin, 131052-308T")
    page.get_by_label("Nimi", exact=True).fill("Aino Virtanen")
    page.get_by_label("Puhelin", exact=True).fill("040 123 4567")
    page.get_by_label("Kyllä, kaikki käy").check()
    page.get_by_label("Linkkihenkilö saa nimen, yhteystiedot ja toiveen").check()
    page.get_by_role("button", name="Lähetä linkkihenkilölle").click()
    expect(page.get_by_role("alert").first).to_contain_text("henkilötunnus")
    looked("refer-identity")
    page.get_by_label("Asukkaan toive omin sanoin").fill("En jaksa elää näin")
    page.get_by_role("button", name="Lähetä linkkihenkilölle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Onko hätä?")
    looked("refer-stop")
    page.get_by_role("button", name="Palaa muuttamaan tekstiä").click()
    expect(page.get_by_label("Nimi", exact=True)).to_have_value("Aino Virtanen")
    page.get_by_role("button", name="Lähetä linkkihenkilölle").click()
    page.get_by_role("button", name="Asukas on turvassa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lähetetty linkkihenkilölle")
    assert Referral.objects.count() == 1


def test_a_no_takes_one_press(page: Page, live_server: object, region: Municipality, log_in: Check, looked: Check) -> None:
    log_in("henna")
    page.goto(f"{live_server}/tyopoyta/laheta/")
    page.get_by_role("button", name="Asukas ei halunnut").click()
    expect(page.get_by_role("status")).to_contain_text("Kirjattu nimettömänä")
    looked("refer-no")


def test_a_paper_is_entered_and_its_receipt_is_a_letter(
    page: Page, live_server: object, region: Municipality, log_in: Check, looked: Check
) -> None:
    log_in("mari")
    page.goto(f"{live_server}/tyopoyta/paperilahete/")
    looked("refer-paper")
    page.get_by_label("Lähettäjän yksikkö (ei pakollinen)", exact=True).fill("Puijon terveysasema")
    page.get_by_label("Allekirjoitettu", exact=True).fill("2026-11-20")
    page.get_by_label("Olen usein yksin").check()
    page.get_by_label("Nimi", exact=True).fill("Aino Virtanen")
    page.get_by_label("Kyllä, kaikki käy").check()
    page.get_by_label("Linkkihenkilö saa nimen, yhteystiedot ja toiveen").check()
    page.get_by_role("button", name="Lähetä linkkihenkilölle").click()
    expect(page.get_by_role("alert").first).to_contain_text("Säilytä paperi siihen asti")
    looked("refer-paper-nobody")
    page.get_by_text("Sähköposti, osoite tai toivottu tapa").click()
    page.get_by_label("Katuosoite").fill("Laiturikatu 1")
    page.get_by_label("Postinumero").fill("70100")
    page.get_by_label("Postitoimipaikka").fill("Kuopio")
    page.get_by_role("button", name="Lähetä linkkihenkilölle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lähetetty linkkihenkilölle")
    expect(page.locator("main")).to_contain_text("Postitetaan hänelle kirjeenä")
    looked("refer-paper-sent")
    assert Letter.objects.get().kind == "receipt"


def test_a_resident_finds_the_request_on_the_front_page_and_sends_it_by_telephone(
    page: Page, live_server: object, region: Municipality, fresh_index: Path, looked: Check
) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{live_server}/")
    page.get_by_role("link", name="Pyydä ihminen avuksi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pyydä ihminen avuksi")
    looked("refer-ask")
    page.get_by_label("Olen usein yksin").check()
    page.get_by_label("Nimesi").fill("Reijo")
    page.get_by_label("Puhelinnumerosi", exact=True).fill("040 123 4567")
    page.get_by_label("Kyllä, kaikki käy").check()
    page.get_by_role("button", name="Lähetä pyyntö").click()
    expect(page.get_by_role("alert").first).to_contain_text("Anna lupa siihen")
    looked("refer-ask-mend")
    page.get_by_label("Linkkihenkilö saa nimeni, yhteystietoni ja toiveeni").check()
    page.get_by_role("button", name="Lähetä pyyntö").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiitos, pyyntö on perillä")
    looked("refer-asked")
    assert Referral.objects.get().state == "sent"
    page.reload()
    expect(page.locator("main")).not_to_contain_text("Reijo")


def test_a_daughter_asks_for_her_mother_who_is_asked_first(page: Page, live_server: object, region: Municipality, looked: Check) -> None:
    page.goto(f"{live_server}/pyyda-mukaan/")
    page.get_by_role("link", name="Teen tämän läheisen puolesta").click()
    expect(page).to_have_url(re.compile("/laheiselle/$"))
    looked("refer-ask-for")
    page.get_by_label("Lapsi", exact=True).check()
    page.get_by_label("Läheisesi toive").fill("Äiti kaipaa seuraa")
    page.get_by_label("Läheisesi nimi").fill("Aino")
    page.get_by_label("Hänen puhelinnumeronsa", exact=True).fill("040 123 4567")
    page.get_by_label("Kyllä, kaikki käy").check()
    page.get_by_role("button", name="Kysykää läheiseltäni").click()
    expect(page.locator("main")).to_contain_text("Kysymme nyt läheiseltäsi")
    looked("refer-asked-for")
    assert Referral.objects.get().state == "awaiting_confirmation"


def test_a_referrer_hears_back_finds_by_reference_and_takes_one_back(
    page: Page, live_server: object, region: Municipality, log_in: Check, looked: Check
) -> None:
    henna = Person.objects.get(email="henna@mukana.example")
    log_in("henna")
    page.goto(f"{live_server}/tyopoyta/omat-lahetteet/")
    expect(page.locator("main")).to_contain_text("Et ole vielä tehnyt")
    looked("refer-mine-empty")
    told, waiting = (make.sent(referrer=henna) for _ in range(2))
    working.acknowledge(told, Person.objects.get(email="mari@mukana.example"), Deed("p1", COORDINATOR))
    page.reload()
    expect(page.locator("main")).to_contain_text("Uutta")
    looked("refer-mine")
    page.get_by_label("Etsi tunnuksella").fill(told.reference.lower())
    page.get_by_role("button", name="Etsi", exact=True).click()
    page.get_by_role("link", name=f"{told.reference[:5]}-{told.reference[5:]}").click()
    expect(page.locator("main")).to_contain_text("otettu vastaan")
    looked("refer-mine-told")
    page.goto(f"{live_server}/tyopoyta/omat-lahetteet/{waiting.pk}/")
    page.get_by_text("Peru tämä lähete").click()
    page.get_by_label("Tein vahingossa").check()
    looked("refer-mine-cancel")
    page.get_by_role("button", name="Peru lähete").click()
    expect(page.locator("main")).to_contain_text("Peruit tämän")
