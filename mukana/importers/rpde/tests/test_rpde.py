"""OpenActive feeds: the examples of its own documents, and feeds that misbehave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.directory.drafts import EntryDraft, WithdrawnDraft
from mukana.directory.models import Entry, Occurrence, SourceRow
from mukana.importers.actions import bring_in
from mukana.importers.adapter import Context, RawRow, Rejected
from mukana.importers.registry import SOURCES
from mukana.importers.report import Report
from mukana.importers.rpde import client
from mukana.importers.rpde.mapping import to_drafts
from mukana.importers.tests.helpers import anything, entry_in, place_in
from mukana.lib.http import Fetched, FetchError
from mukana.lib.testing import shared_path
from mukana.organisations.actions import load_municipalities

FEED = "https://feed.example.fi/rpde/sessions"
SERIES = "https://id.example.fi/series/7"


def outcome(path: Path) -> dict[str, Any]:
    context = Context()
    return {row.row_id: row.problem or to_drafts(row, context) for row in client.read(str(path), context)}


def shared(name: str) -> dict[str, Any]:
    return outcome(shared_path(f"data/openactive/{name}"))


def item(number: object = 1, state: str = "updated", kind: str = "SessionSeries", **data: Any) -> dict[str, Any]:
    told = {"@type": kind, "@id": SERIES, "name": "Jumppa", **data}
    return {"state": state, "kind": kind, "id": number, "modified": 1, **({"data": told} if state == "updated" else {})}


def session(number: object, day: int = 1, **data: Any) -> dict[str, Any]:
    told = {
        "@id": f"https://id.example.fi/s/{number}",
        "startDate": f"2026-12-{day:02}T10:00:00Z",
        "superEvent": SERIES,
        "name": None,
        **data,
    }
    return item(number, kind="ScheduledSession", **told)


def served(monkeypatch: pytest.MonkeyPatch, pages: dict[str, Any]) -> list[str]:
    """Answers instead of a network; gives the addresses that were asked."""
    asked: list[str] = []

    def fetch(url: str, **_: object) -> Fetched:
        asked.append(url)
        if url not in pages:
            raise FetchError("status", url, "404", 404)
        page = pages[url]
        return Fetched(url, 200, {}, page if isinstance(page, bytes) else json.dumps(page).encode())

    monkeypatch.setattr(client, "fetch", fetch)
    return asked


def feed(*pages: list[Any]) -> dict[str, Any]:
    """A whole feed: the pages and the empty one at the end, `?after=` their number."""
    urls = [FEED, *(f"{FEED}?after={number}" for number in range(1, len(pages) + 1))]
    told = {url: {"next": after, "items": items, "license": "https://creativecommons.org/licenses/by/4.0/"}
            for url, after, items in zip(urls, urls[1:], pages, strict=False)}  # fmt: skip
    return told | {urls[-1]: {"next": urls[-1], "items": []}}


def brought(address: str = FEED) -> Report:
    report = bring_in(SOURCES["rpde"], address, by="test")
    assert report.read == report.created + report.updated + report.unchanged + report.rejected_count
    return report


@pytest.fixture
def house(db: None) -> None:
    load_municipalities()


# The examples of OpenActive


def test_a_series_with_its_sessions_inside_is_one_group_with_their_dates() -> None:
    found = shared("sessionseries_example_1.json")
    entry = entry_in(found["SessionSeries:1402CBP20150217"])
    assert (entry.kind, entry.series_id, entry.form) == ("group", "", "on_site")
    assert [one.starts_at.isoformat() for one in entry.occurrences] == ["2018-10-02T22:15:00+03:00", "2018-10-09T22:15:00+03:00"]
    assert (entry.texts["en"]["name"], entry.topics, entry.features, entry.age_min) == (
        "Virtual BODYPUMP",
        ("strength",),
        ("beginner",),
        16,
    )
    assert (entry.price_kind, entry.price_cents, entry.licence) == ("paid", None, "CC BY 4.0")
    assert "Oxygen - Adult: 3,30 GBP" in entry.texts["en"]["price_note"]
    assert entry.accessibility == {"vision": "yes"}


def test_its_place_abroad_is_kept_as_text_without_a_point_in_finland() -> None:
    found = shared("sessionseries_example_1.json")
    place = place_in(found[entry_in(found["SessionSeries:1402CBP20150217"]).place])
    assert (place.municipality, place.city, place.lat) == ("Village East", "Village East", None)
    assert len(place.hours) == 4 * 2 + 1 + 2
    assert found[entry_in(found["SessionSeries:1402CBP20150217"]).organisation][0].texts["fi"]["name"] == "Everyone Active"


def test_a_session_of_another_feed_belongs_to_the_series_it_tells() -> None:
    entry = entry_in(shared("scheduledsession_example_1.json")["ScheduledSession:C5EE1E55-2DE6-44F7-A865-42F268A82C63"])
    assert entry.series_id == "https://opensessions.io/api/session-series/1402CBP20150217"
    assert (entry.texts["en"]["name"], entry.dates_only, entry.status, len(entry.occurrences)) == ("Hot Yoga", False, "published", 1)


def test_a_series_whose_sessions_are_elsewhere_waits_for_them() -> None:
    entry = entry_in(shared("sessionseries-split-virtual_example_1.json")["SessionSeries:1402CBP20150217"])
    assert (entry.series_id, entry.occurrences, entry.schedules) == ("https://opensessions.io/api/session-series/1402CBP20150217", (), ())
    assert (entry.form, entry.place) == ("remote_together", "")


def test_the_page_of_the_reference_implementation_is_read() -> None:
    entry = entry_in(shared("rpde_page_reference_implementation.json")["SessionSeries:1"])
    assert (entry.form, "yoga" in entry.topics) == ("remote_together", True)


def test_a_course_has_what_its_course_says_and_a_rhythm() -> None:
    entry = entry_in(shared("courseinstance_example_1.json")["CourseInstance:76121"])
    (schedule,) = entry.schedules
    assert (entry.kind, entry.age_min, entry.age_max, entry.topics) == ("group", 11, 16, ("ball_games",))
    assert (len(schedule.days), schedule.first.isoformat(), schedule.until.isoformat()) == (7, "2018-08-01", "2018-08-04")
    assert "jane.smith" not in repr(entry)


def test_a_facility_is_a_place_to_guide_to() -> None:
    found = shared("facilityuse_example_1.json")
    entry = entry_in(found["FacilityUse:009SQUASH2018-07-17T06:20:00Z"])
    assert (entry.kind, entry.topics, entry.features) == ("place", ("ball_games",), ("outdoor",))
    assert (
        place_in(found[entry.place]).texts["fi" if "fi" in place_in(found[entry.place]).texts else "en"]["name"] == "Example Leisure Centre"
    )


def test_what_is_on_demand_is_a_video_for_home() -> None:
    (entry,) = [one for drafts in shared("ondemandevent_example_1.json").values() for one in drafts if isinstance(one, EntryDraft)]
    assert (entry.kind, entry.form, entry.price_kind) == ("video", "video_home", "free")
    assert entry.media["url"].startswith("https://")


# Changes


@pytest.mark.usefixtures("house")
def test_a_feed_is_followed_to_its_empty_page_and_goes_on_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    first = feed([item(1)], [item(2, **{"@id": SERIES + "2"})])
    asked = served(monkeypatch, first)
    assert (brought().created, len(asked)) == (2, 3)
    served(monkeypatch, feed([item(1)], [item(2)], [item(1, name="Uusi nimi")]))
    asked = served(monkeypatch, {f"{FEED}?after=2": {"next": f"{FEED}?after=3", "items": [item(1, "deleted")]},
                                 f"{FEED}?after=3": {"next": f"{FEED}?after=3", "items": []}})  # fmt: skip
    again = brought()
    assert (again.read, again.updated, asked) == (1, 1, [f"{FEED}?after=2", f"{FEED}?after=3"])
    assert Entry.objects.filter(visible=True).count() == 1
    assert (brought().read, asked[-1]) == (0, f"{FEED}?after=3")


@pytest.mark.usefixtures("house")
def test_a_place_to_go_on_from_that_the_server_forgot_begins_the_feed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    served(monkeypatch, feed([item(1)]))
    brought()
    moved = {FEED: feed([item(1)])[FEED] | {"next": f"{FEED}?v=2"}, f"{FEED}?v=2": {"next": f"{FEED}?v=2", "items": []}}
    asked = served(monkeypatch, moved)
    assert (brought().unchanged, asked) == (1, [f"{FEED}?after=1", FEED, f"{FEED}?v=2"])


@pytest.mark.usefixtures("house")
def test_a_second_reading_of_the_same_pages_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "page.json").write_text(json.dumps({"next": "x", "items": [item(1), item(2, "deleted"), session(3)]}))
    first, again = brought(str(tmp_path)), brought(str(tmp_path))
    assert (first.read, first.created, first.unchanged) == (3, 2, 1)
    assert (again.read, again.unchanged) == (3, 3)


@pytest.mark.usefixtures("house")
def test_sessions_find_their_series_in_whichever_order_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    served(monkeypatch, feed([session("a", 1), session("b", 8)]))
    brought()
    assert not Entry.objects.filter(visible=True).exists()
    other = "https://feed.example.fi/rpde/series"
    served(monkeypatch, {other: {"next": other + "?1", "items": [item(1)]}, other + "?1": {"next": other + "?1", "items": []}})
    brought(other)
    entry = Entry.objects.get()
    assert (entry.texts["fi"]["name"], entry.visible, entry.occurrences.count()) == ("Jumppa", True, 2)
    gone = {f"{FEED}?after=1": {"next": f"{FEED}?after=2", "items": [item("a", "deleted", "ScheduledSession")]},
            f"{FEED}?after=2": {"next": f"{FEED}?after=2", "items": []}}  # fmt: skip
    served(monkeypatch, gone)
    brought()
    assert [one.row_id for one in Occurrence.objects.all()] == ["ScheduledSession:b"]
    assert Entry.objects.get().visible


@pytest.mark.usefixtures("house")
def test_taking_away_something_never_seen_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    served(monkeypatch, feed([item(99, "deleted")]))
    assert brought().unchanged == 1
    assert not SourceRow.objects.exists()


# Feeds that misbehave


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("pages", "problem", "kept"),
    [
        ({FEED: {"next": f"{FEED}?1", "items": [item(1)]}, f"{FEED}?1": {"next": FEED, "items": [item(2)]}}, "kiertää kehää", 1),
        ({FEED: {"next": FEED, "items": [item(1)]}}, "kiertää kehää", 0),
        (
            {FEED: {"next": f"{FEED}?1", "items": [item(1)]}, f"{FEED}?1": {"next": f"{FEED}?2", "items": [item(1)]}},
            "saman sivun uudelleen",
            1,
        ),
        ({FEED: {"next": f"{FEED}?1", "items": [item(1)]}, f"{FEED}?1": b"<html>huolto</html>"}, "ei ole JSON-muotoa", 1),
        ({FEED: {"next": f"{FEED}?1", "items": [item(1)]}, f"{FEED}?1": {"items": []}}, "ei ole RPDE-sivu", 1),
        ({FEED: {"next": f"{FEED}?1", "items": [item(1)]}}, "(404)", 1),
        ({FEED: {"next": "http://169.254.169.254/", "items": [item(1)]}}, "toiseen palvelimeen", 0),
        ({FEED: [1, 2]}, "ei ole RPDE-sivu", 0),
    ],
)
def test_a_feed_that_misbehaves_ends_with_a_problem_and_keeps_what_came(
    monkeypatch: pytest.MonkeyPatch, pages: dict[str, Any], problem: str, kept: int
) -> None:
    served(monkeypatch, pages)
    report = brought()
    assert problem in report.problem
    assert Entry.objects.count() == kept


def test_rows_that_cannot_be_used_are_refused_one_by_one(tmp_path: Path) -> None:
    bad = [7, {}, {"state": "updated", "kind": "X", "id": 1}, item(2, "moved"), item(3, kind="Unicorn"), item(4, kind="Slot"),
           session(5, startDate=None), item(6, name=None)]  # fmt: skip
    page = tmp_path / "page.json"
    page.write_text(json.dumps({"next": "x", "items": bad}))
    context = Context()
    found = [row.problem or to_drafts(row, context) for row in client.read(str(page), context)]
    reasons = [one.reason if isinstance(one, Rejected) else one for one in found]
    assert reasons == [
        "Rivi ei ole JSON-olio.", client.NO_ID, client.NO_DATA, client.NO_STATE,
        "Rivi ei ole OpenActiven tuokio, kurssi, tapahtuma eikä liikuntapaikka.", [],
        "Alkamisaika puuttuu tai sitä ei voi lukea.", "Riviltä puuttuu nimi.",
    ]  # fmt: skip


def test_a_page_cut_off_keeps_the_rows_before_it(tmp_path: Path) -> None:
    page = tmp_path / "page.json"
    page.write_text(json.dumps({"next": "x", "items": [item(1), item(2)]})[:-60])
    with pytest.raises(client.RpdeError, match="broken_off"):
        list(client.read(str(page), Context()))


@given(anything)
def test_anything_at_all_gives_drafts_or_a_reason(node: dict[str, Any]) -> None:
    for types in ("SessionSeries", "ScheduledSession", "FacilityUse", "OnDemandEvent", "CourseInstance", "Event"):
        row = RawRow(1, "x", types, {"node": {**node, "@type": types}, "licence": ""}, b"")
        assert isinstance(to_drafts(row, Context()), list | Rejected)
    assert to_drafts(RawRow(1, "x", "Event", {}, b"", gone=True), Context()) == [WithdrawnDraft("x")]


alike = st.fixed_dictionaries(
    {"state": st.sampled_from(["updated", "deleted"]), "kind": st.just("Event"), "id": st.integers(), "data": anything}
)


@given(st.lists(anything | alike, max_size=4))
def test_any_items_give_rows(items: list[dict[str, Any]]) -> None:
    reader = client._Reader()
    for one in items:
        for row in reader.item(one, ""):
            assert isinstance(row.problem or to_drafts(row, Context()), str | list | Rejected)


@pytest.mark.django_db
def test_files_in_which_an_id_comes_twice_are_unchanged_when_read_again(tmp_path: Path) -> None:
    load_municipalities()
    for name, title in (("a.json", "Vanha jumppa"), ("b.json", "Uusi jumppa")):
        page = {"items": [item(name=title)], "next": "https://feed.example.fi/end"}
        (tmp_path / name).write_text(json.dumps(page), encoding="utf-8")
    reports = [bring_in(SOURCES["rpde"], str(tmp_path), by="system") for _ in range(2)]
    assert [(one.created, one.updated, one.unchanged) for one in reports] == [(1, 0, 1), (0, 0, 2)]
    assert [str(entry) for entry in Entry.objects.all()] == ["Uusi jumppa"]
