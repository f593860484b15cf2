"""Calendars, routes and feeds all the way into the hub: counts hold and a second import changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mukana.directory.models import Change, Entry, Occurrence, Place, Source
from mukana.importers.adapter import Context
from mukana.importers.ical.tests.calendars import calendar, event, merged, written
from mukana.importers.registry import SOURCES
from mukana.importers.report import Report
from mukana.importers.sync import Sync
from mukana.lib.clock import now
from mukana.lib.testing import shared_path
from mukana.organisations.actions import load_municipalities

FEED = """<rss><channel>
<item><title>Kerho 8.11.2026 klo 18</title><guid>1</guid><description>Paikka: Kylätalo, Kangasala</description></item>
<item><title>Uutinen</title><guid>2</guid></item></channel></rss>"""
TRACK = """<gpx><trk><trkseg><trkpt lat="62.9" lon="27.6"/><trkpt lat="62.91" lon="27.6"/></trkseg></trk>
<wpt lat="0" lon="0"><name>x</name></wpt></gpx>"""


@pytest.fixture(autouse=True)
def _municipalities(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUKANA_NOW", "2026-11-22T10:00:00+02:00")
    load_municipalities()


def run(kind: str, address: str, key: str = "") -> Report:
    source, _ = Source.objects.get_or_create(key=key or kind, defaults={"adapter": kind, "name": kind})
    report = Sync(source, SOURCES[kind], now()).run(address, Context())
    assert report.read == report.created + report.updated + report.unchanged + report.rejected_count
    return report


def state() -> list[Any]:
    tables = (Entry.objects.order_by("id"), Occurrence.objects.order_by("id"), Place.objects.order_by("id"))
    return [Change.objects.count(), *(list(table.values()) for table in tables)]


@pytest.mark.parametrize(("kind", "content", "counts"), [
    ("ical", merged(), (175, 0, 170)), ("rss", FEED, (2, 1, 1)), ("geo", TRACK, (1, 1, 1)),
])  # fmt: skip
def test_a_second_import_changes_nothing(tmp_path: Path, kind: str, content: str, counts: tuple[int, int, int]) -> None:
    address = written(tmp_path, content, "aineisto.xml")
    first = run(kind, address)
    assert (first.created, first.rejected_count, Entry.objects.count()) == counts
    before = state()
    second = run(kind, address)
    assert (second.created, second.updated, second.rejected_count) == (0, 0, counts[1])
    assert state() == before


def test_an_event_that_becomes_private_is_withdrawn_and_comes_back_when_it_is_public_again(tmp_path: Path) -> None:
    line = "DTSTART;TZID=Europe/Helsinki:20261201T180000"
    public, private = calendar(event(line)), calendar(event(line, "CLASS:PRIVATE"))
    first = run("ical", written(tmp_path, private))
    assert (first.rejected_count, Entry.objects.count()) == (1, 0)
    run("ical", written(tmp_path, public))
    assert Entry.objects.get().status == "published"
    hidden = run("ical", written(tmp_path, private))
    assert (hidden.updated, hidden.rejected_count, Entry.objects.get().status) == (1, 0, "withdrawn")
    assert run("ical", written(tmp_path, private)).unchanged == 1
    run("ical", written(tmp_path, public))
    assert Entry.objects.get().status == "published"


def test_an_endless_series_on_a_later_day_has_later_dates_and_no_doubles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = written(tmp_path, calendar(event("DTSTART;TZID=Europe/Helsinki:20140107T180000", "RRULE:FREQ=WEEKLY")))
    run("ical", address)
    monkeypatch.setenv("MUKANA_NOW", "2026-12-20T10:00:00+02:00")
    assert run("ical", address).unchanged == 1
    monkeypatch.setenv("MUKANA_NOW", "2027-03-01T10:00:00+02:00")
    assert run("ical", address).updated == 1
    starts = list(Occurrence.objects.values_list("starts_at", flat=True))
    assert len(starts) == len(set(starts)) == 52
    assert Entry.objects.count() == 1


def test_a_date_moved_in_the_calendar_keeps_its_id_in_the_hub(tmp_path: Path) -> None:
    main = event("DTSTART;TZID=Europe/Helsinki:20261201T180000", "RRULE:FREQ=WEEKLY;COUNT=3")
    run("ical", written(tmp_path, calendar(main)))
    before = set(Occurrence.objects.values_list("id", flat=True))
    moved = event("RECURRENCE-ID;TZID=Europe/Helsinki:20261208T180000", "DTSTART;TZID=Europe/Helsinki:20261209T190000")
    assert run("ical", written(tmp_path, calendar(main, moved))).updated == 1
    assert set(Occurrence.objects.values_list("id", flat=True)) == before
    assert Occurrence.objects.filter(status="rescheduled").count() == 1


def test_the_evening_of_two_calendars_is_two_entries_of_two_sources() -> None:
    run("ical", str(shared_path("data/ical/manala_collision_gcal.ics")), "google")
    run("ical", str(shared_path("data/ical/manala_collision_suomijazz.ics")), "suomijazz")
    assert Entry.objects.count() == 2
    assert len(set(Occurrence.objects.values_list("starts_at", flat=True))) == 1
    assert {entry.municipality_id for entry in Entry.objects.all()} == {"091"}


def test_the_real_feed_comes_in_whole() -> None:
    report = run("ical", str(shared_path("data/ical/suomijazz_gigpress_2026-04-27.ics")))
    assert (report.read, report.created, Entry.objects.count(), Place.objects.count()) == (100, 100, 70, 30)
