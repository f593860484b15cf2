"""Rows that a feed of changes takes away, and rows that only add dates to a series."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from mukana.directory.drafts import Draft, EntryDraft, OccurrenceDraft, WithdrawnDraft
from mukana.directory.models import Change, Entry, Occurrence, Source, SourceRow
from mukana.importers.adapter import Context, RawRow, Rejected, SourceAdapter
from mukana.importers.report import Report
from mukana.importers.sync import Sync
from mukana.lib.moments import ZONE

NOW = datetime(2026, 11, 22, 10, tzinfo=ZONE)
Row = dict[str, Any]

pytestmark = pytest.mark.django_db


def to_drafts(raw: RawRow, _context: Context) -> list[Draft] | Rejected:
    row = raw.data or {}
    if row.get("bad"):
        return Rejected("Huono.")
    if raw.gone:
        return [WithdrawnDraft(raw.row_id)]
    dates = (OccurrenceDraft(NOW + timedelta(days=row["day"]), row_id=raw.row_id),) if "day" in row else ()
    texts = {"fi": {"name": row.get("name", "Nimetön")}}
    status = "draft" if row.get("bare") else "published"
    series = row.get("series", "")
    return [EntryDraft(raw.row_id, "group", texts, series_id=series, occurrences=dates, status=status, dates_only=row.get("bare", False))]


def run(*rows: Row, dry_run: bool = False, at: datetime = NOW) -> Report:
    def read(_address: str, _context: Context) -> Iterator[RawRow]:
        for number, row in enumerate(rows, 1):
            yield RawRow(number, row["id"], "x", row, json.dumps(row, sort_keys=True).encode(), gone=row.get("gone", False))

    source, _ = Source.objects.get_or_create(key="feed", defaults={"adapter": "feed", "name": "Syöte"})
    adapter = SourceAdapter("feed", "Syöte", read, to_drafts, 1, "", "", ordered=True)
    return Sync(source, adapter, at, dry_run=dry_run).run("https://feed.example/", Context())


def counts(report: Report) -> tuple[int, int, int, int]:
    assert report.read == report.created + report.updated + report.unchanged + report.rejected_count
    return report.created, report.updated, report.unchanged, report.rejected_count


GONE = {"id": "a", "gone": True}


def test_a_row_taken_away_withdraws_its_entry_and_keeps_its_texts() -> None:
    run({"id": "a", "name": "Jumppa"})
    assert counts(run(GONE)) == (0, 1, 0, 0)
    entry = Entry.objects.get()
    assert (entry.status, entry.texts["fi"]["name"], entry.visible) == ("withdrawn", "Jumppa", False)
    assert list(Change.objects.values_list("kind", flat=True)) == ["created", "updated"]
    assert SourceRow.objects.get().kind == "entry"


def test_taking_away_twice_changes_nothing_more() -> None:
    run({"id": "a"})
    run(GONE)
    assert counts(run(GONE)) == (0, 0, 1, 0)


def test_taking_away_what_never_came_counts_as_unchanged_and_leaves_no_row() -> None:
    assert counts(run(GONE)) == (0, 0, 1, 0)
    assert not SourceRow.objects.exists()


def test_what_comes_back_is_shown_again() -> None:
    run({"id": "a"})
    run(GONE)
    assert counts(run({"id": "a", "name": "Uusi"})) == (0, 1, 0, 0)
    assert Entry.objects.get().visible


def test_of_two_rows_of_one_id_the_later_counts() -> None:
    assert counts(run({"id": "a", "name": "Vanha"}, {"id": "a", "name": "Uusi"})) == (1, 1, 0, 0)
    assert Entry.objects.get().texts["fi"]["name"] == "Uusi"
    assert counts(run({"id": "a", "name": "Uusi"}, GONE)) == (0, 1, 1, 0)
    assert Entry.objects.get().status == "withdrawn"


def test_a_dry_run_counts_the_same_and_writes_nothing() -> None:
    assert counts(run({"id": "a", "name": "Vanha"}, {"id": "a", "name": "Uusi"}, dry_run=True)) == (1, 1, 0, 0)
    assert not Entry.objects.exists()


def test_a_row_taken_away_that_had_been_refused_has_no_entry_to_withdraw() -> None:
    run({"id": "a", "name": "Jumppa"})
    SourceRow.objects.update(entry=None)
    assert counts(run(GONE)) == (0, 1, 0, 0)
    assert Entry.objects.get().status == "published"


def test_one_happening_taken_away_leaves_the_series() -> None:
    run({"id": "s", "series": "S", "name": "Jumppa"}, {"id": "1", "series": "S", "day": 1}, {"id": "2", "series": "S", "day": 2})
    run({"id": "1", "gone": True})
    assert [one.row_id for one in Occurrence.objects.all()] == ["2"]
    assert Entry.objects.get().visible
    run({"id": "s", "gone": True})
    assert Entry.objects.get().status == "withdrawn"


def test_a_happening_that_tells_only_its_date_leaves_the_series_as_it_is() -> None:
    run({"id": "s", "series": "S", "name": "Jumppa"})
    run({"id": "1", "series": "S", "day": 1, "bare": True})
    entry = Entry.objects.get()
    assert (entry.texts["fi"]["name"], entry.status, entry.occurrences.count()) == ("Jumppa", "published", 1)


def test_dates_that_come_before_their_series_wait_for_it_unseen() -> None:
    run({"id": "1", "series": "S", "day": 1, "bare": True})
    assert not Entry.objects.get().visible
    run({"id": "2", "series": "S", "day": 2, "bare": True}, {"id": "s", "series": "S", "name": "Jumppa"})
    entry = Entry.objects.get()
    assert (entry.texts["fi"]["name"], entry.visible, entry.occurrences.count()) == ("Jumppa", True, 2)


def test_the_row_that_told_a_series_may_tell_it_again_in_the_same_run() -> None:
    run({"id": "s", "series": "S", "name": "Vanha"}, {"id": "1", "series": "S", "name": "Muu"}, {"id": "s", "series": "S", "name": "Uusi"})
    assert Entry.objects.get().texts["fi"]["name"] == "Uusi"
