"""I/O: the cells of CSV and Excel files, row by row, whatever their encoding, marks and size.

A row is (number in the file, cells, problem).  Nothing is trusted: an Excel file is
a packed archive that may unpack without end, a CSV line may never stop.
"""

from __future__ import annotations

import codecs
import csv
import io
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError  # the error only; openpyxl parses with defusedxml
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from mukana.importers.adapter import SourceError
from mukana.importers.table.kinds import archive_refusal

MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL = 32_767  # what Excel itself allows
MAX_LINE = 1_000_000  # characters
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
RATIO_MATTERS = 16 * 1024 * 1024
SAMPLE = 256 * 1024
UNREADABLE = "Rivillä on merkkejä, joita ei voi lukea. Tallenna taulukko UTF-8-muodossa."
TOO_LONG = "Rivi tai solu on liian pitkä, tai lainausmerkki on jäänyt auki."
BROKEN_EXCEL = (BadZipFile, InvalidFileException, ParseError, zlib.error, KeyError, ValueError, TypeError, AttributeError,
                IndexError, EOFError, RuntimeError, OSError)  # fmt: skip

Cells = tuple[int, list[Any], str]


class TableError(SourceError):
    """A table could not be read at all."""


def csv_rows(stream: BinaryIO) -> Iterator[Cells]:
    """Rows of a CSV file parted by semicolons, commas or tabs, in UTF-8, UTF-16 or Windows-1252."""
    buffered = io.BufferedReader(stream, SAMPLE) if not isinstance(stream, io.BufferedReader) else stream  # type: ignore[type-var]
    sample = buffered.peek(SAMPLE)[:SAMPLE]
    encoding = encoding_of(sample)
    text = io.TextIOWrapper(buffered, encoding=encoding, errors="replace", newline="")
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter_of(sample.decode(encoding, "replace")))
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield lines.number, [], TOO_LONG
            continue
        yield lines.number, cells[:MAX_COLUMNS], lines.problem(cells)
        if lines.number > MAX_ROWS:
            raise _too_many()


class _Lines:
    """Lines of a text, never longer than the limit."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._cut = False
        self._ended = False
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(MAX_LINE)
        if not line:
            self._ended = True
            raise StopIteration
        self.number += 1
        if len(line) == MAX_LINE and not line.endswith(("\n", "\r")):
            self._cut = True
            while (rest := self._text.readline(MAX_LINE)) and not rest.endswith(("\n", "\r")):
                continue
        return line.replace("\x00", "")

    def problem(self, cells: list[str]) -> str:
        """What is wrong with the row just read."""
        cut, self._cut = self._cut, False
        if cut or self._ended or any(len(cell) > MAX_CELL for cell in cells):  # a row that met the end: an open quotation
            return TOO_LONG
        return UNREADABLE if any("\ufffd" in cell for cell in cells) else ""


def encoding_of(sample: bytes) -> str:
    """By its mark, its zero bytes, or whether it is good UTF-8; else what Finnish Excel writes."""
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if sample[1:200:2].count(0) > 40 or (len(sample) > 3 and sample[1] == 0 and sample[3] == 0):
        return "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def delimiter_of(text: str) -> str:
    """The mark that parts the first lines most often; a line `sep=;` of Excel says it outright."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[4]
    return max(";\t,", key=lambda mark: max((line.count(mark) for line in lines), default=0))


def xlsx_rows(file: BinaryIO) -> Iterator[Cells]:
    """Rows of the first sheet that has any.  Raises TableError for a broken or swollen file."""
    check_archive(file)
    try:
        yield from _sheet_rows(file)
    except BROKEN_EXCEL as problem:
        raise TableError("broken", "Excel-tiedosto on rikki tai suojattu salasanalla.") from problem


def _sheet_rows(file: BinaryIO) -> Iterator[Cells]:
    book = load_workbook(file, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            found = False
            sheet.reset_dimensions()  # the file's own claim of its size is not trusted
            for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
                if number > MAX_ROWS:
                    raise _too_many()
                plain = [shown(cell) for cell in cells]
                if any(cell != "" for cell in plain):
                    found = True
                    too_long = any(isinstance(cell, str) and len(cell) > MAX_CELL for cell in plain)
                    yield number, plain, TOO_LONG if too_long else ""
            if found:
                return
    finally:
        book.close()


def check_archive(file: BinaryIO) -> None:
    """Refuse an archive that unpacks to too much; reading later keeps to the sizes told here."""
    try:
        with ZipFile(file) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError, ValueError) as problem:
        raise TableError("broken", "Excel-tiedosto on rikki.") from problem
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > MAX_UNPACKED or len(parts) > 5000 or (unpacked > RATIO_MATTERS and unpacked > MAX_RATIO * max(packed, 1)):
        raise TableError("bomb", "Excel-tiedosto purkautuu epäilyttävän suureksi, joten sitä ei luettu.")
    if sentence := archive_refusal([part.filename for part in parts]):
        raise TableError("not_a_table", sentence)
    file.seek(0)


def shown(cell: object) -> Any:
    """A cell as text people would type, or a number; a moment as an ISO date with its hour when it has one."""
    if cell is None or (isinstance(cell, str) and cell.startswith("#") and cell.endswith(("!", "?", "/A"))):
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="minutes")
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        minutes = int(cell.total_seconds()) // 60 % (24 * 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(cell, bool):
        return "kyllä" if cell else "ei"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return cell if isinstance(cell, str | int | float) else str(cell)[:MAX_CELL]


def _too_many() -> TableError:
    return TableError("too_many_rows", f"Taulukossa on yli {MAX_ROWS} riviä. Jaa se pienempiin osiin.")
