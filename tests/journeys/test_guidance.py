"""Somebody who does not know what to look for finds something and takes it along; a professional guides in a minute."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mukana.directory.actions.vocabulary import load_vocabulary
from mukana.directory.tests import make
from mukana.guidance.actions.units import make_unit
from mukana.guidance.models import Count, Lack, Unit
from mukana.search.actions import rebuild

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
Check = Callable[..., None]


@pytest.fixture
def unit(live_server: object, settings: object, fresh_index: Path) -> Unit:
    """A unit in Kuopio with something to suggest."""
    settings.BASE_URL = str(live_server)  # type: ignore[attr-defined]
    load_vocabulary()
    texts = {"fi": {"name": "Juttupenkki", "summary": "Seuraa yksinäisyyteen, kahvit ja juttelua."}}
    make.group("Juttupenkki", texts=texts, price_kind="free", features=["support_person"])
    texts = {"fi": {"name": "Juttukerho", "summary": "Seuraa yksinäisyyteen kapakassa."}}
    make.group("Juttukerho", texts=texts, price_kind="paid")
    rebuild()
    return make_unit("Puijon terveysasema", make.kuopio(), by="system")


def test_who_asks_in_vain_and_reloads_and_tries_again_is_counted_once(page: Page, live_server: object, unit: Unit, axe: Check) -> None:
    page.goto(f"{live_server}/ehdotus/?tarve=lonely")
    page.get_by_label("Kotikunta").fill("Kuopio")
    page.get_by_label("En pääse kotoa").check()
    page.get_by_role("button", name="Näytä ehdotukset").click()
    expect(page.get_by_text("Emme löytäneet mitään, mikä sopisi kaikkiin toiveisiisi.")).to_be_visible()
    axe(page)
    page.reload()
    page.get_by_label("Ei saa maksaa").check()
    page.get_by_role("button", name="Näytä ehdotukset").click()
    expect(page.get_by_text("Emme löytäneet mitään, mikä sopisi kaikkiin toiveisiisi.")).to_be_visible()
    assert list(Lack.objects.values_list("municipality", "subject", "reason", "number")) == [("297", "lonely", "home", 1)]
    assert Count.objects.get(strength="guided").number == 1


def test_a_lonely_person_finds_company_and_prints_it_large(page: Page, live_server: object, unit: Unit, axe: Check, shot: Check) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{live_server}/ehdotus/")
    axe(page)
    page.get_by_role("button", name="Olen usein yksin").click()
    expect(page.get_by_role("button", name="Näytä ehdotukset")).to_be_visible()
    axe(page)
    page.get_by_label("Ei saa maksaa").check()
    page.get_by_label("En lähde yksin").check()
    page.get_by_role("button", name="Näytä ehdotukset").click()
    found = page.locator(".sug li").first
    expect(found).to_contain_text("Juttupenkki")
    expect(found).to_contain_text("Saattaja voi tulla mukaan")
    expect(page.locator("main")).not_to_contain_text("Juttukerho")
    axe(page)
    shot(page, "guidance-suggestions-360")
    page.locator(".sug button[aria-pressed=false]").first.click()
    page.get_by_role("link", name="Näytä oma poimintasi").click()
    expect(page.get_by_role("button", name="Tulosta isolla")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Tulosta isolla").click()
    page.get_by_role("link", name="Vielä isompi teksti").click()
    expect(page.locator("article")).to_contain_text("Juttupenkki")
    axe(page)
    shot(page, "guidance-paper-360")


def test_a_professional_needs_no_more_than_twelve_interactions(
    page: Page, live_server: object, unit: Unit, axe: Check, shot: Check
) -> None:
    page.goto(f"{live_server}/opasta/{unit.key}/")
    axe(page)
    page.get_by_label("Mistä puhuitte?").fill("yksinäinen, ei lähde yksin")  # 1
    page.get_by_role("button", name="Ehdota", exact=True).click()  # 2
    page.locator(".sug input[type=checkbox]").first.check()  # 3
    axe(page)
    shot(page, "guidance-minute-1280")
    page.get_by_label("Puhelinnumero tai sähköposti").fill("040 123 4567")  # 4
    page.get_by_role("button", name="Lähetä viestinä").click()  # 5
    expect(page.get_by_role("status")).to_contain_text("Lähetetty")
    axe(page)
    assert dict(Count.objects.filter(entry=None).values_list("strength", "number")) == {"guided": 1, "given": 1}
    page.goto(f"{live_server}/puheeksiotto/loneliness/")
    axe(page)
    shot(page, "guidance-card-1280")
