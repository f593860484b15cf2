"""The link worker's morning, the coordinator's inbox, areas, and an emergency at night, in the browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mukana.accounts.actions import make_demo_accounts
from mukana.directory.tests import make as hub
from mukana.referrals.demo import load
from mukana.referrals.models import BreakGlass, Placement, Referral
from mukana.referrals.wording import spoken
from mukana.search.actions import rebuild

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
Check = Callable[..., None]


@pytest.fixture
def region(live_server: object, settings: object, fresh_index: Path) -> dict[str, Referral]:
    """The demo's referrals with a few groups, by the resident's first name."""
    settings.BASE_URL = str(live_server)  # type: ignore[attr-defined]
    make_demo_accounts()
    for name in ("Juttupenkki", "Tuolijumppa", "Vesijumppa", "Kuoro", "Korttikerho"):
        hub.group(name, fictitious=True, phone="050 000 1299")
    rebuild()
    load()
    return {case.resident.name.split()[0]: case for case in Referral.objects.select_related("resident")}


def test_the_link_worker_rings_proposes_asks_and_agrees(
    page: Page, live_server: object, region: dict[str, Referral], log_in: Check, looked: Check
) -> None:
    log_in("mari")
    page.goto(f"{live_server}/tyopoyta/paiva/")
    expect(page.get_by_role("heading", name="Myöhässä")).to_be_visible()
    looked("work-day")
    page.locator("a.btn", has_text="Aino H.").first.click()
    expect(page.get_by_role("heading", name="Aino Huttunen")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Ei viestejä vastaajaan")
    looked("work-case-acknowledged")
    page.get_by_label("Tavoitin").check()
    page.get_by_role("button", name="Kirjaa yhteydenotto").click()
    expect(page.get_by_role("heading", name="Etsikää yhdessä paikka")).to_be_visible()
    page.locator("#toimi").get_by_role("link", name="Ehdota paikkaa").click()
    page.get_by_label("Etsi nimellä tai sanalla").fill("Tuolijumppa")
    page.get_by_role("button", name="Etsi").click()
    expect(page.get_by_role("heading", name="haulla ”Tuolijumppa”")).to_be_visible()
    looked("work-propose")
    page.locator("button", has_text="Valitse ehdolle: Tuolijumppa").click()
    page.locator("a.btn", has_text="Kysy lupa ja pyydä paikkaa: Tuolijumppa").click()
    expect(page.get_by_text("Lue ääneen")).to_be_visible()
    looked("work-permission")
    page.get_by_role("button", name="Kirjaa lupa ja lähetä pyyntö").click()
    page.get_by_role("button", name="Suunnitelma on sovittu").click()
    page.locator("a.btn", has_text="Järjestäjä suostuu: Tuolijumppa").click()
    page.get_by_role("button", name="Kirjaa: suostuu").click()
    page.locator("a.btn", has_text="Sovi ensimmäinen kerta: Tuolijumppa").click()
    expect(page.get_by_label("Kuka on vastassa?")).to_have_value("Anneli Rautio")
    looked("work-schedule")
    page.get_by_role("button", name="Sovi ensimmäinen kerta").click()
    expect(page.get_by_role("status")).to_contain_text("Ensimmäinen kerta on sovittu")
    assert Placement.objects.get(referral=region["Aino"]).state == "scheduled"
    looked("work-case-planned")


def test_the_case_of_somebody_in_hospital_and_of_one_who_is_protected(
    page: Page, live_server: object, region: dict[str, Referral], log_in: Check, looked: Check
) -> None:
    log_in("mari")
    page.goto(f"{live_server}/tyopoyta/hyvinvointilahete/{region['Vieno'].pk}/")
    expect(page.get_by_role("button", name="Jatka nyt")).to_be_visible()
    looked("work-case-paused")
    page.get_by_text("Muut toimet").last.click()
    expect(page.get_by_role("link", name="Päätä lähete")).to_be_visible()
    page.goto(f"{live_server}/tyopoyta/hyvinvointilahete/{region['Sanna'].pk}/")
    expect(page.locator("main")).to_contain_text("Turvakielto")
    looked("work-case-protected")
    page.goto(f"{live_server}/tyopoyta/hyvinvointilahete/{region['Sanna'].pk}/yhteys/")
    looked("work-safe-contact")


def test_the_coordinator_takes_on_and_names_people_of_an_area(
    page: Page, live_server: object, region: dict[str, Referral], log_in: Check, looked: Check
) -> None:
    log_in("outi")
    page.goto(f"{live_server}/tyopoyta/saapuneet/")
    looked("work-inbox")
    reference = spoken(region["Kauko"].reference)
    row = page.locator("li", has_text=reference).first
    row.get_by_label("Linkkihenkilö").select_option(label=next(one for one in row.locator("option").all_inner_texts() if "Mari" in one))
    row.get_by_role("button", name="Ota vastaan").click()
    expect(page.get_by_role("status")).to_contain_text(reference)
    assert Referral.objects.get(pk=region["Kauko"].pk).state == "acknowledged"
    page.goto(f"{live_server}/tyopoyta/alueet/")
    looked("work-areas")
    page.get_by_role("link", name="Kuopio").click()
    expect(page.get_by_label("Koordinoiva linkkihenkilö")).to_be_visible()
    looked("work-area")
    page.goto(f"{live_server}/tyopoyta/alueet/poissaolo/")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_role("alert")).to_contain_text("kaipaa korjausta")
    looked("work-absence-wrong")


def test_at_night_the_glass_is_broken_for_an_hour_and_reviewed(
    page: Page, live_server: object, region: dict[str, Referral], log_in: Check, looked: Check
) -> None:
    log_in("petri")
    page.goto(f"{live_server}/tyopoyta/hataavaus/")
    looked("work-glass")
    page.get_by_label("Kenen yhteystiedot?").fill("Sanna Suojattu")
    page.get_by_label("Mikä vaara uhkaa?").fill("Puhelu katkesi, uhka hengelle")
    page.get_by_role("button", name="Avaa yhteystiedot tunniksi").click()
    expect(page.get_by_role("heading", name="Sanna Suojattu")).to_be_visible()
    expect(page.locator("main")).to_contain_text("minuuttia")
    looked("work-glass-open")
    log_in("leena")
    page.goto(f"{live_server}/tyopoyta/hataavaus/tarkastus/")
    looked("work-glass-reviews")
    page.locator("a.btn", has_text="Tarkasta").click()
    page.get_by_label("Oli perusteltu").check()
    looked("work-glass-review")
    page.get_by_role("button", name="Kirjaa tarkastus").click()
    expect(page.get_by_role("status")).to_contain_text("Tarkastus on kirjattu")
    assert BreakGlass.objects.get().decision == "justified"
