"""The files: whole, with a licence for each record, naming nobody, and read back by another Mukana."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from mukana.api.dump.files import folder, write_exchange
from mukana.api.dump.table import cell
from mukana.api.jobs import mark_moments, write_dumps
from mukana.api.models import FeedMark
from mukana.api.tests.checker import invalid
from mukana.api.tests.services import PERSON, supply, touch
from mukana.audit.models import Trace
from mukana.directory.models import Entry, Schedule, Source, SourceRow
from mukana.importers.actions import bring_in
from mukana.importers.registry import SOURCES
from mukana.lib.clock import now
from mukana.referrals.tests import make
from mukana.referrals.tests.make import Time


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def time(db: None, monkeypatch: pytest.MonkeyPatch) -> Time:
    return Time(monkeypatch)


@pytest.fixture
def entries(db: None) -> list[Entry]:
    return supply(30)


def test_each_record_tells_its_own_licence_and_a_merged_one_all(entries: list[Entry], tmp_path: Path) -> None:
    other = Source.objects.create(key="lipas", adapter="lipas", name="Lipas", licence="CC BY-SA 4.0", attribution="Lipas.fi")
    SourceRow.objects.create(source=other, row_id="9", digest=b"0", kind="entry", entry=entries[2], seen_at=now())
    touch(entries[2], merged_into=entries[1])
    assert write_exchange(tmp_path) == 7 + 9 + 29
    header, *rows = read(tmp_path / "mukana.jsonl")
    assert "licence" not in header
    assert all(row["licence"] for row in rows)
    told = {row["id"]: row for row in rows}
    assert str(entries[2].pk) not in told
    assert told[str(entries[1].pk)]["licence"] == "CC BY 4.0 · CC BY-SA 4.0"
    assert [origin["source"] for origin in told[str(entries[1].pk)]["origins"]] == ["ptv", "lipas"]
    assert (told[str(entries[0].pk)]["licence"], "origins" in told[str(entries[0].pk)]) == ("CC BY 4.0", False)


def test_what_another_mukana_gave_is_not_given_on(entries: list[Entry], tmp_path: Path) -> None:
    giver = Source.objects.create(key="toinen", adapter="mukana", name="Toinen Mukana")
    SourceRow.objects.create(source=giver, row_id="1", digest=b"0", kind="entry", entry=entries[0], seen_at=now())
    write_exchange(tmp_path)
    assert str(entries[0].pk) not in {row.get("id") for row in read(tmp_path / "mukana.jsonl")}


def test_another_mukana_reads_everything_back(entries: list[Entry], tmp_path: Path, settings: Any) -> None:
    write_exchange(tmp_path)
    names = sorted(entry.texts["fi"]["name"].replace("<kahvit> ", "") for entry in entries)  # tags go at the door
    rhythms = Schedule.objects.count()
    Entry.objects.all().delete()
    settings.BASE_URL = "https://toinen.example"
    report = bring_in(SOURCES["mukana"], str(tmp_path / "mukana.jsonl"), by="test")
    assert report.rejected_count == 0, report
    brought = list(Entry.objects.all())
    assert sorted(entry.texts["fi"]["name"] for entry in brought) == names
    assert Schedule.objects.count() == rhythms
    row = SourceRow.objects.filter(entry__isnull=False, licence="CC BY 4.0").first()
    assert row is not None
    assert "välittänyt Mukana" in row.attribution


def test_the_table_opens_in_a_finnish_spreadsheet(entries: list[Entry], tmp_path: Path) -> None:
    touch(entries[0], texts={"fi": {"name": '=1+1;"x"'}}, phone="+358 40 1234567")
    write_exchange(tmp_path)
    raw = (tmp_path / "mukana.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbftunniste;laji;nimi;")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 30
    first = next(row for row in rows if row["tunniste"] == str(entries[0].pk))
    assert (first["nimi"], first["puhelin"]) == ('\'=1+1;"x"', "+358 40 1234567")
    assert all(row["lisenssi"] for row in rows)
    assert [cell(value) for value in (None, 62.5, "-x", "-1")] == ["", "62,500000", "'-x", "-1"]


def test_nobody_is_named_in_the_files(entries: list[Entry], tmp_path: Path) -> None:
    write_exchange(tmp_path)
    call_command("export", "hsds", out=tmp_path)
    for file in tmp_path.iterdir():
        text = file.read_text(encoding="utf-8")
        assert not [part for part in (*PERSON.split(), "Kuoppalai", "kuoppalainen@") if part in text], file


def test_hsds_is_written_as_lines_of_valid_documents(entries: list[Entry], tmp_path: Path) -> None:
    call_command("export", "hsds", out=tmp_path, lang="sv")
    services = read(tmp_path / "services.ndjson")
    assert len(services) == 30
    assert [problem for one in services for problem in invalid("service", one)] == []
    assert {path.name for path in tmp_path.iterdir()} == {
        "services.ndjson", "service_at_locations.ndjson", "organizations.ndjson", "taxonomies.ndjson", "taxonomy_terms.ndjson",
    }  # fmt: skip


def test_the_page_lists_the_files_of_last_night_and_serves_them(entries: list[Entry], client: Client) -> None:
    for old in folder().glob("*"):
        old.unlink()
    assert "Ne syntyvät ensi yönä" in client.get("/avoin-data/").content.decode()
    assert client.get("/avoin-data/mukana.jsonl").status_code == 404
    assert "46 tietuetta" in str(write_dumps(now()))
    page = client.get("/avoin-data/").content.decode()
    assert "mukana.jsonl" in page
    assert "Palvelutietovaranto: CC BY 4.0" in page
    served = client.get("/avoin-data/mukana.jsonl")
    assert served.headers["Access-Control-Allow-Origin"] == "*"
    assert b"".join(served.streaming_content).startswith(b'{"format":"mukana-exchange/1"')  # type: ignore[attr-defined]
    assert client.get("/avoin-data/secret-key").status_code == 404
    assert client.get("/avoin-data/rajapinnat/").status_code == 200


def test_each_minute_the_moment_of_the_feed_is_told(entries: list[Entry]) -> None:
    assert mark_moments(now()) is None
    assert FeedMark.objects.count() == 1


def test_referrals_leave_as_fhir_for_their_owner_only_by_area_and_each_resident_hears_of_it(
    time: Time, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = make.sent(make.AINO)
    target = tmp_path / "fhir"
    call_command("export", "fhir", out=target)
    assert "ServiceRequest.ndjson: 1" in capsys.readouterr().out
    assert [one["id"] for one in read(target / "ServiceRequest.ndjson")] == [str(case.pk)]
    assert {path.stat().st_mode & 0o777 for path in target.iterdir()} == {0o600}
    assert target.stat().st_mode & 0o777 == 0o700
    trace = Trace.objects.get(thing=f"referrals.Resident:{case.resident_id}", verb="read")
    assert (trace.actor, trace.detail["purpose"]) == ("system", "fhir_export")
    call_command("export", "fhir", out=target, areas="005, 749")
    assert {path.read_text(encoding="utf-8") for path in target.iterdir()} == {""}
