"""The main job end to end on real input, through the real commands and a real server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mukana.accounts.rules import ROLES
from mukana.lib.testing import shared_path
from tests.sites import DEMO_DATA, Site, copied, fetch


@pytest.fixture(scope="module")
def demo(empty_model: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo region, loaded as `make demo` loads it."""
    with copied(empty_model, tmp_path_factory.mktemp("demo") / "data") as site:
        site.said = site.run("load-demo")  # type: ignore[attr-defined]
        yield site


def names(site: Site, words: str, limit: int = 30) -> list[str]:
    found = json.loads(site.run("search", words, "--json", "--limit", str(limit)))
    return [hit["name"] for hit in found["hits"]]


def test_loading_the_demo_prints_an_account_for_each_role(demo: Site) -> None:
    said = demo.said  # type: ignore[attr-defined]
    assert said.count("@mukana.example") == len(ROLES)
    assert "/kirjaudu/" in demo.run("login-link", "tiina@mukana.example")


def test_loading_the_demo_again_changes_nothing(demo: Site) -> None:
    before = [demo.count(f"{name}.objects.count()") for name in ("Entry", "Occurrence", "Change", "SourceRow")]
    demo.run("load-demo")
    assert [demo.count(f"{name}.objects.count()") for name in ("Entry", "Occurrence", "Change", "SourceRow")] == before


@pytest.mark.parametrize("words", ["simhall", "swimming", "uimahalli", "uinti"])
def test_a_swimming_hall_is_found_in_three_languages(demo: Site, words: str) -> None:
    assert any("uimahalli" in name.lower() for name in names(demo, words, 60))


def test_water_exercise_in_kuopio_on_wednesday_comes_first(demo: Site) -> None:
    assert names(demo, "allasjumppaa Kuopiossa keskiviikkona")[0].startswith("Allasjumppa")


def test_a_lonely_person_is_not_left_without_an_answer(demo: Site) -> None:
    assert len(names(demo, "olen yksinäinen")) >= 10


def test_three_taps_lead_to_the_next_date_and_the_first_visit(demo: Site) -> None:
    with demo.served() as port:
        _, results = fetch(port, "/haku/?q=allasjumppaa Kuopiossa keskiviikkona")
        first = re.search(r'href="(/kohde/[0-9a-f-]+/)[^"]*"', results)
        assert first is not None
        status, entry = fetch(port, first[1])
        assert status == 200
        assert "Mitä tapahtuu, kun tulen" in entry
        assert "ke\xa025.11. klo\xa017.00" in entry or "25.11." in entry
        assert fetch(port, first[1] + "tulosta/")[0] == 200
        assert fetch(port, first[1] + "kalenteri.ics")[1].startswith("BEGIN:VCALENDAR")


EVENT: dict[str, Any] = {
    "id": "helsinki:raita1",
    "name": {"fi": "Vesijumppamaraton", "sv": None, "en": None},
    "short_description": {"fi": "<p>Koko päivä <b>altaassa</b>.</p>"},
    "description": {"fi": "<p>Tule <script>alert(1)</script>uimaan.<br>Kahvia.</p>"},
    "location": None,
    "keywords": [],
    "offers": [{"is_free": True, "price": None}],
    "event_status": "EventScheduled",
    "start_time": "2026-12-04T22:00:00Z",
    "end_time": None,
    "publication_status": "public",
}


def page_of_events(folder: Path, *events: dict[str, Any]) -> Path:
    path = folder / "tapahtumat – äö.json"
    path.write_text(json.dumps({"meta": {"count": len(events), "next": None}, "data": events}, ensure_ascii=False), encoding="utf-8")
    return path


def test_an_event_sent_as_the_evening_before_stands_on_its_finnish_day_without_tags(site: Site, tmp_path: Path) -> None:
    summer = {**EVENT, "id": "helsinki:raita2", "name": {"fi": "Kesän vesijumppamaraton"}, "start_time": "2027-06-14T21:00:00Z"}
    over = {**EVENT, "id": "helsinki:raita3", "name": {"fi": "Mennyt vesijumppamaraton"}, "start_time": "2026-10-01T21:00:00Z"}
    report = site.imported("linkedevents", page_of_events(tmp_path, EVENT, summer, over))
    assert (report["read"], report["created"]) == (3, 3)
    assert sorted(names(site, "vesijumppamaraton")) == ["Kesän vesijumppamaraton", "Vesijumppamaraton"]
    winter, midsummer = (site.found(words, 1)[0] for words in ("vesijumppamaraton", "kesän vesijumppamaraton"))
    with site.served() as port:
        _, entry = fetch(port, f"/kohde/{winter}/")
        assert "5.12." in entry
        assert "4.12." not in entry
        assert "15.6.2027" in fetch(port, f"/kohde/{midsummer}/")[1]
        shown = entry.split("<main")[1]
        assert "&lt;" not in shown
        assert "alert(1)" not in shown


def test_listings_of_outside_judges_come_in_as_they_stand(site: Site, tmp_path: Path) -> None:
    report = site.imported("table", shared_path("search-dev/listings.jsonl"))
    assert (report["read"], report["created"], report["rejected"]) == (60, 60, [])
    run = tmp_path / "run.tsv"
    site.run("search", "--queries", str(shared_path("search-dev/queries.tsv")), "--run", str(run))
    lines = [line.split() for line in run.read_text(encoding="utf-8").splitlines()]
    assert {len(line) for line in lines} == {3}
    assert all(re.fullmatch(r"d\d{3}", docid) for _, docid, _ in lines)
    assert len({qid for qid, _, _ in lines}) == 20


def test_a_folder_of_registers_comes_in_twice_with_no_change_the_second_time(site: Site) -> None:
    first = site.imported("ptv", DEMO_DATA / "ptv")
    again = site.imported("ptv", DEMO_DATA / "ptv")
    assert first["created"] == first["read"] - len(first["rejected"])
    assert (again["unchanged"], again["created"], again["updated"]) == (first["created"], 0, 0)
