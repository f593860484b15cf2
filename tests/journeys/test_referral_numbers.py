"""The numbers of referrals: pictures drawn on the server, each with its table, at both widths."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from mukana.accounts.models import Person
from mukana.directory.tests import make as hub
from mukana.guidance.actions.counting import count_lacking
from mukana.referrals.actions import working
from mukana.referrals.models import Raising
from mukana.referrals.tests import make
from mukana.referrals.tests.cohort import AGREED, FIRST, FOURTH, PLACED, REACHED, THIRD_MONTH, Kind, cohort
from mukana.referrals.tests.make import MONDAY

pytestmark = pytest.mark.django_db(transaction=True)


def people() -> None:
    for _ in range(20):
        Raising.objects.create(area=hub.kuopio(), on=date(2026, 7, 6))
    hub.kuopio()
    cohort(
        Kind(10, AGREED, "unreachable", digital=False),
        Kind(10, REACHED, "no_suitable_service", area="749"),
        Kind(15, PLACED, "declined_by_resident", companion=True),
        Kind(15, FIRST, "attended_dropped_out", digital=False, companion=True, sent=MONDAY - timedelta(days=80)),
        Kind(15, FOURTH, "attended_and_ended_well", area="749", companion=True, told=False),
        Kind(15, THIRD_MONTH, digital=False),
        Kind(3, REACHED, area="140"),
    )


def test_an_evaluator_reads_how_far_people_come(
    page: Page, live_server: object, log_in: Callable[[str], None], looked: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUKANA_NOW", MONDAY.replace(tzinfo=None).isoformat())
    people()
    for area, subject, reason, times in (("297", "dance", "distance", 14), ("749", "sleep", "price", 9), ("", "lonely", "company", 8)):
        for _ in range(times):
            count_lacking(reason, subject, area, None)
    log_in("elina")
    page.goto(f"{live_server}/tyopoyta/luvut/")
    expect(page.locator("h1")).to_have_text("Lähetteet lukuina")
    expect(page.get_by_text("Lähetettä ehdotettiin 103 ihmiselle")).to_be_visible()
    for summary in page.locator("details > summary").all():
        if summary.is_visible() and summary.inner_text() in ("Näytä luvut taulukkona", "Ensimmäiset kerrat kunnittain"):
            summary.click()
    expect(page.get_by_role("heading", name="Mitä kaivattiin mutta ei löytynyt")).to_be_visible()
    expect(page.get_by_role("img", name="Mikä esti löytymästä")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Oli liian kaukana")).to_be_visible()
    looked("referral-numbers")
    page.get_by_label("Kunta tai vuosineljännes").select_option(label="Kunta 749")
    page.get_by_role("button", name="Näytä", exact=True).click()
    expect(page).to_have_url(re.compile("rajaus=k749"))
    expect(page.get_by_text("näytetään vain kaikista yhdessä")).to_be_visible()
    looked("referral-numbers-area")


def test_a_link_worker_asks_what_somebody_wants_and_how_it_goes(
    page: Page, live_server: object, log_in: Callable[[str], None], looked: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUKANA_NOW", MONDAY.replace(tzinfo=None).isoformat())
    case = make.talking()
    log_in("mari")
    working.assign(case, Person.objects.get(email="mari@mukana.example"), make.deed())
    page.goto(f"{live_server}/tyopoyta/hyvinvointilahete/{case.pk}/tavoitteet/")
    expect(page.get_by_text("Niitä ei tarvita, jotta saa apua")).to_be_visible()
    looked("referral-goals-permission")
    page.get_by_role("button", name="Asukas antoi luvan").click()
    page.get_by_label("Asukkaan omin sanoin").fill("Haluan kävellä torille asti")
    page.get_by_role("button", name="Kirjaa", exact=True).click()
    page.get_by_label("Haluan kävellä torille asti").select_option("-1")
    page.get_by_label("Kuinka onnellinen olit eilen?").select_option("ohi")
    page.get_by_role("button", name="Tallenna vastaukset").click()
    expect(page.get_by_text("Alussa -1.")).to_be_visible()
    looked("referral-goals")
