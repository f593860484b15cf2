"""A search as a calendar and as a feed that readers of such take."""

from __future__ import annotations

import re
from collections.abc import Callable

import feedparser
import pytest
from django.test import Client
from icalendar import Calendar

from mukana.api.tests.conftest import CALENDAR, Row, event
from mukana.search.actions import rebuild

Bring = Callable[[list[Row]], None]


@pytest.fixture
def found(bring: Bring, fresh_index: object) -> None:
    bring(
        [
            *CALENDAR,
            event(
                "e5",
                "2026-11-26T10:00:00+02:00",
                name={"fi": "Kuoro & soitto"},
                short={},
                description={"fi": "Lauletaan."},
                audience=[],
                keywords=["k4"],
            ),
        ]
    )
    rebuild()


@pytest.mark.usefixtures("found")
def test_the_feed_is_whole_and_follows_the_words(client: Client) -> None:
    answer = client.get("/haku/syote.rss?q=tuolijumppa")
    assert answer.headers["Content-Type"].startswith("application/rss+xml")
    told = feedparser.parse(answer.content)
    assert (told.bozo, told.version) == (False, "rss20")
    assert [entry.title for entry in told.entries] == ["Tuolijumppa"]
    assert told.feed.link == "http://localhost:8000/haku/?q=tuolijumppa"
    assert re.fullmatch(r"http://localhost:8000/kohde/[0-9a-f-]{36}/", told.entries[0].link)
    everything = feedparser.parse(client.get("/haku/syote.rss").content)
    assert everything.bozo is False
    assert {entry.title for entry in everything.entries} == {"Tuolijumppa", "Lukupiiri", "Kuoro & soitto"}


@pytest.mark.usefixtures("found")
def test_the_calendar_has_the_dates_ahead(client: Client) -> None:
    told = Calendar.from_ical(client.get("/haku/kalenteri.ics?q=tuolijumppa").content)
    starts = [f"{one['dtstart'].dt:%Y-%m-%d %H:%M}" for one in told.walk("VEVENT")]
    assert starts == ["2026-11-24 08:00", "2026-12-01 08:00"]
    bounded = Calendar.from_ical(client.get("/haku/kalenteri.ics?q=tuolijumppa&asti=2026-11-30").content)
    assert len(bounded.walk("VEVENT")) == 1


@pytest.mark.usefixtures("found")
def test_the_results_page_names_both_with_the_same_question(client: Client) -> None:
    page = client.get("/haku/?q=tuolijumppa&hinta=maksuton").content.decode()
    links = re.findall(r'<link rel="alternate" type="(text/calendar|application/rss\+xml)"[^>]* href="([^"]+)"', page)
    assert links == [
        ("text/calendar", "/haku/kalenteri.ics?q=tuolijumppa&amp;hinta=maksuton"),
        ("application/rss+xml", "/haku/syote.rss?q=tuolijumppa&amp;hinta=maksuton"),
    ]


def test_a_search_without_an_index_gives_an_empty_feed(db: None, client: Client, fresh_index: object) -> None:
    assert feedparser.parse(client.get("/haku/syote.rss?q=jumppa&sivu=999").content).entries == []
    assert Calendar.from_ical(client.get("/haku/kalenteri.ics?paiva=xx").content).walk("VEVENT") == []
