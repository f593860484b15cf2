"""A source is brought in once at a time; a dry run leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mukana.audit.models import Trace
from mukana.directory.drafts import Draft, EntryDraft
from mukana.directory.models import Entry, Source
from mukana.importers import actions
from mukana.importers.actions import bring_in, source_of
from mukana.importers.adapter import Context, RawRow, SourceAdapter
from mukana.importers.models import ImportRun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]


def read(_address: str, _context: Context) -> Iterator[RawRow]:
    yield RawRow(1, "g1", "group", {}, b"{}")


def to_drafts(raw: RawRow, _context: Context) -> list[Draft]:
    return [EntryDraft(raw.row_id, "group", {"fi": {"name": "Kerho"}})]


ADAPTER = SourceAdapter("test", "Testi", read, to_drafts, 1, "CC BY 4.0", "Testilähde")


class Server:
    """Stands for the connection of a database of this kind, and hears what is asked of it."""

    def __init__(self, vendor: str) -> None:
        self.vendor = vendor
        self.asked: list[str] = []

    @contextmanager
    def cursor(self) -> Iterator[Server]:
        yield self

    def execute(self, sql: str, _values: list[object]) -> None:
        self.asked.append(sql)


def test_a_source_is_made_once_with_the_words_of_its_adapter() -> None:
    assert source_of(ADAPTER) == source_of(ADAPTER) == Source.objects.get()
    assert (Source.objects.get().name, Source.objects.get().licence) == ("Testi", "CC BY 4.0")


def test_an_import_is_kept_as_a_run_and_leaves_a_trace() -> None:
    report = bring_in(ADAPTER, "https://lahde.example/a.json", by="tiina")
    run = ImportRun.objects.get()
    assert (report.created, run.created, run.by, run.address) == (1, 1, "tiina", "https://lahde.example/a.json")
    assert Source.objects.get().last_read_at == run.ended_at
    assert Trace.objects.get().verb == "imported"


def test_a_dry_run_counts_and_keeps_nothing() -> None:
    assert bring_in(ADAPTER, "a.json", by="tiina", dry_run=True).created == 1
    assert (Entry.objects.count(), ImportRun.objects.count(), Trace.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(("vendor", "locks"), [("postgresql", ["lock", "unlock"]), ("sqlite", [])])
def test_nodes_of_one_database_bring_the_same_source_in_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch, vendor: str, locks: list[str]
) -> None:
    server = Server(vendor)
    monkeypatch.setattr(actions, "connection", server)
    bring_in(ADAPTER, "a.json", by="tiina")
    assert [sql.partition("pg_advisory_")[2].partition("(")[0] for sql in server.asked] == locks
