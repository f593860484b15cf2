"""Scheduled fetching against a real server on loopback: conditional, patient, and careful with what is gone."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from mukana.audit.models import Trace
from mukana.directory.models import Change, Entry, Source, SourceRow
from mukana.importers.fetching import UnknownAdapter, _guarded, fetch
from mukana.importers.models import ImportRun
from mukana.importers.planning import ask_now, schedule
from mukana.importers.queries import due
from mukana.lib.clock import now
from mukana.organisations.actions import load_municipalities

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]


@dataclass
class Feed:
    """What the server answers, and what it was asked."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    body: bytes | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    address: str = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append({key.lower(): value for key, value in handler.headers.items()})
        if self.etag and self.asked[-1].get("if-none-match") == self.etag:
            handler.send_response(304)
            handler.end_headers()
            return
        body = self.body if self.body is not None else "\n".join(json.dumps(row) for row in self.rows).encode()
        handler.send_response(self.status)
        for key, value in {**self.headers, **({"ETag": self.etag} if self.etag else {}), "Content-Length": str(len(body))}.items():
            handler.send_header(key, value)
        handler.end_headers()
        handler.wfile.write(body)


@pytest.fixture
def feed() -> Iterator[Feed]:
    serving = Feed()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            serving.answer(self)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    serving.address = f"http://127.0.0.1:{server.server_address[1]}/ryhmat.jsonl"
    yield serving
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return lambda text: monkeypatch.setenv("MUKANA_NOW", text)


@pytest.fixture
def source(feed: Feed, clock: Clock, settings: Any, tmp_path: Any) -> Source:
    settings.DATA = tmp_path
    settings.INDEX_ROOT = tmp_path / "index"
    clock("2026-11-22T08:00")
    load_municipalities()
    feed.rows = groups(3)
    made = Source.objects.create(key="yhdistys", adapter="table", name="Jyväskylän Jumppaajat")
    schedule(made, address=feed.address, every_hours=24, by="tiina")
    return made


def groups(count: int) -> list[dict[str, Any]]:
    return [{"id": f"r{number}", "type": "group", "title": f"Ryhmä {number}", "municipality": "Kuopio"} for number in range(count)]


def names() -> list[str]:
    return sorted(str(entry) for entry in Entry.objects.public())


def test_a_scheduled_source_is_due_at_once_and_then_in_its_rhythm(source: Source, clock: Clock) -> None:
    assert due(now()) == [source]
    report = fetch(source, by="system")
    assert (report.read, report.created, report.problem) == (3, 3, "")
    assert due(now()) == []
    clock("2026-11-23T08:00")
    assert due(now()) == [source]


def test_a_source_fetched_by_hand_is_due_when_somebody_asks_and_then_no_more(source: Source) -> None:
    schedule(source, address=source.address, every_hours=None, by="tiina")
    assert due(now()) == []
    ask_now(source, by="tiina")
    assert due(now()) == [source]
    fetch(source, by="system")
    assert due(now()) == []


def test_an_unchanged_answer_costs_one_question_and_confirms_the_rows(source: Source, feed: Feed, clock: Clock) -> None:
    feed.etag = '"v1"'
    fetch(source, by="system")
    clock("2026-11-23T08:00")
    report = fetch(source, by="system")
    assert feed.asked[-1]["if-none-match"] == '"v1"'
    assert (report.read, report.unchanged, report.problem) == (3, 3, "")
    assert {row.seen_at for row in SourceRow.objects.exclude(digest=b"")} == {now()}


def test_last_modified_is_sent_back(source: Source, feed: Feed) -> None:
    feed.headers = {"Last-Modified": "Sun, 22 Nov 2026 05:00:00 GMT"}
    fetch(source, by="system")
    fetch(source, by="system")
    assert feed.asked[-1]["if-modified-since"] == "Sun, 22 Nov 2026 05:00:00 GMT"


def test_a_changed_mapping_asks_for_everything_again(source: Source, feed: Feed) -> None:
    feed.etag = '"v1"'
    fetch(source, by="system")
    source.validators = {**source.validators, "version": "0"}
    source.save()
    assert fetch(source, by="system").read == 3
    assert "if-none-match" not in feed.asked[-1]


def test_a_failing_server_is_asked_ever_later_and_says_since_when(source: Source, feed: Feed, clock: Clock) -> None:
    feed.status = 500
    report = fetch(source, by="system")
    assert "Palvelin vastasi virheellä (500)" in report.problem
    source.refresh_from_db()
    assert (source.failures, source.failing_since) == (1, now())
    assert source.next_fetch_at is not None
    assert (source.next_fetch_at - now()).total_seconds() == 15 * 60
    clock("2026-11-22T08:15")
    fetch(source, by="system")
    source.refresh_from_db()
    assert source.failures == 2
    assert source.failing_since is not None
    assert source.failing_since < now()
    feed.status = 200
    fetch(source, by="system")
    source.refresh_from_db()
    assert (source.failures, source.failing_since, source.last_problem) == (0, None, "")


def test_a_server_that_asks_us_to_wait_is_left_alone_so_long(source: Source, feed: Feed) -> None:
    feed.status, feed.headers = 429, {"Retry-After": "7200"}
    fetch(source, by="system")
    source.refresh_from_db()
    assert source.next_fetch_at is not None
    assert (source.next_fetch_at - now()).total_seconds() == 7200


def test_a_row_that_is_gone_is_hidden_only_after_two_whole_reads(source: Source, feed: Feed, clock: Clock) -> None:
    fetch(source, by="system")
    feed.rows = groups(2)
    clock("2026-11-23T08:00")
    fetch(source, by="system")
    assert names() == ["Ryhmä 0", "Ryhmä 1", "Ryhmä 2"]
    clock("2026-11-24T08:00")
    fetch(source, by="system")
    assert names() == ["Ryhmä 0", "Ryhmä 1"]
    gone = Entry.objects.get(status="withdrawn")
    assert Change.objects.filter(entry_id=gone.pk).latest("seq").kind == "removed"


def test_a_row_that_comes_back_is_shown_again(source: Source, feed: Feed, clock: Clock) -> None:
    fetch(source, by="system")
    for day, count in ((23, 2), (24, 2), (25, 3)):
        clock(f"2026-11-{day}T08:00")
        feed.rows = groups(count)
        fetch(source, by="system")
    assert names() == ["Ryhmä 0", "Ryhmä 1", "Ryhmä 2"]


def test_a_row_that_its_keeper_has_confirmed_is_asked_about_and_stays(source: Source, feed: Feed, clock: Clock) -> None:
    fetch(source, by="system")
    Entry.objects.update(reviewed_on="2026-11-01")
    feed.rows = groups(2)
    for day in (23, 24):
        clock(f"2026-11-{day}T08:00")
        fetch(source, by="system")
    assert len(names()) == 3
    assert Entry.objects.filter(doubted_on=now().date()).count() == 1


def test_a_feed_that_shrinks_to_little_takes_nothing_away_until_a_person_says_so(source: Source, feed: Feed, clock: Clock) -> None:
    feed.rows = groups(30)
    fetch(source, by="system")
    feed.rows = groups(1)
    for day in (23, 24, 25):
        clock(f"2026-11-{day}T08:00")
        report = fetch(source, by="system")
    assert "puuttui 29 kohdetta 30:sta" in report.problem
    assert len(names()) == 30
    for day in (26, 27):
        clock(f"2026-11-{day}T08:00")
        ask_now(source, by="tiina", accept_smaller=True)
        assert fetch(source, by="tiina").problem == ""
    assert names() == ["Ryhmä 0"]


def test_an_empty_answer_takes_nothing_away(source: Source, feed: Feed, clock: Clock) -> None:
    fetch(source, by="system")
    feed.rows = []
    for day in (23, 24):
        clock(f"2026-11-{day}T08:00")
        report = fetch(source, by="system")
    assert "tyhjä" in report.problem
    assert len(names()) == 3


def test_a_feed_that_changes_shape_takes_nothing_away(source: Source, feed: Feed, clock: Clock) -> None:
    fetch(source, by="system")
    feed.rows = [{"id": f"r{number}", "aivan": "muuta"} for number in range(3)]
    for day in (23, 24):
        clock(f"2026-11-{day}T08:00")
        report = fetch(source, by="system")
    assert report.rejected_count == 3
    assert len(names()) == 3


def test_a_row_that_is_bad_today_is_not_gone(source: Source, feed: Feed, clock: Clock) -> None:
    fetch(source, by="system")
    feed.rows = [*groups(2), {"id": "r2", "type": "group"}]
    for day in (23, 24):
        clock(f"2026-11-{day}T08:00")
        assert fetch(source, by="system").rejected_count == 1
    assert len(names()) == 3


def test_a_table_brought_in_by_hand_takes_nothing_away_by_what_it_leaves_out(source: Source, feed: Feed) -> None:
    call_command("import_source", "table", feed.address)
    feed.rows = groups(1)
    call_command("import_source", "table", feed.address)
    call_command("import_source", "table", feed.address)
    assert len(names()) == 3


def test_a_new_address_forgets_what_the_old_one_said(source: Source, feed: Feed) -> None:
    feed.etag = '"v1"'
    fetch(source, by="system")
    schedule(source, address=feed.address + "?uusi=1", every_hours=None, by="tiina")
    assert (source.validators, source.next_fetch_at) == ({}, None)
    assert Trace.objects.filter(verb="planned the fetching", actor="tiina").exists()


def test_the_command_fetches_what_is_due(source: Source, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("fetch", "--due")
    assert "Jyväskylän Jumppaajat: luettu 3, uusia 3" in capsys.readouterr().out
    call_command("fetch", "--due")
    assert "hakuaika ei ole tullut" in capsys.readouterr().out
    assert ImportRun.objects.filter(source=source).count() == 1


def test_the_command_names_what_could_not_be_fetched(source: Source, feed: Feed) -> None:
    feed.status = 503
    with pytest.raises(CommandError, match="Jyväskylän Jumppaajat"):
        call_command("fetch", "yhdistys")
    with pytest.raises(CommandError, match="Lähdettä tuntematon ei ole"):
        call_command("fetch", "tuntematon")


def test_the_command_refuses_a_source_without_an_address() -> None:
    Source.objects.create(key="käsin", adapter="table", name="Käsin")
    with pytest.raises(CommandError, match="ei ole osoitetta"):
        call_command("fetch", "käsin")


def test_the_command_without_words_fetches_all_scheduled_ones(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("fetch")
    assert "ei ole" in capsys.readouterr().out


def test_a_source_of_an_importer_that_is_no_more_says_so(source: Source) -> None:
    source.adapter = "vanha"
    source.save()
    with pytest.raises(UnknownAdapter):
        fetch(source, by="system")


def test_a_source_of_our_own_network_may_be_fetched_but_none_is_led_there(source: Source, feed: Feed, settings: Any) -> None:
    settings.PRIVATE_NETWORKS = False
    assert fetch(source, by="system").problem == "", "an administrator placed it there"
    assert not _guarded(source.address)
    assert _guarded("https://kunta.example/kalenteri.ics")
