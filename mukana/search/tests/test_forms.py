"""The query forms that beat other systems: recall by series at least 0.95, precision of the first 20 at least 0.9."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.test.utils import override_settings

from mukana.lib.testing import shared_path
from mukana.search.index.document import SearchDocument
from mukana.search.ranking.finding import Finder
from mukana.search.rules import SearchRequest
from mukana.search.tests.engine import engine

Kind = Callable[[str], bool]
TODAY = "2026-11-22"
BEFORE = datetime.fromisoformat("2026-09-01T00:00:00+03:00")  # nothing has ended yet


def exactly(*activities: str) -> Kind:
    return lambda activity: activity in activities


def with_part(part: str, *others: str) -> Kind:
    return lambda activity: part in activity or activity in others


FORMS: list[tuple[str, Kind]] = [
    *((form, with_part("jumppa")) for form in ("jumppa", "jumppaa", "jumpat", "jumpassa")),
    *((form, exactly("allasjumppa")) for form in ("allasjumppa", "allasjumppaan")),
    *((form, exactly("vesijumppa")) for form in ("vesijumpat", "vesijumpan")),
    ("vesivoimistelu", exactly("vesijumppa", "allasjumppa")),
    *((form, with_part("kuntosali")) for form in ("kuntosali", "kuntosalilla", "kuntoslai", "sali")),
    ("kuntosaliohjausta", exactly("kuntosaliohjaus")),
    *((form, exactly("senioritanssi")) for form in ("senioritanssi", "senioritanssia", "senioritansseihin", "senioritansii")),
    *((form, with_part("tanssi", "lavis")) for form in ("tanssi", "tansseja", "tanssimaan")),
    *((form, exactly("kävelyryhmä")) for form in ("kävelyryhmään", "kavelyryhma")),
    ("kävely", with_part("kävely")),
    ("luontoretkelle", exactly("luontoretki")),
    ("retkiä", with_part("retki")),
    ("muistikahvilassa", exactly("muistikahvila")),
    ("uintia", with_part("uinti")),
    ("uimaan", with_part("uinti", "uimakoulu")),
    *((form, exactly("digineuvonta")) for form in ("digineuvontaa", "digi neuvonta")),
    *((form, exactly("painonhallintaryhmä")) for form in ("painonhallinta", "laihdutus")),
    ("joogaa", with_part("jooga")),
    ("perhekerhossa", exactly("perhekerho")),
]


@dataclass(frozen=True)
class Supply:
    finder: Finder
    truth: dict[str, str]


@pytest.fixture(scope="module")
def supply(tmp_path_factory: pytest.TempPathFactory) -> Supply:
    command = [sys.executable, str(shared_path("bench/generate.py")), "--events", "20000", "--places", "2000", "--today", TODAY]
    rows = [json.loads(line) for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()]
    series, truth = _documents(rows)
    with override_settings(INDEX_ROOT=tmp_path_factory.mktemp("index")):
        return Supply(engine(series), truth)


def _documents(rows: list[dict[str, object]]) -> tuple[list[SearchDocument], dict[str, str]]:
    """One document for each weekly series; what it really is stays out of it."""
    by_id: dict[str, dict[str, str]] = {str(row["id"]): row for row in rows if row["kind"] != "event"}  # type: ignore[misc]
    events: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        if row["kind"] == "event":
            events.setdefault(str(row["series"]), []).append(row)
    documents = [_document(name, held, by_id) for name, held in events.items()]
    return documents, {name: held[0]["truth"]["activity"] for name, held in events.items()}  # type: ignore[index]


def _document(name: str, events: list[dict[str, object]], by_id: dict[str, dict[str, str]]) -> SearchDocument:
    event = events[0]
    words = [*event["keywords"], *event["audience"]]  # type: ignore[misc]
    return SearchDocument(
        name,
        "group",
        event["name"],  # type: ignore[arg-type]
        event["short"],  # type: ignore[arg-type]
        event["description"],  # type: ignore[arg-type]
        labels=tuple(by_id[word]["name"] for word in words),
        municipality_name=by_id[str(event["municipality"])]["name"],
        place=by_id[str(event["place"])]["name"],
        organisation=by_id[str(event["organisation"])]["name"],
        last_end=datetime.fromisoformat(str(events[-1]["end"])),
    )


@pytest.mark.parametrize(("form", "kind"), FORMS, ids=[form for form, _ in FORMS])
def test_every_form_of_a_word_finds_its_series(supply: Supply, form: str, kind: Kind) -> None:
    relevant = {name for name, activity in supply.truth.items() if kind(activity)}
    hits = [hit.entry_id for hit in supply.finder.find(SearchRequest(form, BEFORE, limit=2_000)).hits]
    recall = len(relevant.intersection(hits)) / len(relevant)
    precision = sum(name in relevant for name in hits[:20]) / min(20, len(relevant))
    assert recall >= 0.95
    assert precision >= 0.9


def test_a_carer_finds_what_is_for_carers(supply: Supply) -> None:
    hits = [hit.entry_id for hit in supply.finder.find(SearchRequest("omaishoitaja", BEFORE, limit=20)).hits]
    assert sum(supply.truth[name].startswith("omaishoitajien") for name in hits) >= 10
