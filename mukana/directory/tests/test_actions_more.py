"""Drafts find each other by the ids their source gave them; the feed is locked where writers are many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from mukana.directory.actions import changes
from mukana.directory.actions.absorb import Absorber
from mukana.directory.actions.batch import Arrival
from mukana.directory.actions.links import link_pending
from mukana.directory.drafts import Draft, EntryDraft, OrganisationDraft, PlaceDraft
from mukana.directory.models import Change, Entry, Goal, Source, SourceRow
from mukana.lib.moments import ZONE
from mukana.organisations.actions import load_municipalities
from mukana.organisations.models import Organisation

NOW = datetime(2026, 11, 22, 10, tzinfo=ZONE)
HALL = PlaceDraft("p1", {"fi": {"name": "Halli"}}, municipality="297", lat=62.9, lon=27.7)


@pytest.fixture
def source(db: None) -> Source:
    load_municipalities()
    return Source.objects.create(key="test", adapter="test", name="Testi", licence="CC BY 4.0")


def absorb(source: Source, *drafts: Draft) -> None:
    """Each draft as a row of its own, all in one batch."""
    kinds = {EntryDraft: "entry", PlaceDraft: "place", OrganisationDraft: "organisation"}
    rows = [SourceRow(source=source, row_id=draft.row_id, digest=b"1" * 16, kind=kinds[type(draft)], seen_at=NOW) for draft in drafts]
    Absorber(source, NOW).absorb([Arrival(row, [draft], True) for row, draft in zip(rows, drafts, strict=True)])


def organisation(row_id: str, parent: str = "") -> OrganisationDraft:
    return OrganisationDraft(row_id, {"fi": {"name": row_id}}, parent=parent)


def group(row_id: str = "g1", **facts: object) -> EntryDraft:
    return EntryDraft(row_id, "group", {"fi": {"name": "Ryhmä"}}, **facts)  # type: ignore[arg-type]  # facts are fields of the draft


def parent_of(name: str) -> str:
    child = Organisation.objects.get(texts__fi__name=name)
    return str(child.parent.texts["fi"]["name"]) if child.parent else ""


def test_an_organisation_finds_its_parent_of_the_same_source(source: Source) -> None:
    absorb(source, organisation("kylä", parent="piiri"), organisation("piiri"))
    assert (parent_of("kylä"), parent_of("piiri")) == ("piiri", "")


def test_an_organisation_is_never_its_own_parent_and_may_name_an_unknown_one(source: Source) -> None:
    absorb(source, organisation("itse", parent="itse"), organisation("yksin", parent="tuntematon"))
    assert (parent_of("itse"), parent_of("yksin")) == ("", "")


def test_an_entry_with_a_point_and_municipality_of_its_own_keeps_them_at_its_place(source: Source) -> None:
    absorb(source, HALL, group(place="p1", lat=62.1, lon=27.1, municipality="Siilinjärvi"))
    entry = Entry.objects.get()
    assert (str(entry.place), entry.lat, entry.lon, entry.municipality.name_fi) == ("Halli", 62.1, 27.1, "Siilinjärvi")


def test_an_entry_without_a_point_stands_where_its_place_stands(source: Source) -> None:
    absorb(source, HALL, group(place="p1"))
    entry = Entry.objects.get()
    assert (entry.lat, entry.lon, entry.municipality_id) == (62.9, 27.7, "297")


def test_entries_of_one_goal_share_it_and_a_new_goal_is_made(source: Source) -> None:
    Goal.objects.create(code="balance")
    absorb(source, group("g1", goal="balance"), group("g2", goal="uusi"), group("g3", goal="uusi"), group("g4"))
    assert sorted(Entry.objects.values_list("goal", flat=True), key=str) == [None, "balance", "uusi", "uusi"]


def test_an_entry_waits_for_its_organisation_and_says_so_in_the_feed_when_it_comes(source: Source) -> None:
    absorb(source, group(organisation="o1"))
    assert SourceRow.objects.get(row_id="g1").data == {"organisation": "o1"}
    absorb(source, organisation("o1"))
    assert link_pending(source, NOW) == 1
    assert (Entry.objects.get().organisation, SourceRow.objects.get(row_id="g1").data) == (Organisation.objects.get(), None)
    assert list(Change.objects.values_list("kind", flat=True)) == ["created", "updated"]


def test_a_place_that_comes_late_does_not_move_an_entry_with_a_point_of_its_own(source: Source) -> None:
    absorb(source, group(place="p1", organisation="o1", lat=62.1, lon=27.1, municipality="749"))
    absorb(source, HALL)
    link_pending(source, NOW)
    entry = Entry.objects.get()
    assert (str(entry.place), entry.lat, entry.municipality_id) == ("Halli", 62.1, "749")
    assert SourceRow.objects.get(row_id="g1").data == {"organisation": "o1"}


def test_what_is_still_missing_stays_waited_for(source: Source) -> None:
    absorb(source, group(place="p1"))
    assert link_pending(source, NOW) == 0
    assert SourceRow.objects.get(row_id="g1").data == {"place": "p1"}


class Server:
    """Stands for the connection of a database of this kind, and hears what is asked of it."""

    def __init__(self, vendor: str) -> None:
        self.vendor = vendor
        self.asked: list[str] = []

    @contextmanager
    def cursor(self) -> Iterator[Server]:
        yield self

    def execute(self, sql: str, _values: list[int]) -> None:
        self.asked.append(sql)


@pytest.mark.parametrize(("vendor", "locks"), [("postgresql", 1), ("sqlite", 0)])
def test_writers_of_the_feed_queue_where_the_database_has_many(
    source: Source, monkeypatch: pytest.MonkeyPatch, vendor: str, locks: int
) -> None:
    server = Server(vendor)
    monkeypatch.setattr(changes, "connection", server)
    changes.record([Entry.objects.create(kind="group").pk], "created", NOW)
    assert (len(server.asked), Change.objects.count()) == (locks, 1)
    assert all("pg_advisory_xact_lock" in sql for sql in server.asked)


def test_no_change_asks_for_no_lock(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server("postgresql")
    monkeypatch.setattr(changes, "connection", server)
    changes.record([], "created", NOW)
    assert (server.asked, Change.objects.count()) == ([], 0)
