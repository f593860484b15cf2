"""A resident finds a group, reads what the first visit is like, prints it, and reads it in selkokieli."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from mukana.importers.actions import source_of
from mukana.importers.adapter import Context
from mukana.importers.demo import client
from mukana.importers.demo.adapter import DEMO
from mukana.importers.sync import Sync
from mukana.lib.clock import now
from mukana.organisations.actions import load_municipalities
from mukana.search.actions import rebuild

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
Check = Callable[..., None]


@pytest.fixture
def site(live_server: object, fresh_index: Path, settings: object) -> str:
    """A site with the demo supply, searchable."""
    settings.CONTACT_PHONE = "05 000 1200"  # type: ignore[attr-defined]
    load_municipalities()
    Sync(source_of(DEMO), DEMO, now(), dry_run=False, fictitious=True).run(str(client.FOLDER), Context(columns=None), None)
    rebuild()
    return str(live_server)


def test_a_water_exercise_group_on_wednesday_near_kuopio(page: Page, site: str, axe: Check, shot: Check, no_sideways_scroll: Check) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(site)
    axe(page)
    shot(page, "resident-home-360")
    page.get_by_role("link", name="Valitse paikkakunta, niin etsimme läheltä").click()
    page.get_by_label("Kunnan nimi").fill("kuopio")
    page.get_by_role("button", name="Valitse paikka", exact=True).click()
    expect(page.get_by_text("Etsimme läheltä: Kuopio")).to_be_visible()
    page.get_by_label("Kerro omin sanoin").fill("vesijumppaa keskiviikkona")
    page.get_by_label("Kerro omin sanoin").press("Enter")
    page.wait_for_url("**/haku/**")
    axe(page)
    shot(page, "resident-results-360")
    no_sideways_scroll(page, 320)
    near = page.locator("li.row", has_text="Allasjumppa Kallanrannassa").first
    expect(near).to_contain_text("ke\xa025.11.")
    near.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Seuraavat kerrat")).to_be_visible()
    expect(page.get_by_role("heading", name="Mitä tapahtuu, kun tulen")).to_be_visible()
    axe(page)
    shot(page, "resident-entry-360")
    no_sideways_scroll(page, 320)
    address = page.url
    page.get_by_role("link", name="Tulosta isolla").click()
    expect(page.locator(".tel")).to_contain_text("05 000")
    axe(page)
    shot(page, "resident-print-360")
    page.goto(address)
    page.get_by_role("link", name="Takaisin hakuun").click()
    assert "/haku/" in page.url


def test_selkokieli_for_one_page_and_back(page: Page, site: str, axe: Check, shot: Check) -> None:
    page.goto(f"{site}/haku/?q=tuolijumppa+jaala")
    page.get_by_role("link", name="Tuolijumppa", exact=True).first.click()
    ordinary = page.locator(".lead").inner_text()
    page.get_by_role("link", name="Selkokielellä").click()
    expect(page.locator(".lead")).not_to_have_text(ordinary)
    axe(page)
    shot(page, "resident-selko-1280")
    page.get_by_role("link", name="Suomeksi", exact=True).click()
    expect(page.locator(".lead")).to_have_text(ordinary)


def test_by_keyboard_alone_from_the_field_to_the_group(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_label("Kerro omin sanoin").focus()
    page.keyboard.type("tuolijumppa")
    page.get_by_role("listbox").get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Kerro omin sanoin").get_attribute("aria-activedescendant")
    page.keyboard.press("Escape")
    assert page.get_by_role("listbox").count() == 0
    page.keyboard.press("Enter")
    page.wait_for_url("**/haku/**")
    first = page.locator("li.row a").first
    name = first.inner_text()
    for _ in range(60):
        page.keyboard.press("Tab")
        if first.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_conditions_work_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800}, locale="fi-FI")
    page = context.new_page()
    page.goto(f"{site}/haku/?q=jumppa")
    page.get_by_role("link", name="Maksuton", exact=True).click()
    assert "hinta=maksuton" in page.url
    page.get_by_text("Lisää ehtoja").click()
    page.get_by_label("keskiviikko").check()
    page.get_by_role("button", name="Näytä näillä ehdoilla").click()
    assert "hinta=maksuton" in page.url
    assert "paiva=wed" in page.url
    expect(page.locator("li.row").first).to_contain_text("Maksuton")
    context.close()


ADDRESSES = ("/", "/haku/?q=jumppa", "/haku/?q=xyzzyq&km=5", "/paikkakunta/", "/palaute/", "/saavutettavuus/", "/tietosuoja/")


def test_every_page_passes_axe_in_every_theme(page: Page, site: str, axe: Check, shot: Check) -> None:
    for theme in ("vaalea", "tumma", "kontrasti"):
        page.context.add_cookies([{"name": name, "value": value, "url": site} for name, value in (("teema", theme), ("paikka", "297"))])
        for number, address in enumerate(ADDRESSES):
            page.goto(site + address)
            axe(page)
            shot(page, f"resident-{number}-1280-{theme}")
