"""Told of what is new without an account; a list on another site; an organisation's colours: in a real browser."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from mukana.accounts.actions import make_demo_accounts
from mukana.accounts.models import Person
from mukana.alerts.actions.matching import match
from mukana.alerts.actions.telling import tell_due
from mukana.alerts.models import Alert
from mukana.directory.tests import make
from mukana.embeds.models import Embed
from mukana.lib.clock import now
from mukana.lib.moments import ZONE
from mukana.outbox.actions import queueing
from mukana.outbox.models import Message
from mukana.search.actions import catch_up
from mukana.themes import snapshot
from mukana.themes.models import Theme

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey, pytest.mark.usefixtures("fresh_index")]
Check = Callable[..., None]
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def own_site(settings: object, tmp_path: Path, live_server: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    cache.clear()
    settings.DATA, settings.BASE_URL, settings.DEMO = tmp_path, str(live_server), True  # type: ignore[attr-defined]
    monkeypatch.setattr(queueing, "_send_alone", lambda _message: None)  # the outbox keeps it for us to read
    yield
    snapshot._held = (("", 0, 0), ())


@pytest.fixture
def enter(context: BrowserContext, live_server: object) -> Callable[[str], None]:
    make_demo_accounts()

    def come(name: str) -> None:
        client = Client()
        client.force_login(Person.objects.get(email=f"{name}@mukana.example"), backend="django.contrib.auth.backends.ModelBackend")
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": str(live_server)}])

    return come


@pytest.fixture
def looked(page: Page, axe: Check, shot: Check, no_sideways_scroll: Check) -> Check:
    def look(name: str) -> None:
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            axe(page)
            shot(page, f"alerts-{name}-{width}")
        no_sideways_scroll(page, 320)
        page.set_viewport_size({"width": 1280, "height": 800})

    return look


def imported(folder: Path, *names: str) -> None:
    """A file of groups, each with a Wednesday ahead, comes in from a source."""
    make.kuopio()
    rows = [{"kind": "municipality", "id": "m", "name": "Kuopio"}]
    rows += [{"kind": "place", "id": "p", "name": "Kallanrannan uimahalli", "municipality": "m", "lat": 62.9, "lon": 27.7}]
    for number, name in enumerate(names):
        texts = {"name": {"fi": name}, "description": {"fi": "Rauhallinen tahti altaassa."}}
        rows.append({"kind": "event", "id": f"e{number}", "start": "2026-11-25T17:00:00+02:00", "place": "p", "municipality": "m", **texts})
    path = folder / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    call_command("import_source", "neutral", str(path), verbosity=0)
    catch_up()


def link_in(message: Message, part: str) -> str:
    """The address of that sort in a message."""
    return next(one for one in re.findall(r"https?://\S+", message.text) if part in one)


def test_a_visitor_is_told_of_a_new_group_and_ends_it_by_a_tap(page: Page, live_server: object, looked: Check, tmp_path: Path) -> None:
    imported(tmp_path, "Vesijumppa aamulla")
    page.goto(f"{live_server}/haku/?q=vesijumppa")
    page.get_by_role("link", name="Ilmoita, kun tulee uutta").click()
    expect(page.get_by_role("button", name="Lähetä vahvistusviesti")).to_be_visible()
    looked("new")
    page.get_by_role("button", name="Lähetä vahvistusviesti").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looked("new-wrong")
    page.get_by_label("Sähköposti tai puhelinnumero").fill("outi@mukana.example")
    page.get_by_role("button", name="Lähetä vahvistusviesti").click()
    expect(page.get_by_role("heading", name="Katso sähköpostisi")).to_be_visible()
    looked("sent")
    page.goto(link_in(Message.objects.get(kind="alerts.confirm"), "/v/"))
    looked("confirm")
    page.get_by_role("button", name="Aloita hakuvahti").click()
    expect(page.get_by_text("Päällä", exact=True)).to_be_visible()
    looked("on")
    imported(tmp_path, "Vesijumppa aamulla", "Vesijumppa illalla")
    assert match(now()) == 1
    assert tell_due(MONDAY) == 1
    message = Message.objects.get(kind="alerts.news")
    assert "Vesijumppa illalla" in message.text
    assert "aamulla" not in message.text
    page.goto(link_in(message, "/k/"))
    expect(page.get_by_role("heading", name="Vesijumppa illalla", level=1)).to_be_visible()
    page.goto(link_in(message, "/loppu/"))
    looked("end")
    page.get_by_role("button", name="Lopeta hakuvahti").click()
    expect(page.get_by_role("heading", name="Hakuvahti on lopetettu")).to_be_visible()
    looked("ended")
    assert not Alert.objects.exists()


def test_by_phone_the_code_begins_it_and_staff_see_counts(page: Page, live_server: object, looked: Check, enter: Check) -> None:
    page.goto(f"{live_server}/hakuvahti/uusi/?q=kuoro")
    page.get_by_label("Sähköposti tai puhelinnumero").fill("041 730 8168")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kirjoita koodi tekstiviestistä")).to_be_visible()
    looked("code")
    (code,) = re.findall(r"koodi (\d{6})", Message.objects.get().text)
    page.get_by_label("Puhelinnumero").fill("0417308168")
    page.get_by_label("Koodi viestistä").fill(code)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Päällä", exact=True)).to_be_visible()
    enter("tiina")
    page.goto(f"{live_server}/tyopoyta/hakuvahdit/")
    expect(page.get_by_role("row", name="Päällä, tekstiviestillä 1")).to_be_visible()
    looked("desk")


class _OtherSite(BaseHTTPRequestHandler):
    """A page of a municipality's own site, with the code in it."""

    def __init__(self, code: str, *words: object) -> None:
        self.code = code
        super().__init__(*words)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        body = f'<!doctype html><html lang="fi"><title>Kunta</title><h1>Kunnan oma sivu</h1>{self.code}</html>'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def other_site(code: str) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_OtherSite, code))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def test_staff_make_a_list_and_another_site_shows_it(
    page: Page, live_server: object, looked: Check, enter: Check, shot: Check, tmp_path: Path
) -> None:
    imported(tmp_path, *(f"Vesijumppa {number}" for number in range(5)))
    enter("tiina")
    site = other_site("")
    port = site.server_address[1]
    page.goto(f"{live_server}/tyopoyta/upotukset/")
    looked("embeds")
    page.get_by_role("link", name="Tee uusi luettelo").click()
    page.get_by_label("Otsikko").fill("Vesijumpat Kuopiossa")
    page.get_by_label("Haku", exact=False).first.fill(f"{live_server}/haku/?q=vesijumppa")
    page.get_by_label("3", exact=True).check()
    page.get_by_label("Sivustot, jotka saavat näyttää luettelon").fill(f"http://127.0.0.1:{port}")
    page.get_by_role("button", name="Tallenna luettelo").click()
    expect(page.frame_locator("iframe").get_by_role("heading", name="Vesijumpat Kuopiossa")).to_be_visible()
    looked("embed-edit")
    code = page.get_by_label("Kopioi koodi ja liitä se sivulle").input_value()
    site.RequestHandlerClass = partial(_OtherSite, code)  # type: ignore[assignment]
    page.goto(f"{live_server}/upota/{Embed.objects.get().slug}/")
    looked("frame")
    page.goto(f"http://127.0.0.1:{port}/")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Vesijumpat Kuopiossa")).to_be_visible()
    page.wait_for_function("Number(document.querySelector('iframe').height) !== 610")
    shot(page, "alerts-other-site-1280")
    assert page.evaluate("document.cookie") == ""
    first = frame.get_by_role("list").get_by_role("link").first
    name = first.inner_text()
    first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    assert page.url.startswith(f"{live_server}/kohde/")
    site.shutdown()


def test_a_site_that_is_not_named_shows_nothing(browser: object, live_server: object) -> None:
    Embed.objects.create(slug="abc", title="Jumpat", sites=["http://127.0.0.1:1"], saved_at=now())
    site = other_site(f'<iframe src="{live_server}/upota/abc/"></iframe>')
    context = browser.new_context()  # type: ignore[attr-defined]
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(f"http://127.0.0.1:{site.server_address[1]}/")
    page.wait_for_timeout(500)
    assert page.frame_locator("iframe").get_by_role("heading").count() == 0
    assert any("frame-ancestors" in one for one in refused)
    context.close()
    site.shutdown()


def test_staff_give_a_colour_that_is_too_light_and_see_it_made_readable(
    page: Page, live_server: object, looked: Check, enter: Check, axe: Check, shot: Check
) -> None:
    enter("tiina")
    page.goto(f"{live_server}/tyopoyta/ulkoasu/uusi/")
    looked("theme-new")
    page.get_by_label("Nimi sivun yläreunassa").fill("Pielaveden Mukana")
    page.get_by_label("Tunnus osoitteessa").fill("pielavesi")
    page.get_by_label("Pääväri").fill("#ffcc00")
    page.get_by_label("Korostusväri").fill("#2255aa")
    page.get_by_label("Taustasävy").fill("#ff8800")
    page.get_by_role("button", name="Tallenna ulkoasu").click()
    expect(page.get_by_text("Tummensimme väriä, jotta teksti erottuu.")).to_be_visible()
    looked("theme-told")
    page.get_by_role("button", name="Tallenna nämä värit").click()
    theme = Theme.objects.get()
    for look in ("vaalea", "tumma", "kontrasti"):
        page.goto(f"{live_server}/tyopoyta/ulkoasu/{theme.pk}/esikatselu/?teema={look}")
        axe(page)
        shot(page, f"alerts-theme-{look}-1280")
    page.goto(f"{live_server}/y/pielavesi/")
    expect(page.get_by_role("link", name="Pielaveden Mukana")).to_be_visible()
    looked("theme-home")
    page.get_by_role("link", name="Anna palautetta").click()
    assert page.url == f"{live_server}/y/pielavesi/palaute/"
