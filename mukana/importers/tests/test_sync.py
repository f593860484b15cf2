"""Syncing: what came before is recognised, what is bad is reported, nothing stored is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mukana.directory.actions.absorb import Absorber
from mukana.directory.drafts import Draft, EntryDraft, OccurrenceDraft, PlaceDraft
from mukana.directory.models import Change, Entry, Occurrence, Place, Source, SourceRow
from mukana.importers.adapter import Context, RawRow, Rejected, SourceAdapter, SourceError
from mukana.importers.report import Report
from mukana.importers.sync import Sync
from mukana.lib.moments import ZONE
from mukana.organisations.actions import load_municipalities

NOW = datetime(2026, 11, 22, 10, tzinfo=ZONE)
Row = dict[str, Any]


def adapter(rows: list[Row], breaks_after: int | None = None) -> SourceAdapter:
    def read(_address: str, _context: Context) -> Iterator[RawRow]:
        for number, row in enumerate(rows, 1):
            if breaks_after is not None and number > breaks_after:
                raise SourceError("cut", "Yhteys katkesi.")
            yield RawRow(number, row.get("id", ""), "event", row, json.dumps(row, sort_keys=True).encode(), row.get("problem", ""))

    return SourceAdapter("test", "Testi", read, to_drafts, 1, "CC BY 4.0", "Testilähde")


def to_drafts(raw: RawRow, _context: Context) -> list[Draft] | Rejected:
    row = raw.data or {}
    if row.get("bad"):
        return Rejected("Rivi on huono.")
    if row.get("kind") == "place":
        return [PlaceDraft(raw.row_id, {"fi": {"name": row["name"]}}, lat=row.get("lat", 62.9), lon=27.7, municipality="297")]
    dates = tuple(OccurrenceDraft(datetime.fromisoformat(text).replace(tzinfo=ZONE), row_id=raw.row_id) for text in row.get("dates", ()))
    return [
        EntryDraft(
            raw.row_id,
            "group",
            {"fi": {"name": row.get("name", "Ryhmä")}},
            series_id=row.get("series", ""),
            place=row.get("place", ""),
            organisation=row.get("organisation", ""),
            topics=tuple(row.get("topics", ())),
            occurrences=dates,
            price_kind=row.get("price", "unknown"),
        )
    ]


def run(rows: list[Row], breaks_after: int | None = None, *, dry_run: bool = False) -> Report:
    source, _ = Source.objects.get_or_create(key="test", defaults={"adapter": "test", "name": "Testi", "licence": "CC BY 4.0"})
    return Sync(source, adapter(rows, breaks_after), NOW, dry_run=dry_run).run("", Context())


def whole(report: Report) -> bool:
    return report.read == report.created + report.updated + report.unchanged + report.rejected_count


@pytest.fixture(autouse=True)
def _municipalities(db: None) -> None:
    load_municipalities()


WEEKLY: list[Row] = [{"id": f"e{n}", "series": "s1", "name": "Vesijumppa", "dates": [f"2026-11-{10 + n}T10:00"]} for n in range(5)]


def test_rows_of_one_series_become_one_entry_with_many_occurrences() -> None:
    report = run(WEEKLY)
    assert (report.created, Entry.objects.count(), Occurrence.objects.count()) == (5, 1, 5)
    assert set(Occurrence.objects.values_list("row_id", flat=True)) == {row["id"] for row in WEEKLY}


def test_a_second_import_changes_nothing() -> None:
    rows = [*WEEKLY, {"id": "p1", "kind": "place", "name": "Halli"}, {"id": "g1", "name": "Kerho", "place": "p1", "topics": ["crafts"]}]
    run(rows)
    before = (list(Entry.objects.order_by("id").values()), Change.objects.count(), list(Occurrence.objects.values()))
    report = run(rows)
    assert report.unchanged == len(rows)
    assert before == (list(Entry.objects.order_by("id").values()), Change.objects.count(), list(Occurrence.objects.values()))


def test_a_changed_row_updates_its_entry_and_keeps_its_id() -> None:
    run([{"id": "g1", "name": "Kerho"}])
    before = Entry.objects.get()
    report = run([{"id": "g1", "name": "Uusi kerho"}])
    assert report.updated == 1
    assert (Entry.objects.get().pk, str(Entry.objects.get())) == (before.pk, "Uusi kerho")
    assert list(Change.objects.values_list("kind", flat=True)) == ["created", "updated"]


def test_a_bad_row_is_reported_and_the_others_come_in() -> None:
    report = run([{"id": "a"}, {"id": "b", "bad": True}, {"id": "c"}, {"problem": "Rivi on rikki."}, {"name": "Tunnukseton"}])
    assert [(one.row, one.id) for one in report.rejected] == [(2, "b"), (4, ""), (5, "")]
    assert report.created == 2
    assert whole(report)


def test_a_row_the_database_refuses_is_found_and_reported_alone() -> None:
    report = run([{"id": "a"}, {"id": "b", "price": "kallis"}, {"id": "c"}])
    assert [one.id for one in report.rejected] == ["b"]
    assert Entry.objects.count() == 2
    assert whole(report)


def test_the_same_id_with_other_content_is_refused_and_the_first_stays() -> None:
    report = run([{"id": "a", "name": "Eka"}, {"id": "a", "name": "Toka"}, {"id": "a", "name": "Eka"}])
    assert (report.created, report.rejected_count, report.unchanged) == (1, 1, 1)
    assert str(Entry.objects.get()) == "Eka"


def test_a_source_that_breaks_off_keeps_what_came_and_says_why() -> None:
    report = run([{"id": str(n)} for n in range(2500)], breaks_after=2100)
    assert report.problem == "Yhteys katkesi."
    assert Entry.objects.count() == 2100
    again = run([{"id": str(n)} for n in range(2500)])
    assert (again.unchanged, again.created) == (2100, 400)


def test_a_source_of_nothing_but_bad_rows_has_a_problem() -> None:
    assert run([{"id": "a", "bad": True}, {"id": "b", "bad": True}]).problem
    assert run([{"id": "a", "bad": True}, {"id": "b"}]).problem == ""


def test_trouble_of_the_database_is_no_rows_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Absorber, "absorb", full)
    with pytest.raises(OperationalError):
        run([{"id": "a"}])


def test_a_deadlock_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first, kept = [OperationalError("deadlock detected")], Absorber.absorb

    def meets(self: Absorber, arrivals: Any) -> None:
        if first:
            raise first.pop()
        kept(self, arrivals)

    monkeypatch.setattr(Absorber, "absorb", meets)
    assert run([{"id": "a"}, {"id": "b"}]).created == 2


def test_a_dry_run_counts_and_writes_nothing() -> None:
    assert run([{"id": "a"}, {"id": "b", "bad": True}], dry_run=True).created == 1
    assert (Entry.objects.count(), SourceRow.objects.count()) == (0, 0)


def test_an_entry_waits_for_the_place_that_comes_later() -> None:
    run([{"id": "g1", "name": "Kerho", "place": "p1"}])
    assert Entry.objects.get().place is None
    run([{"id": "p1", "kind": "place", "name": "Halli"}])
    entry = Entry.objects.get()
    assert (str(entry.place), entry.lat, entry.municipality_id) == ("Halli", 62.9, "297")


def test_a_place_that_moves_takes_its_entries_along() -> None:
    run([{"id": "p1", "kind": "place", "name": "Halli"}, {"id": "g1", "place": "p1"}])
    run([{"id": "p1", "kind": "place", "name": "Halli", "lat": 62.5}])
    assert Entry.objects.get().lat == 62.5
    assert Place.objects.count() == 1


def test_an_organiser_told_by_name_is_one_organisation() -> None:
    run([{"id": "a", "organisation": "Jynkän Kyläyhdistys ry"}, {"id": "b", "organisation": "Jynkän kyläyhdistys ry"}])
    assert len({entry.organisation_id for entry in Entry.objects.all()} - {None}) == 1


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.fixed_dictionaries(
            {"id": st.sampled_from(["", "a", "b", "c", "d"])},
            optional={
                "name": st.text(max_size=5).filter(lambda text: "\x00" not in text),
                "bad": st.booleans(),
                "series": st.sampled_from(["", "s"]),
            },
        ),
        max_size=8,
    )
)
def test_every_row_is_counted_exactly_once_whatever_comes(rows: list[Row]) -> None:
    Source.objects.filter(key="test").delete()
    assert whole(run(rows))
    again = run(rows)
    assert whole(again)
    assert again.created == 0
