"""A nurse refers in a minute, a paper is entered, a resident and a relative ask along, and the referrer hears back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from mukana.accounts.models import Person
from mukana.directory.tests import make as hub
from mukana.organisations.models import Municipality
from mukana.referrals.models import Area, Referral

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
    hand.fill("Puhelin (ei pakollinen)", "040 123 4567")
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
    page.get_by_label("Puhelin (ei pakollinen)", exact=True).fill("040 123 4567")
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
