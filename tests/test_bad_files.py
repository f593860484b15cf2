"""Whatever file an import is given, its report is whole and its sentence Finnish, and nothing stored is lost."""

from __future__ import annotations

import gzip
import json
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mukana.directory.models import Entry, SourceRow
from mukana.importers.registry import SOURCES
from mukana.organisations.actions import load_municipalities
from tests.sites import DEMO_DATA, Site, finished

MEGABYTE = 1024 * 1024
REPORT_KEYS = {"source", "read", "created", "updated", "unchanged", "rejected", "duplicates_suggested"}
TOLD = (
    "ei löydy", "kansio", "Kansiossa", "tyhjä", "rikki", "merkistö", "verkkosivu", "suureksi", "ei voitu", "nimisaraketta", "liian",
    "koneluettavia", "siirtotiedosto", "yhtään riviä", "GPX- eikä GeoJSON", "ei ole kalenteria", "ei ole syötettä",
)  # fmt: skip


def swollen_excel(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
        for _ in range(300):
            sheet.write(b" " * MEGABYTE)


def long_row(path: Path, megabytes: int = 20) -> None:
    with path.open("wb") as file:
        file.write(b'{"kind": "place", "id": "a", "name": "')
        for _ in range(megabytes):
            file.write(b"a" * MEGABYTE)
        file.write(b'"}\n')


# Each of these holds nothing that any source could take in.
FILES: dict[str, Callable[[Path], object]] = {
    "empty.json": lambda path: path.touch(),
    "empty.csv": lambda path: path.touch(),
    "blank.json": lambda path: path.write_text("null"),
    "malformed.json": lambda path: path.write_text('{"items": [{"lipas-id": 1, "name": '),
    "bytes.json": lambda path: path.write_bytes(bytes(range(256)) * 40),
    "page.json": lambda path: path.write_text("<!doctype html><html><body>404</body></html>"),
    "utf16.json": lambda path: path.write_bytes(json.dumps([{"id": "1"}]).encode("utf-16")),
    "deep.json": lambda path: path.write_text("[" * 100_000),
    "no-names.csv": lambda path: path.write_text("a;b\n1;2\n"),
    "broken.xlsx": lambda path: path.write_bytes(b"PK\x03\x04" + b"\x00" * 500),
    "bomb.xlsx": swollen_excel,
    "bomb.json.gz": lambda path: path.write_bytes(gzip.compress(b" " * (64 * MEGABYTE))),
    "cut.json.gz": lambda path: path.write_bytes(gzip.compress(b'[{"id": "1"}]')[:-9]),
    "missing.json": lambda path: None,
    "folder": lambda path: path.mkdir(),
    "long.jsonl": long_row,
}


def held_kilobytes(process: int) -> int:
    """The most memory the process has held so far; 0 when it has just ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) if found else 0


def imported(source: str, address: Path, tmp_path: Path) -> tuple[dict[str, object], str]:
    """The report, and the sentence the command ended with ("" when all was well)."""
    report = tmp_path / "report.json"
    try:
        call_command("import_source", source, str(address), "--report", str(report))
        said = ""
    except CommandError as error:
        said = str(error)
    return json.loads(report.read_text(encoding="utf-8")), said


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of those files, made once and only read."""
    folder = tmp_path_factory.mktemp("shelf")
    for name, make in FILES.items():
        make(folder / name)
    return folder


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("source", sorted(SOURCES))
def test_a_file_that_holds_nothing_usable_ends_with_a_sentence(
    source: str, name: str, shelf: Path, tmp_path: Path, db: None, fresh_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_municipalities()
    report, said = imported(source, shelf / name, tmp_path)
    assert set(report) >= REPORT_KEYS
    assert report["read"] == report["created"] + report["updated"] + report["unchanged"] + len(report["rejected"])
    assert all({"row", "id", "reason"} == set(row) and row["reason"].endswith(".") for row in report["rejected"])
    assert any(word in said for word in TOLD), said
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_what_is_stored_stays_when_the_next_delivery_is_broken(
    shelf: Path, tmp_path: Path, fresh_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_municipalities()
    imported("lipas", DEMO_DATA / "lipas.json", tmp_path)
    before = Entry.objects.count(), SourceRow.objects.count()
    for name in FILES:
        assert imported("lipas", shelf / name, tmp_path)[1]
    assert (Entry.objects.count(), SourceRow.objects.count()) == before
    assert imported("lipas", DEMO_DATA / "lipas.json", tmp_path)[0]["unchanged"] == before[1]


@pytest.mark.django_db
def test_every_refused_row_is_in_the_report(tmp_path: Path, fresh_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("[]\n" * 12_000 + '{"kind": "place", "id": "p1", "name": "Talo"}\n', encoding="utf-8")
    report, said = imported("neutral", rows, tmp_path)
    assert (report["read"], report["created"], len(report["rejected"]), said) == (12_001, 1, 12_000, "")


def test_a_real_import_of_a_row_of_200_megabytes_stays_small_and_goes_on(site: Site, tmp_path: Path) -> None:
    rows, report = tmp_path / "rows.jsonl", tmp_path / "report.json"
    long_row(rows, 200)
    with rows.open("a", encoding="utf-8") as file:
        file.write('{"kind": "place", "id": "b", "name": "Talo"}\n')
    process, most = site.start("import", "neutral", str(rows), "--report", str(report)), 0
    while process.poll() is None:
        most = max(most, held_kilobytes(process.pid))
        time.sleep(0.02)
    finished(process)
    assert 0 < most < 300_000
    found = json.loads(report.read_text(encoding="utf-8"))
    assert (found["read"], found["created"], [row["row"] for row in found["rejected"]]) == (2, 1, [1])


def test_a_real_import_of_what_is_not_there_says_so_and_fails(site: Site, tmp_path: Path) -> None:
    assert "Tiedostoa ei löydy" in site.run("import", "lipas", str(tmp_path / "x.json"), code=1)
    assert "Kansiossa ei ole yhtään luettavaa tiedostoa" in site.run("import", "ptv", str(tmp_path), code=1)
    assert "Raportin kansiota ei ole" in site.run("import", "ptv", str(tmp_path), "--report", str(tmp_path / "no" / "r.json"), code=1)
