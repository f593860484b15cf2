"""The network goes away: pages say so in our own words, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from mukana.accounts.models import Person
from mukana.directory.tests import make as hub
from mukana.referrals.models import Area, Referral

HELPED = """() => Promise.race([
  navigator.serviceWorker.ready.then(() => true), new Promise((late) => setTimeout(() => late(false), 30000))])"""
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor whose browser lets the helper in."""
    visitor = browser.new_context(viewport={"width": 360, "height": 800}, locale="fi-FI", service_workers="allow", reduced_motion="reduce")
    visitor.set_default_timeout(10_000)
    yield visitor
    visitor.close()


def test_without_a_network_a_referral_half_written_stays_and_is_sent_when_the_network_is_back(
    context: BrowserContext, live_server: LiveServer, settings: object, log_in: Callable[[str], None], fresh_index: Path
) -> None:
    settings.BASE_URL = str(live_server)  # type: ignore[attr-defined]
    log_in("henna")
    Area.objects.create(municipality=hub.kuopio(), coordinator=Person.objects.get(email="outi@mukana.example"), phone="017 555 0100")
    page = context.new_page()
    page.goto(f"{live_server}/tyopoyta/laheta/")
    assert page.evaluate(HELPED), "the browser's helper did not start"
    page.get_by_label("Olen usein yksin").check()
    page.get_by_label("Nimi", exact=True).fill("Aino Virtanen")
    page.get_by_label("Puhelin", exact=True).fill("040 123 4567")
    page.get_by_label("Kyllä, kaikki käy").check()
    page.get_by_label("Linkkihenkilö saa nimen, yhteystiedot ja toiveen").check()
    context.set_offline(True)
    page.get_by_role("button", name="Lähetä linkkihenkilölle").click()
    expect(page.get_by_role("alert")).to_contain_text("Kirjoittamasi on tallella")
    expect(page.get_by_label("Nimi", exact=True)).to_have_value("Aino Virtanen")
    assert Referral.objects.count() == 0
    context.set_offline(False)
    page.get_by_role("button", name="Lähetä linkkihenkilölle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lähetetty linkkihenkilölle")
    assert Referral.objects.get().resident.name == "Aino Virtanen"
    context.set_offline(True)
    page.get_by_role("link", name="Tee uusi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Verkkoyhteys puuttuu")
    context.set_offline(False)
    page.get_by_role("link", name="Kokeile uudelleen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hyvinvointilähete")
