"""Coming in, in a real browser: a code by e-mail, an application, a key of the device, the organisation's account."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from mukana.accounts.actions import make_demo_accounts
from mukana.accounts.models import Membership, Person
from mukana.accounts.tests.loginservice import CLIENT, SECRET, LoginService
from mukana.organisations.models import Organisation

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Check = Callable[[Page], None]
Width = Callable[[Page, int], None]
Shot = Callable[[Page, str], None]


@pytest.fixture(autouse=True)
def site(live_server: object, settings: object) -> str:
    """The site under the name that keys of devices accept; its people, and no limits left over."""
    cache.clear()
    make_demo_accounts()
    address = str(live_server).replace("127.0.0.1", "localhost")
    settings.BASE_URL = address  # type: ignore[attr-defined]
    settings.CSRF_TRUSTED_ORIGINS = [address]  # type: ignore[attr-defined]
    return address


@pytest.fixture
def device(context: BrowserContext, page: Page) -> Iterator[None]:
    """The browser has a device that makes keys and always recognises its owner."""
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    found = tools.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})
    yield
    tools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": found["authenticatorId"]})


def code_sent() -> str:
    return re.findall(r"\b\d{4}-\d{4}\b", str(mail.outbox[-1].body))[-1]


def come_in(page: Page, site: str, email: str = "tiina@mukana.example") -> None:
    page.goto(f"{site}{reverse('login')}")
    page.get_by_label("Sähköpostiosoite").fill(email)
    page.get_by_role("button", name="Lähetä kirjautumiskoodi").click()
    page.get_by_label("Koodi").fill(code_sent())
    page.get_by_role("button", name="Kirjaudu Mukanaan").click()


def leave(page: Page, site: str) -> None:
    page.goto(f"{site}{reverse('own_account')}")
    page.get_by_role("button", name="Kirjaudu ulos", exact=True).click()
    cache.clear()


def number(secret: str, late: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - late))


def looked_at(page: Page, axe: Check, no_sideways_scroll: Width, shot: Shot, name: str) -> None:
    """The page passes axe wide and narrow, and does not scroll sideways at 320 px."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        axe(page)
        shot(page, f"login-{name}-{width}")
    no_sideways_scroll(page, 320)
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_code_by_email_lets_in(page: Page, site: str, axe: Check, no_sideways_scroll: Width, shot: Shot) -> None:
    page.goto(f"{site}{reverse('sources')}")
    looked_at(page, axe, no_sideways_scroll, shot, "osoite")
    page.get_by_label("Sähköpostiosoite").fill("tiina@mukana")
    page.get_by_role("button", name="Lähetä kirjautumiskoodi").click()
    looked_at(page, axe, no_sideways_scroll, shot, "virhe")
    page.get_by_label("Sähköpostiosoite").fill("tiina@mukana.example")
    page.get_by_role("button", name="Lähetä kirjautumiskoodi").click()
    looked_at(page, axe, no_sideways_scroll, shot, "koodi")
    page.get_by_label("Koodi").fill(code_sent())
    page.get_by_role("button", name="Kirjaudu Mukanaan").click()
    expect(page).to_have_url(f"{site}{reverse('sources')}")
    page.goto(f"{site}{reverse('own_account')}")
    looked_at(page, axe, no_sideways_scroll, shot, "oma-tunnus")


def test_an_application_is_a_second_step(page: Page, site: str, axe: Check, no_sideways_scroll: Width, shot: Shot) -> None:
    come_in(page, site)
    page.goto(f"{site}{reverse('own_account')}")
    page.get_by_role("link", name="Ota sovellus käyttöön").click()
    expect(page.locator(".qr svg")).to_be_visible()
    looked_at(page, axe, no_sideways_scroll, shot, "sovellus")
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Sovelluksen näyttämä koodi").fill(number(secret))
    page.get_by_role("button", name="Ota sovellus käyttöön").click()
    expect(page.locator(".codes code")).to_have_count(10)
    recovery = page.locator(".codes code").first.inner_text()
    looked_at(page, axe, no_sideways_scroll, shot, "varakoodit")
    leave(page, site)
    come_in(page, site)
    expect(page.get_by_role("heading", name="Vielä yksi vaihe")).to_be_visible()
    expect(page.get_by_role("button", name="Käytä avainta")).to_have_count(0)
    looked_at(page, axe, no_sideways_scroll, shot, "toinen-vaihe")
    page.get_by_label("Koodi").fill(number(secret, late=-1))
    page.get_by_role("button", name="Kirjaudu Mukanaan").click()
    expect(page).to_have_url(f"{site}{reverse('desk')}")
    leave(page, site)
    come_in(page, site)
    page.get_by_label("Koodi").fill(recovery)
    page.get_by_role("button", name="Kirjaudu Mukanaan").click()
    expect(page).to_have_url(f"{site}{reverse('desk')}")
    page.goto(f"{site}{reverse('mfa_deactivate_totp')}")
    looked_at(page, axe, no_sideways_scroll, shot, "varmista")


def test_a_key_of_the_device_opens_without_a_code(
    page: Page, device: None, site: str, axe: Check, no_sideways_scroll: Width, shot: Shot
) -> None:
    come_in(page, site)
    page.goto(f"{site}{reverse('own_account')}")
    page.get_by_role("link", name="Lisää avain").click()
    looked_at(page, axe, no_sideways_scroll, shot, "avain")
    page.get_by_label("Avaimen nimi").fill("Työkone")
    page.get_by_role("button", name="Lisää avain").click()
    expect(page.locator(".codes code")).to_have_count(10)
    page.get_by_role("link", name="Koodit ovat tallessa").click()
    expect(page.get_by_text("Työkone", exact=True)).to_be_visible()
    looked_at(page, axe, no_sideways_scroll, shot, "avaimet")
    leave(page, site)
    page.goto(f"{site}{reverse('login')}")
    page.get_by_role("button", name="Kirjaudu avaimella").click()
    expect(page).to_have_url(f"{site}{reverse('desk')}")
    leave(page, site)
    come_in(page, site)  # a code by e-mail alone is not enough any more
    expect(page.get_by_role("heading", name="Vielä yksi vaihe")).to_be_visible()
    page.get_by_role("button", name="Käytä avainta").click()
    expect(page).to_have_url(f"{site}{reverse('desk')}")
    page.goto(f"{site}{reverse('own_account')}")
    page.get_by_role("link", name="Poista Työkone").click()
    page.get_by_role("button", name="Käytä avainta").click()
    expect(page.get_by_role("heading", name="Poistetaanko avain?")).to_be_visible()
    looked_at(page, axe, no_sideways_scroll, shot, "avain-pois")
    page.get_by_role("button", name="Poista avain").click()
    expect(page.get_by_text("Työkone", exact=True)).to_have_count(0)


def test_a_key_that_the_device_does_not_know_says_what_to_do(page: Page, device: None, site: str, axe: Check) -> None:
    page.goto(f"{site}{reverse('login')}")
    page.get_by_role("button", name="Kirjaudu avaimella").click()
    expect(page.get_by_text("Avain ei avautunut")).to_be_visible()
    axe(page)


def test_the_account_of_ones_organisation_opens(
    page: Page, site: str, settings: object, axe: Check, no_sideways_scroll: Width, shot: Shot
) -> None:
    service = LoginService()
    row = {"id": "kunta", "name": "Verlan kunnan tunnus", "server_url": service.url, "client_id": CLIENT, "client_secret": SECRET}
    settings.OIDC = json.dumps([row])  # type: ignore[attr-defined]
    page.goto(f"{site}{reverse('login')}")
    looked_at(page, axe, no_sideways_scroll, shot, "organisaatio")
    page.get_by_role("link", name="Verlan kunnan tunnus").click()
    expect(page).to_have_url(f"{site}{reverse('desk')}")
    leave(page, site)
    service.who = {"sub": "uusi", "name": "Uusi Ihminen", "email": "uusi@kunta.example", "email_verified": True}
    page.goto(f"{site}{reverse('login')}")
    page.get_by_role("link", name="Verlan kunnan tunnus").click()
    expect(page.get_by_role("heading", name="Sinulla ei ole vielä tunnusta")).to_be_visible()
    looked_at(page, axe, no_sideways_scroll, shot, "ei-tunnusta")
    service.close()


def test_the_main_user_adds_a_person_and_gives_a_role(page: Page, site: str, axe: Check, no_sideways_scroll: Width, shot: Shot) -> None:
    Organisation.objects.create(kind="association", texts={"fi": {"name": "Verlan kyläyhdistys"}})
    come_in(page, site, "pekka@mukana.example")
    page.goto(f"{site}{reverse('people')}")
    looked_at(page, axe, no_sideways_scroll, shot, "kayttajat")
    page.get_by_role("link", name="Mitä kukin rooli saa").click()
    looked_at(page, axe, no_sideways_scroll, shot, "roolit")
    page.goto(f"{site}{reverse('person_new')}")
    page.get_by_label("Nimi", exact=True).fill("Seppo Seura")
    page.get_by_label("Sähköpostiosoite").fill("seppo@verla.example")
    page.get_by_label("Rooli").select_option(label="Järjestäjä")
    page.get_by_role("button", name="Lisää käyttäjä").click()
    looked_at(page, axe, no_sideways_scroll, shot, "uusi-kayttaja-virhe")
    page.get_by_label("Organisaatio").fill("verlan")
    page.get_by_role("button", name="Lisää käyttäjä").click()
    expect(page.get_by_role("heading", name="Seppo Seura")).to_be_visible()
    looked_at(page, axe, no_sideways_scroll, shot, "kayttaja")
    page.get_by_role("button", name="Päätä tunnus").click()
    expect(page.get_by_role("button", name="Palauta tunnus")).to_be_visible()
    assert not Person.objects.get(email="seppo@verla.example").active


def test_acting_for_an_association_without_a_computer(page: Page, site: str, axe: Check, no_sideways_scroll: Width, shot: Shot) -> None:
    village = Organisation.objects.create(kind="association", texts={"fi": {"name": "Verlan kyläyhdistys"}})
    Membership.objects.create(person=Person.objects.get(email="anneli@mukana.example"), role="organiser", organisation=village)
    come_in(page, site, "mari@mukana.example")
    page.goto(f"{site}{reverse('act_for')}")
    page.get_by_label("Järjestön tai henkilön nimi").fill("verla")
    page.get_by_role("button", name="Hae").click()
    looked_at(page, axe, no_sideways_scroll, shot, "puolesta")
    page.get_by_role("button", name="Toimi puolesta Verlan kyläyhdistys").click()
    expect(page.get_by_role("complementary", name="Toimit toisen puolesta")).to_be_visible()
    page.goto(site)
    looked_at(page, axe, no_sideways_scroll, shot, "puolesta-palkki")
    page.get_by_role("button", name="Lopeta toisen puolesta toimiminen").click()
    expect(page.get_by_role("complementary", name="Toimit toisen puolesta")).to_have_count(0)
