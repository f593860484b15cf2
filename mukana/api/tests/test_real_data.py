"""What a city published comes out of our own address with the same facts."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from mukana.api.tests.conftest import Get
from mukana.importers.actions import source_of
from mukana.importers.adapter import Context
from mukana.importers.registry import SOURCES
from mukana.importers.sync import Sync
from mukana.lib.clock import now
from mukana.lib.testing import shared_path
from mukana.organisations.actions import load_municipalities

pytestmark = pytest.mark.django_db


def brought_in(name: str) -> list[dict[str, Any]]:
    path = shared_path(f"data/linkedevents/{name}")
    load_municipalities()
    adapter = SOURCES["linkedevents"]
    assert Sync(source_of(adapter), adapter, now()).run(str(path), Context()).rejected_count == 0
    given = json.loads(path.read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = given.get("data", [given])
    return rows


def moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def test_helsinkis_events_have_the_same_facts(get: Get) -> None:
    for given in brought_in("helsinki_events.json"):
        ours = get(f"/v1/event/linkedevents:{given['id']}/", include="keywords")
        assert ours["name"] == {code: text for code, text in given["name"].items() if code == "fi" or text != given["name"]["fi"]}
        assert moment(ours["start_time"]) == moment(given["start_time"])
        assert moment(ours["end_time"]) == moment(given["end_time"])
        assert ours["event_status"] == given["event_status"]
        assert ours["offers"][0]["is_free"] == given["offers"][0]["is_free"]
        assert (ours["provider"] or {}).get("fi") == (given["provider"] or {}).get("fi")
        assert len([word for word in ours["keywords"] if not word["id"].startswith("mukana:topic")]) >= len(given["keywords"]) - 1
        assert ours["id"] == get(f"/v1/event/{given['id']}/")["id"]


def test_a_place_told_with_its_event_has_the_same_facts(get: Get) -> None:
    (given,) = brought_in("helsinki_event_expanded.json")
    ours = get(f"/v1/event/linkedevents:{given['id']}/", include="location")["location"]
    theirs = given["location"]
    assert ours["name"]["fi"] == theirs["name"]["fi"]
    assert ours["position"] == theirs["position"]
    assert (ours["postal_code"], ours["email"]) == (theirs["postal_code"], theirs["email"])
    assert ours["street_address"]["fi"] == theirs["street_address"]["fi"]


def test_turkus_rescheduled_date_belongs_to_its_series(get: Get) -> None:
    (given,) = brought_in("turku_2022_event_page.json")
    (ours,) = get("/v1/event/")["data"]
    assert ours["id"] == f"linkedevents:{given['id']}"
    assert (ours["start_time"], ours["end_time"]) == (given["start_time"], given["end_time"])
    assert ours["event_status"] == given["event_status"] == "EventRescheduled"
    assert ours["super_event"]["@id"].endswith("/linkedevents:turku:991415/")
    assert get("/v1/event/linkedevents:turku:991415/")["sub_events"] == [{"@id": ours["@id"]}]
