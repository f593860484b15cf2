"""An association keeps its own entry true: confirmed in two taps from a text message, edited with help and a preview."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from mukana.directory.actions.vocabulary import load_vocabulary
from mukana.directory.models import Entry
from mukana.directory.tests import make
from mukana.outbox.models import Message
from mukana.upkeep.actions import asking
from mukana.upkeep.actions.links import Receiver
from mukana.upkeep.queries.work import waiting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
Check = Callable[..., None]
TODAY = date(2026, 11, 22)


@pytest.fixture
def entry(live_server: object, settings: object) -> Entry:
    """A group nobody has confirmed for thirteen months, and where its organiser can be reached."""
    settings.BASE_URL = str(live_server)  # type: ignore[attr-defined]
    settings.CONTACT_PHONE = "05 000 1200"  # type: ignore[attr-defined]
    load_vocabulary()
    of = make.organisation(phone="050 000 1299", contact_name="Anneli Rautio")
    return make.group("Tuolijumppa Jaalassa", reviewed_on=date(2025, 10, 20), organisation=of, phone="", email="")


def link_in_message(kind: str) -> str:
    """The address in the text message that left."""
    found = re.search(r"https?://\S+", Message.objects.filter(kind=kind, channel="sms").latest("queued_at", "id").text)
    assert found is not None
    return found[0]


def test_an_association_confirms_its_entry_from_a_text_message_in_two_taps(
    page: Page, entry: Entry, axe: Check, shot: Check, no_sideways_scroll: Check
) -> None:
    asking.ask_due(waiting(TODAY))
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(link_in_message("upkeep.confirm"))  # the first tap
    expect(page.get_by_role("heading", level=1)).to_have_text("Pitävätkö tiedot paikkansa?")
    axe(page)
    shot(page, "organiser-confirm-360")
    no_sideways_scroll(page, 320)
    page.get_by_role("button", name="Kaikki pitää paikkansa").click()  # the second tap
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiitos, tiedot on vahvistettu")
    axe(page)
    shot(page, "organiser-confirmed-360")
    entry.refresh_from_db()
    assert entry.reviewed_on == TODAY
    assert entry.confirmed["time"]["by"] == "Anneli Rautio"
    page.goto(link_in_message("upkeep.confirm"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Tämä linkki on jo käytetty")
    axe(page)
    page.get_by_role("button", name="Lähetä uusi linkki").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uusi linkki on matkalla")


def test_a_text_is_written_with_help_previewed_and_published_without_an_account(
    page: Page, entry: Entry, axe: Check, shot: Check, no_sideways_scroll: Check
) -> None:
    assert entry.organisation is not None
    asking.send_edit_link(entry.organisation, Receiver("sms", "+35850001299", "Anneli Rautio"), by="system")
    page.goto(link_in_message("upkeep.link"))
    page.get_by_role("button", name="Avaa omat tiedot").click()
    expect(page.get_by_role("link", name="Muokkaa").first).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Muokkaa").first.click()
    expect(page.get_by_role("button", name="Katso, miltä se näyttää")).to_be_visible()
    axe(page)
    no_sideways_scroll(page, 320)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_label("Tiivistelmä").first.fill("Ryhmässä ohjataan istuen. Se on matalan kynnyksen ryhmä.")
    page.get_by_role("button", name="Tarkista tekstit").click()
    page.get_by_text("2 kohtaa voi sanoa selvemmin").first.click()
    expect(page.get_by_text("Kuka tekee? ”ohjataan”")).to_be_visible()
    shot(page, "organiser-help-1280")
    page.get_by_label("Tiivistelmä").first.fill("Istumme tuolilla. Voit vain tulla.")
    page.get_by_role("button", name="Katso, miltä se näyttää").click()
    expect(page.get_by_text("Esikatselu. Näin asukas näkee tämän.")).to_be_visible()
    expect(page.locator(".lead")).to_have_text("Istumme tuolilla. Voit vain tulla.")
    axe(page)
    shot(page, "organiser-preview-1280")
    no_sideways_scroll(page, 320)
    entry.refresh_from_db()
    assert entry.texts["fi"]["summary"] != "Istumme tuolilla. Voit vain tulla."
    page.get_by_role("button", name="Tallenna ja näytä kaikille").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tuolijumppa Jaalassa")
    entry.refresh_from_db()
    assert entry.texts["fi"]["summary"] == "Istumme tuolilla. Voit vain tulla."
    page.get_by_role("link", name="Muutoshistoria").click()
    expect(page.get_by_text("Anneli Rautio, linkistä").first).to_be_visible()
    axe(page)
    shot(page, "organiser-history-1280")


def test_two_editors_at_once_lose_nothing(browser: Browser, page: Page, entry: Entry, axe: Check, shot: Check) -> None:
    assert entry.organisation is not None
    first, second = page, browser.new_context(locale="fi-FI").new_page()
    for one in (first, second):
        asking.send_edit_link(entry.organisation, Receiver("sms", "+35850001299", "Anneli Rautio"), by="system")
        one.goto(link_in_message("upkeep.link"))
        one.get_by_role("button", name="Avaa omat tiedot").click()
        one.get_by_role("link", name="Muokkaa").first.click()
    first.get_by_label("Tiivistelmä").first.fill("Ensimmäisen sanat.")
    second.get_by_label("Tiivistelmä").first.fill("Toisen sanat.")
    for one in (second, first):
        one.get_by_role("button", name="Tallenna ja näytä kaikille").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Sama kohta on muuttunut sillä välin")
    expect(first.get_by_text("Toisen sanat.")).to_be_visible()
    axe(first)
    shot(first, "organiser-conflict-1280")
    first.get_by_label("Mitä nyt kirjoitit").check()
    first.get_by_role("button", name="Tallenna valinnat").click()
    entry.refresh_from_db()
    assert entry.texts["fi"]["summary"] == "Ensimmäisen sanat."
    assert entry.edits.filter(key="texts.fi.summary", before="Toisen sanat.").exists()
    second.context.close()


def test_anybody_proposes_a_correction_and_follows_it(page: Page, live_server: object, entry: Entry, axe: Check, shot: Check) -> None:
    page.goto(f"{live_server}/kohde/{entry.pk}/")
    page.get_by_role("link", name="Ehdota korjausta").click()
    expect(page.get_by_role("button", name="Lähetä ehdotus")).to_be_visible()
    axe(page)
    page.get_by_label("Puhelin").fill("05 000 1777")
    page.get_by_role("button", name="Lähetä ehdotus").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiitos, ehdotuksesi odottaa tarkistusta")
    axe(page)
    shot(page, "organiser-proposal-1280")
