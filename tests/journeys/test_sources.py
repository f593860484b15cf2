"""A coordinator brings in a source, sees how its fetching goes, and decides what is one thing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mukana.directory.models import Entry, Source
from mukana.duplicates.models import Pair
from mukana.importers.actions import bring_in
from mukana.importers.fetching import fetch
from mukana.importers.registry import SOURCES
from mukana.organisations.actions import load_municipalities

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
Check = Callable[..., None]
LogIn = Callable[[str], None]
MEETING = "\r\n".join(
    [
        "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:vesijumppa@kunta.example", "SUMMARY:{name}",
        "DTSTART;TZID=Europe/Helsinki:20261202T100000", "DTEND;TZID=Europe/Helsinki:20261202T104500",
        "RRULE:FREQ=WEEKLY;COUNT=10", "LOCATION:Uimahalli, Suokatu 10, Kuopio", "END:VEVENT", "END:VCALENDAR", "",
    ]
)  # fmt: skip


@pytest.fixture
def feed() -> Iterator[dict[str, Any]]:
    """A calendar on loopback: `address`, and `status` and `body` of what it answers."""
    told: dict[str, Any] = {"status": 200, "body": MEETING.format(name="Ikäihmisten vesijumppa").encode()}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(told["status"])
            self.send_header("Content-Length", str(len(told["body"])))
            self.end_headers()
            self.wfile.write(told["body"])

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    told["address"] = f"http://127.0.0.1:{server.server_address[1]}/kalenteri.ics"
    yield told
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def town(tmp_path: Path, fresh_index: Path) -> Entry:
    """The same group, told by the municipality."""
    load_municipalities()
    path = tmp_path / "kunta.ics"
    path.write_bytes(MEETING.format(name="Vesijumppa ikäihmisille").encode())
    source = Source.objects.create(key="kunta", adapter="ical", name="Kuopion kaupunki")
    bring_in(SOURCES["ical"], str(path), by="system", source=source)
    return Entry.objects.get()


def test_a_source_is_added_fails_recovers_and_its_twin_is_merged_and_split(
    page: Page, live_server: object, log_in: LogIn, looked: Check, feed: dict[str, Any], town: Entry
) -> None:
    log_in("tiina")
    page.goto(f"{live_server}/tyopoyta/lahteet/")
    page.get_by_role("link", name="Lisää lähde").click()
    expect(page.get_by_label("Kenen tiedot?")).to_be_visible()
    looked("source-new")
    page.get_by_label("Kenen tiedot?").fill("Pohjois-Savon hyvinvointialue")
    page.get_by_label("Millainen lähde?").select_option("ical")
    page.get_by_label("Osoite").fill(feed["address"])
    page.get_by_role("button", name="Lisää ja hae").click()
    expect(page.get_by_role("heading", name="Pohjois-Savon hyvinvointialue")).to_be_visible()

    source = Source.objects.exclude(pk="kunta").get()
    feed["status"] = 503
    fetch(source, by="system")
    page.reload()
    expect(page.get_by_text("Palvelin vastasi virheellä (503)")).to_be_visible()
    expect(page.get_by_text("(1 yritys)")).to_be_visible()
    looked("source-failing")
    feed["status"] = 200
    page.get_by_role("button", name="Hae nyt").click()
    fetch(source, by="system")
    page.reload()
    expect(page.get_by_text("(1 yritys)")).to_have_count(0)
    looked("source-well")

    page.goto(f"{live_server}/tyopoyta/samat/")
    looked("pairs")
    page.get_by_role("link", name="Ikäihmisten vesijumppa").click()
    expect(page.get_by_text("Sama aika")).to_be_visible()
    looked("pair")
    first = "Sama: näytä ensimmäinen" if Pair.objects.get().first_id == town.pk else "Sama: näytä toinen"
    page.get_by_role("button", name=first).click()
    expect(page.get_by_text("Yhdistetty. Molemmat lähteet säilyvät")).to_be_visible()
    assert list(Entry.objects.public()) == [town]

    page.goto(f"{live_server}/tyopoyta/samat/kohde/{town.pk}/")
    looked("merged")
    page.get_by_role("button", name="Erota omaksi kohteekseen").click()
    expect(page.get_by_text("Molemmat näkyvät taas omina kohteinaan")).to_be_visible()
    assert Entry.objects.public().count() == 2
