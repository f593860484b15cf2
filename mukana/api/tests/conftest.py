"""A small calendar brought in through the neutral importer, and asking the open data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mukana.api import counts, documents
from mukana.api.hsds import documents as hsds_documents
from mukana.api.hsds import listing
from mukana.api.queries import pages
from mukana.importers.actions import source_of
from mukana.importers.adapter import Context
from mukana.importers.registry import SOURCES
from mukana.importers.sync import Sync
from mukana.lib.clock import now
from mukana.organisations.actions import load_municipalities

Row = dict[str, Any]
Get = Callable[..., Any]


def place(row_id: str, name: str) -> Row:
    return {
        "kind": "place",
        "id": row_id,
        "name": name,
        "municipality": "m1",
        "street": "Asematie 7",
        "postal": "70100",
        "lat": 62.9,
        "lon": 27.7,
    }


def event(row_id: str, start: str, **changes: Any) -> Row:
    row = {
        "kind": "event",
        "id": row_id,
        "series": f"s-{row_id}",
        "name": {"fi": "Tuolijumppa", "sv": "Stolgymnastik"},
        "short": {"fi": "Jumppaa istuen."},
        "description": {"fi": "Tule mukaan.\n\nKahvit < tunti > jälkeen."},
        "start": start,
        "end": start[:11] + "23:00:00" + start[19:],
        "place": "p1",
        "municipality": "m1",
        "organisation": "o1",
        "keywords": ["k1", "k2"],
        "audience": ["k3"],
        "price": "2 €",
        "languages": ["fi"],
        "min_age": 65,
    }
    return row | changes


CALENDAR = [
    {"kind": "municipality", "id": "m1", "name": "Kuopio", "lat": 62.9, "lon": 27.7},
    place("p1", "Puijon palvelukeskus"),
    place("p2", "Männistön kirjasto"),
    {"kind": "keyword", "id": "k1", "group": "theme", "name": "tuolijumppa"},
    {"kind": "keyword", "id": "k2", "group": "extra", "name": "kuljetus järjestyy"},
    {"kind": "keyword", "id": "k3", "group": "audience", "name": "ikääntyneet"},
    {"kind": "keyword", "id": "k4", "group": "theme", "name": "lukupiiri"},
    {"kind": "organisation", "id": "o1", "name": "Kuopion eläkeyhdistys", "municipality": "m1"},
    event("e1", "2026-11-17T10:00:00+02:00", series="s1"),  # a Tuesday that has been
    event("e2", "2026-11-24T10:00:00+02:00", series="s1"),
    event("e3", "2026-12-01T10:00:00+02:00", series="s1"),
    event("e4", "2026-11-25T18:00:00+02:00", name={"fi": "Lukupiiri"}, short={}, description={"fi": "Luetaan yhdessä."}, place="p2",
          keywords=["k4"], audience=[], price=None, min_age=None),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Test databases go back in time, which the feed position never does."""
    yield
    pages.counts.forget()
    counts.forget()
    documents.forget()
    hsds_documents.forget()
    listing.forget()


@pytest.fixture
def bring(db: None, tmp_path: Path) -> Callable[[list[Row]], None]:
    """Import neutral rows, without the search index."""
    load_municipalities()

    def run(rows: list[Row]) -> None:
        path = tmp_path / "rows.jsonl"
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
        adapter = SOURCES["neutral"]
        assert Sync(source_of(adapter), adapter, now()).run(str(path), Context()).rejected_count == 0

    return run


@pytest.fixture
def calendar(bring: Callable[[list[Row]], None]) -> None:
    bring(CALENDAR)


@pytest.fixture
def get(client: Client) -> Get:
    """The JSON at an address, which must answer with the status."""

    def ask(address: str, status: int = 200, **parameters: Any) -> Any:
        response = client.get(address, parameters or None)
        assert response.status_code == status, response.content[:300]
        return response.json()

    return ask


@pytest.fixture
def ids(get: Get) -> Callable[..., list[str]]:
    """The ids on a page of events."""
    return lambda **parameters: [one["id"] for one in get("/v1/event/", **parameters)["data"]]
