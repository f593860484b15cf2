"""RPDE feeds: in order, each thing once, what is gone told, and read back by our own importer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mukana.api import openactive
from mukana.api.tests.services import PERSON, supply, touch
from mukana.directory.models import Entry, Occurrence
from mukana.formats.openactive import problems_of
from mukana.importers.actions import bring_in
from mukana.importers.registry import SOURCES

FEEDS = ("/openactive/session-series", "/openactive/scheduled-sessions")


def walked(client: Client, address: str) -> list[dict[str, Any]]:
    """Every page from the beginning to the empty one that leads to itself."""
    pages = []
    while True:
        page = client.get(address).json()
        assert problems_of(page) == []
        following = page["next"].removeprefix("http://localhost:8000")
        pages.append(page)
        if not page["items"] and following == address:
            return pages
        address = following


def items(pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [item for page in pages for item in page["items"]]


@pytest.fixture
def entries(db: None, monkeypatch: pytest.MonkeyPatch) -> list[Entry]:
    monkeypatch.setattr(openactive, "PAGE", 7)
    return supply(30)


def test_the_feed_from_its_beginning_has_each_group_once(entries: list[Entry], client: Client) -> None:
    told = items(walked(client, FEEDS[0]))
    assert sorted(item["id"] for item in told) == sorted(str(entry.pk) for entry in entries)
    shown = {item["id"] for item in told if item["state"] == "updated"}
    assert shown == {str(entry.pk) for entry in entries if entry.kind != "service"}
    assert not [part for part in (*PERSON.split(), "Kuoppalai", "@kunta") if part in json.dumps(told, ensure_ascii=False)]


def test_sessions_point_at_their_series(entries: list[Entry], client: Client) -> None:
    told = items(walked(client, FEEDS[1]))
    dated = Occurrence.objects.filter(entry__kind__in=openactive.KINDS).count()
    assert len([item for item in told if item["state"] == "updated"]) == dated
    series = {item["data"]["@id"] for item in items(walked(client, FEEDS[0])) if item["state"] == "updated"}
    assert {item["data"]["superEvent"] for item in told if item["state"] == "updated"} <= series


def test_whoever_goes_on_from_the_end_gets_only_what_changed_then(entries: list[Entry], client: Client) -> None:
    end = walked(client, FEEDS[0])[-1]["next"].removeprefix("http://localhost:8000")
    assert client.get(end).json()["items"] == []
    touch(entries[0], status="withdrawn")
    touch(entries[3], phone="050 1")
    told = items(walked(client, end))
    assert [(item["id"], item["state"]) for item in told] == [(str(entries[0].pk), "deleted"), (str(entries[3].pk), "updated")]
    assert client.get(f"{FEEDS[0]}?afterChangeNumber=x").status_code == 400


def test_a_page_with_faults_is_found(entries: list[Entry], client: Client) -> None:
    page = client.get(FEEDS[0]).json()
    assert problems_of({**page, "items": page["items"][::-1]}) == ["items are not in order"]
    assert problems_of({**page, "license": ""}) == ["no license"]
    assert len(problems_of({**page, "items": [{**page["items"][0], "state": "gone"}]})) >= 1
    assert problems_of([]) == ["no items"]


def test_our_own_importer_reads_it_back(entries: list[Entry], client: Client, tmp_path: Path) -> None:
    names = sorted(str(entry) for entry in entries if entry.kind != "service")
    for feed in FEEDS:
        for number, page in enumerate(walked(client, feed)):
            (tmp_path / f"{FEEDS.index(feed)}-{number}.json").write_text(json.dumps(page), encoding="utf-8")
    dates = Occurrence.objects.filter(entry__kind__in=openactive.KINDS).count()
    Entry.objects.all().delete()
    report = bring_in(SOURCES["rpde"], str(tmp_path), by="test")
    assert report.rejected_count == 0, report
    assert sorted(str(entry) for entry in Entry.objects.all()) == [name.replace("<kahvit> ", "") for name in names]
    assert Occurrence.objects.count() == dates
