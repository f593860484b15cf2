"""Aino by paper, post and telephone beside Reijo by screen and text message: two doors, one path, in a real browser."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from mukana.accounts.models import Person
from mukana.directory.models import Entry
from mukana.directory.tests import make as hub
from mukana.outbox.models import Message
from mukana.referrals.models import Area, Letter, Placement, Referral, Transition
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time
from mukana.referrals.wording import spoken
from mukana.search.actions import rebuild

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
Looked = Callable[[str], None]
LogIn = Callable[[str], None]
PERMITTED = (
    "Linkkihenkilö saa nimen, yhteystiedot ja toiveen",
    "Lähettäjä saa tiedon, miten kävi",
    "Ensimmäisestä kerrasta saa muistuttaa",
)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """Monday 23.11.2026 at nine, until the journey moves it."""
    return Time(monkeypatch)


@pytest.fixture
def phone(browser: Browser) -> object:
    """Another visitor, on a phone: who opens what came by message."""
    visitor: BrowserContext = browser.new_context(viewport={"width": 360, "height": 800}, locale="fi-FI", reduced_motion="reduce")
    yield visitor.new_page()
    visitor.close()


@pytest.fixture
def groups(live_server: LiveServer, settings: object, fresh_index: Path, time: Time, log_in: LogIn) -> dict[str, Entry]:
    """Kuopio, where Outi coordinates; a group that is rung, and one that reads text messages."""
    settings.BASE_URL = str(live_server)  # type: ignore[attr-defined]
    outi = Person.objects.get(email="outi@mukana.example")
    Area.objects.create(municipality=hub.kuopio(), coordinator=outi, phone="017 555 0100")
    made = {"Vesijumppa": make.group("Vesijumppa", phone="017 555 0199"), "Kuoro": make.group("Kuoro", phone="050 000 1299")}
    for entry in made.values():
        hub.date(entry, make.MONDAY + timedelta(days=8, hours=1))
    rebuild()
    return made


def path(case: Referral) -> list[tuple[str, str, str]]:
    return [(row.thing, row.source, row.target) for row in Transition.objects.filter(referral=case)]


def case_of(name: str) -> Referral:
    return next(case for case in Referral.objects.select_related("resident") if case.resident.name == name)


def told(page: Page, name: str) -> None:
    """What both doors ask: who, what they miss, and what may be done."""
    page.get_by_label("Olen usein yksin").check()
    page.get_by_label("Nimi", exact=True).fill(name)
    page.get_by_label("75–84").check()
    page.get_by_label("Kyllä, kaikki käy").check()
    for words in PERMITTED:
        page.get_by_label(words, exact=True).check()
    page.get_by_role("button", name="Lähetä linkkihenkilölle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lähetetty linkkihenkilölle")


def taken(page: Page, base: object, name: str) -> None:
    """Outi gives the case to Mari."""
    page.goto(f"{base}/tyopoyta/saapuneet/")
    row = page.locator("li", has_text=spoken(case_of(name).reference)).first
    row.get_by_label("Linkkihenkilö").select_option(label=next(one for one in row.locator("option").all_inner_texts() if "Mari" in one))
    row.get_by_role("button", name="Ota vastaan").click()
    expect(page.get_by_role("status")).to_contain_text(spoken(case_of(name).reference))


def planned(page: Page, base: object, name: str, group: str) -> None:
    """Mari rings, they choose a group together, she asks for the place and writes the plan down."""
    page.goto(f"{base}/tyopoyta/hyvinvointilahete/{case_of(name).pk}/")
    page.get_by_label("Tavoitin").check()
    page.get_by_role("button", name="Kirjaa yhteydenotto").click()
    page.locator("#toimi").get_by_role("link", name="Ehdota paikkaa").click()
    page.get_by_label("Etsi nimellä tai sanalla").fill(group)
    page.get_by_role("button", name="Etsi").click()
    page.locator("button", has_text=f"Valitse ehdolle: {group}").click()
    page.locator("a.btn", has_text=f"Kysy lupa ja pyydä paikkaa: {group}").click()
    page.get_by_role("button", name="Kirjaa lupa ja lähetä pyyntö").click()
    page.get_by_role("button", name="Suunnitelma on sovittu").click()
    expect(page.get_by_role("status")).to_be_visible()


def link_in(kind: str, about: Referral, start: str) -> str:
    """The newest link of that kind in what was sent about the case."""
    texts = Message.objects.filter(kind=kind, about=f"referrals.Referral:{about.pk}").order_by("-queued_at").values_list("text", flat=True)
    return next(found[0] for text in texts if (found := re.search(rf"\S+/{start}/\S+/", text)))


def test_aino_by_paper_and_telephone_walks_the_same_path_as_reijo_by_screen_and_message(
    page: Page, phone: Page, live_server: LiveServer, groups: dict[str, Entry], time: Time, log_in: LogIn, looked: Looked
) -> None:
    base = live_server
    # the first day: a paper form that a nurse filled in by hand, and a nurse at her desk
    log_in("mari")
    page.goto(f"{base}/tyopoyta/paperilahete/")
    page.get_by_label("Lähettäjän yksikkö (ei pakollinen)", exact=True).fill("Puijon terveysasema")
    page.get_by_label("Allekirjoitettu", exact=True).fill("2026-11-20")
    page.get_by_label("Puhelin", exact=True).fill("017 123 4567")
    page.get_by_text("Sähköposti, osoite tai toivottu tapa").click()
    page.get_by_label("Katuosoite").fill("Laiturikatu 1")
    page.get_by_label("Postinumero").fill("70100")
    page.get_by_label("Postitoimipaikka").fill("Kuopio")
    page.get_by_label("Kirje", exact=True).check()
    told(page, "Aino Virtanen")
    looked("doors-paper-sent")
    log_in("henna")
    page.goto(f"{base}/tyopoyta/laheta/")
    page.get_by_label("Puhelin", exact=True).fill("040 123 4567")
    told(page, "Reijo Räsänen")
    looked("doors-screen-sent")
    aino, reijo = case_of("Aino Virtanen"), case_of("Reijo Räsänen")
    assert (aino.channel, reijo.channel) == ("paper", "screen")

    # each hears of it in the way that suits: a letter to post, a message on the phone
    assert Letter.objects.get(referral=aino).kind == "receipt"
    phone.goto(link_in("referrals.resident", reijo, "oma"))
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    log_in("outi")
    for name in ("Aino Virtanen", "Reijo Räsänen"):
        taken(page, base, name)
    log_in("mari")
    page.goto(f"{base}/tyopoyta/kirjeet/")
    letters = pypdf.PdfReader(io.BytesIO(page.request.get(f"{base}/tyopoyta/kirjeet/kirjeet.pdf").body()))
    assert "Aino Virtanen" in letters.pages[0].extract_text()
    page.get_by_role("button", name="Kaikki on postitettu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kaikki kirjeet on postitettu")

    # the call, the plan and the yes: by telephone through Mari, and by the organiser's own link
    planned(page, base, "Aino Virtanen", "Vesijumppa")
    planned(page, base, "Reijo Räsänen", "Kuoro")
    page.goto(f"{base}/tyopoyta/hyvinvointilahete/{aino.pk}/")
    page.locator("a.btn", has_text="Järjestäjä suostuu: Vesijumppa").click()
    page.get_by_role("button", name="Kirjaa: suostuu").click()
    phone.goto(link_in("referrals.offer", reijo, "tarjous"))
    phone.get_by_role("button", name="Kyllä, tervetuloa").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Reijo Räsänen")
    page.locator("a.btn", has_text="Sovi ensimmäinen kerta: Vesijumppa").click()
    page.get_by_text("ti 1.12.").first.click()
    page.get_by_role("button", name="Sovi ensimmäinen kerta").click()
    expect(page.get_by_role("status")).to_contain_text("Ensimmäinen kerta on sovittu")
    phone.get_by_label("Kuka on vastassa?").fill("Anneli")
    phone.get_by_text("ti 1.12.").click()
    phone.get_by_role("button", name="Sovi kerta").click()
    expect(phone.get_by_text("Kerromme ajan tulijalle")).to_be_visible()
    assert path(aino) == path(reijo)

    # each can look for themselves: with the letter's number and a call, or with one press on the phone
    assert Letter.objects.filter(referral=aino, kind="first_session").exists()
    own = link_in("referrals.resident", reijo, "oma")
    view = phone.url
    phone.goto(own)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Suunnitelma on sovittu")
    expect(phone.locator("main")).to_contain_text("ti 1.12.")
    page.goto(f"{base}/tyopoyta/kirjeet/")
    letter = pypdf.PdfReader(io.BytesIO(page.request.get(f"{base}/tyopoyta/kirjeet/kirjeet.pdf").body()))
    text = " ".join(" ".join(sheet.extract_text().split()) for sheet in letter.pages)
    assert "ti 1.12." in text
    assert "017 555 0100" in text

    # the first visit: told by telephone, and by one tap
    time.to(make.MONDAY + timedelta(days=8, hours=3))
    page.goto(f"{base}/tyopoyta/hyvinvointilahete/{aino.pk}/")
    page.locator("a.btn", has_text="Tuliko asukas?: Vesijumppa").click()
    page.get_by_label("Tuli", exact=True).check()
    page.get_by_role("button", name="Kirjaa, tuliko").click()
    expect(page.get_by_role("status")).to_be_visible()
    looked("doors-aino-came")
    phone.goto(view)
    phone.get_by_role("button", name="Tuli", exact=True).click()
    expect(phone.get_by_text("Merkitsimme: tuli")).to_be_visible()

    assert path(aino) == path(reijo)
    assert path(aino)[-1] == ("case", "planned", "active")
    assert set(Placement.objects.values_list("state", flat=True)) == {"first_attended"}
    assert not Message.objects.filter(kind="referrals.resident", about=f"referrals.Referral:{aino.pk}").exists()
    assert not Letter.objects.filter(referral=reijo).exists()
