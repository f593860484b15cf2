"""Tables as they come out of people's programs: encodings, marks, Excel, and files that mean harm."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from mukana.importers.adapter import Context, RawRow, SourceError
from mukana.importers.table import client
from mukana.importers.table.sheets import TableError, check_archive, csv_rows, encoding_of, shown

TEXT = "Nimi;Päivä;Alkaa\nJumppa;ma;10\nÄijäilta;ti;18.30\n"


def rows_of(tmp_path: Path, content: bytes, name: str = "t.csv", context: Context | None = None) -> list[RawRow]:
    path = tmp_path / name
    path.write_bytes(content)
    return list(client.read(str(path), context or Context()))


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_every_encoding_finnish_programs_write_is_understood(tmp_path: Path, encoding: str) -> None:
    found = rows_of(tmp_path, TEXT.encode(encoding))
    assert [(row.data or {})["Nimi"] for row in found] == ["Jumppa", "Äijäilta"]


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_semicolons_commas_and_tabs_part_columns(tmp_path: Path, mark: str) -> None:
    found = rows_of(tmp_path, TEXT.replace(";", mark).encode())
    assert (found[1].data or {})["Alkaa"] == "18.30"


def test_a_separator_line_and_a_title_above_the_header_are_passed_by(tmp_path: Path) -> None:
    found = rows_of(tmp_path, ("sep=;\nKevään ryhmät 2026\n\n" + TEXT).encode())
    assert [(row.number, (row.data or {})["Nimi"]) for row in found] == [(5, "Jumppa"), (6, "Äijäilta")]


def test_rows_keep_their_number_in_the_file(tmp_path: Path) -> None:
    assert [row.number for row in rows_of(tmp_path, TEXT.encode())] == [2, 3]


def test_a_row_with_broken_characters_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    content = b"Nimi;Kunta\n" + "Ä".encode() * 140_000 + b";x\n\xff\xfe rikki;y\nJumppa;z\n"
    problems = [bool(row.problem) for row in rows_of(tmp_path, content)]
    assert problems == [True, True, False]


def test_a_quote_left_open_costs_its_row_but_not_the_file(tmp_path: Path) -> None:
    content = 'Nimi;Kunta\n"auki;x\n' + "täyte;y\n" * 20_000 + "Jumppa;z\n"
    found = rows_of(tmp_path, content.encode())
    assert found[0].problem
    assert (found[-1].data or {})["Nimi"] == "Jumppa"


def test_a_row_of_a_gigabyte_is_passed_by_without_being_kept() -> None:
    class Endless(io.RawIOBase):
        left = 200  # megabytes are enough to show it; a gigabyte takes as little memory

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            if self.left <= 0:
                return 0
            self.left -= len(buffer) / 1024 / 1024
            buffer[:] = b"a" * len(buffer)
            return len(buffer)

    ((number, cells, problem),) = list(csv_rows(io.BufferedReader(Endless(), 256 * 1024)))
    assert (number, bool(problem)) == (1, True)
    assert sum(map(len, cells)) <= 1_000_000


def test_excel_is_read_with_its_dates_and_times_as_people_write_them(tmp_path: Path) -> None:
    book = workbook(["Nimi", "Pvm", "Alkaa", "Ikä"], ["Jumppa", date(2026, 12, 1), time(10, 30), 7.0], [None, None, None, None], ["Retki"])
    found = [row.data or {} for row in rows_of(tmp_path, book, "t.xlsx")]
    assert found[0] == {"Nimi": "Jumppa", "Pvm": "2026-12-01", "Alkaa": "10:30", "Ikä": 7}
    assert found[1]["Nimi"] == "Retki"


def test_cells_of_every_kind_have_a_text() -> None:
    given_cells = (None, True, 3.0, 3.5, datetime(2026, 1, 2, 3, 4), "#REF!")
    assert [shown(cell) for cell in given_cells] == ["", "kyllä", 3, 3.5, "2026-01-02T03:04", ""]


def test_an_excel_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (30 * 1024 * 1024))
    with pytest.raises(TableError) as refused:
        rows_of(tmp_path, out.getvalue(), "t.xlsx")
    assert refused.value.code == "bomb"
    with pytest.raises(TableError):
        check_archive(io.BytesIO(b"PK\x03\x04 rikki"))


@pytest.mark.parametrize("content", [b"PK\x03\x04rikki", b"\xd0\xcf\x11\xe0vanha"])
def test_a_broken_or_old_excel_is_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(TableError) as refused:
        rows_of(tmp_path, content, "t.xlsx")
    assert "Excel" in refused.value.sentence


def test_an_archive_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("kirje.txt", "hei")
    with pytest.raises(TableError):
        rows_of(tmp_path, out.getvalue(), "t.xlsx")


def test_a_table_without_a_name_column_says_which_columns_it_has(tmp_path: Path) -> None:
    with pytest.raises(TableError) as refused:
        rows_of(tmp_path, b"Foo;Bar\n1;2\n")
    assert "Foo, Bar" in refused.value.sentence


def test_columns_set_by_a_coordinator_are_used_and_a_new_setting_makes_rows_look_changed(tmp_path: Path) -> None:
    content = b"Foo;Bar\nJumppa;Kuopio\n"
    first = rows_of(tmp_path, content, context=Context(columns={"Foo": "name"}))
    second = rows_of(tmp_path, content, context=Context(columns={"Foo": "name", "Bar": "municipality"}))
    assert first[0].digest_source != second[0].digest_source


def test_a_missing_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TableError) as refused:
        list(client.read(str(tmp_path / "ei-ole.csv"), Context()))
    assert refused.value.code == "missing"


def test_a_file_without_anything_or_of_another_kind_is_told(tmp_path: Path) -> None:
    for content, code in ((b"", "empty"), (b"<html></html>", "not_json"), ('{"nimi": "x"}'.encode("utf-16"), "encoding")):
        with pytest.raises(SourceError) as refused:
            rows_of(tmp_path, content)
        assert refused.value.code == code


def test_a_quotation_left_open_does_not_swallow_the_rest_in_silence(tmp_path: Path) -> None:
    found = rows_of(tmp_path, 'Nimi;Päivä\nKerho;ma\n"Kuoro;ti\nJumppa;ke\n'.encode())
    assert [bool(row.problem) for row in found] == [False, True]


def test_a_last_line_without_its_end_is_a_row(tmp_path: Path) -> None:
    assert [row.problem for row in rows_of(tmp_path, 'Nimi;Päivä\n"Kerho";ma'.encode())] == [""]


def test_a_preview_shows_headers_and_first_rows(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TEXT, encoding="utf-8")
    headers, first = client.preview(str(tmp_path / "t.csv"), 1)
    assert headers == ["Nimi", "Päivä", "Alkaa"]
    assert first == [{"Nimi": "Jumppa", "Päivä": "ma", "Alkaa": "10"}]


def test_lines_of_json_are_told_apart_by_id_and_bad_ones_are_told(tmp_path: Path) -> None:
    lines = [json.dumps({"id": "d1", "title": "Jumppa"}), "{rikki", "[1]", json.dumps({"title": "Ilman tunnistetta"}), '{"x": 1}']
    found = rows_of(tmp_path, "\n".join(lines).encode(), "t.jsonl")
    assert [(row.row_id[:4], bool(row.problem)) for row in found] == [("d1", False), ("", True), ("", True), ("row:", False), ("", True)]


def test_rows_that_name_the_same_place_share_it(tmp_path: Path) -> None:
    found = rows_of(tmp_path, b"Nimi;Paikka;Osoite\nA;Talo;Tie 1\nB;talo;Tie 1\nC;Toinen;\n")
    assert [row.kind for row in found] == ["place", "row", "row", "place", "row"]


def test_an_id_of_its_own_comes_of_what_people_would_call_the_row(tmp_path: Path) -> None:
    one = rows_of(tmp_path, b"Nimi;Kuvaus\nJumppa;vanha\n")
    two = rows_of(tmp_path, b"Nimi;Kuvaus\nJumppa;uusi\n")
    assert one[0].row_id == two[0].row_id
    assert one[0].digest_source != two[0].digest_source


@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_the_tables_own_error(content: bytes) -> None:
    def attempt() -> Iterator[Any]:
        yield from csv_rows(io.BufferedReader(io.BytesIO(content)))  # type: ignore[arg-type]

    assert encoding_of(content) in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252")
    with contextlib.suppress(TableError):
        list(attempt())
