"""I/O: tables people keep: CSV, Excel and JSON lines, told apart by how they begin."""

from __future__ import annotations

import io
import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from mukana.importers.adapter import Context, RawRow
from mukana.importers.opening import ROW_REASONS, digest_source, opened, to_the_end
from mukana.importers.table.columns import guess_mapping
from mukana.importers.table.kinds import EXCEL, refusal
from mukana.importers.table.mapping import PLACE_FIELDS, fields_of, place_key, row_key
from mukana.importers.table.sheets import MAX_UNPACKED, Cells, TableError, csv_rows, encoding_of, xlsx_rows
from mukana.importers.values import line
from mukana.lib.jsonrows import BadRow, raw_lines, rows
from mukana.lib.streams import StreamError

BEGINNING = re.compile(rb'\{\s*"id"\s*:\s*"([^"\\\x80-\xff]{1,200})"')
PLACE_WORDS = re.compile(rb'"(?:place|address|lat|paikka|osoite)"')
HEADER_ROWS = 20
NO_ROWS = "Taulukossa ei ole yhtään riviä, jolla olisi tietoa otsikoiden alla."
NO_NAME_COLUMN = "Taulukosta ei löytynyt nimisaraketta. Kerro lähteen sivulla, mitä sarakkeet tarkoittavat: {headers}."


def read(address: str, context: Context) -> Iterator[RawRow]:
    """Rows of a table; a place that rows name becomes a row of its own, once in a run.

    Raises TableError when the file is no table, and when no column is a name.
    """
    with opened(address, TableError) as stream:
        buffered = cast(io.BufferedReader, stream)
        start = buffered.peek(4096)[:4096]
        _check_beginning(start)
        if start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
            yield from _json(buffered, start, context)
        else:
            yield from _places_apart(_table(buffered, start, context), context)


def _check_beginning(start: bytes) -> None:
    """A picture, a web page, and JSON in UTF-16, would pass for a table of one odd column."""
    if sentence := refusal(start):
        raise TableError("not_a_table", sentence)
    if start.removeprefix(BOM_UTF8).lstrip().startswith(b"<"):
        raise StreamError("not_json", "HTML or XML")
    if b"\x00" in start and encoding_of(start).startswith("utf-16") and start.decode("utf-16", "ignore").lstrip()[:1] in ("{", "["):
        raise StreamError("encoding", "JSON in UTF-16")


def preview(address: str, count: int = 5) -> tuple[list[str], list[dict[str, Any]]]:
    """The headers and first rows of a CSV or Excel file, for setting the columns."""
    with opened(address, TableError) as stream:
        start = cast(io.BufferedReader, stream).peek(4096)[:4096]
        _check_beginning(start)
        found = list(islice(_with_headers(_cells(stream, start)), count))
    return (list(found[0][1]) if found else []), [row for _, row, _ in found]


def _table(stream: io.BufferedReader, start: bytes, context: Context) -> Iterator[tuple[int, dict[str, Any], str]]:
    checked, number = context.columns is not None, 0
    for number, row, problem in _with_headers(_cells(stream, start)):
        if not checked and not any(field.startswith("name") for field in guess_mapping(row).values()):
            raise TableError("no_name_column", NO_NAME_COLUMN.format(headers=", ".join(row)[:300]))
        checked = True
        yield number, row, problem
    if not number:
        raise TableError("no_rows", NO_ROWS)


def _cells(stream: BinaryIO, start: bytes) -> Iterator[Cells]:
    return _excel(stream) if start.startswith(EXCEL) else csv_rows(stream)


def _excel(stream: BinaryIO) -> Iterator[Cells]:
    """An archive is read from its end, so it is first put where one can jump."""
    with SpooledTemporaryFile(max_size=8 * 1024 * 1024) as file:
        size = 0
        while piece := stream.read(1024 * 1024):
            size += len(piece)
            if size > MAX_UNPACKED:
                raise StreamError("too_large", f"over {MAX_UNPACKED} bytes")
            file.write(piece)
        file.seek(0)
        yield from xlsx_rows(file)  # type: ignore[arg-type]  # a temporary file is a binary file


def _with_headers(cells: Iterable[Cells]) -> Iterator[tuple[int, dict[str, Any], str]]:
    """Rows by header.  The header is the row, of the first twenty, whose words are best understood."""
    rest = iter(cells)
    first = [row for row in islice(rest, HEADER_ROWS) if any(cell != "" for cell in row[1]) or row[2]]
    if not first:
        return
    best = max(range(len(first)), key=lambda at: (len(guess_mapping(map(str, first[at][1]))), -at))
    headers = _named(first[best][1])
    for number, row, problem in chain(first[best + 1 :], rest):
        if problem or any(cell != "" for cell in row):
            yield number, dict(zip(headers, [*row, *[""] * (len(headers) - len(row))], strict=False)), problem


def _named(cells: list[Any]) -> list[str]:
    """Header texts, each once; an empty one gets its place's name."""
    names: list[str] = []
    width = max((place for place, cell in enumerate(cells, 1) if cell != ""), default=0)
    for place, cell in enumerate(cells[:width], 1):
        name = " ".join(str(cell).split())[:100] or f"Sarake {place}"
        names.append(name if name not in names else f"{name} ({place})")
    return names


def _json(stream: io.BufferedReader, start: bytes, context: Context) -> Iterator[RawRow]:
    """JSON lines without places need no parsing to be told unchanged; all else is parsed."""
    if BEGINNING.match(start.removeprefix(b"\xef\xbb\xbf").lstrip()) and b"\n" in start:
        yield from _lines(stream, context)
        return
    found = to_the_end(rows(stream), "JSON", TableError)
    parsed = ((number, row if isinstance(row, dict) else {}, _reason(row)) for number, row in found)
    yield from _places_apart(parsed, context)


def _lines(stream: io.BufferedReader, context: Context) -> Iterator[RawRow]:
    keyed = _columns_key(context)
    seen: set[str] = set()
    for number, found in raw_lines(stream):
        if isinstance(found, BadRow):
            yield RawRow(number, "", "", None, b"", ROW_REASONS[found.reason])
            continue
        raw = found.strip().removeprefix(b"\xef\xbb\xbf")
        match = BEGINNING.match(raw)
        if match and not PLACE_WORDS.search(raw):
            yield RawRow(number, match[1].decode(), "row", None, raw + keyed)
        else:
            yield from _split(number, *_parsed(raw), context, seen)


def _parsed(raw: bytes) -> tuple[dict[str, Any], str]:
    try:
        value = json.loads(raw)
    except UnicodeDecodeError:
        return {}, ROW_REASONS["bad_encoding"]
    except (ValueError, RecursionError):
        return {}, ROW_REASONS["bad_json"]
    return (value, "") if isinstance(value, dict) else ({}, ROW_REASONS["not_an_object"])


def _places_apart(found: Iterable[tuple[int, dict[str, Any], str]], context: Context) -> Iterator[RawRow]:
    seen: set[str] = set()
    for number, row, problem in found:
        yield from _split(number, row, problem, context, seen)


def _split(number: int, row: dict[str, Any], problem: str, context: Context, seen: set[str]) -> Iterator[RawRow]:
    """The row's place, when it is the first to name it, and then the row."""
    if problem:
        yield RawRow(number, "", "", None, b"", problem)
        return
    fields = fields_of(row, context)
    place = place_key(fields)
    if place and place not in seen:
        seen.add(place)
        columns = context.columns or guess_mapping(row)
        own = {header: value for header, value in row.items() if columns.get(header) in PLACE_FIELDS}
        yield RawRow(number, place, "place", own, digest_source(own), name=line(fields.get("place")) or line(fields.get("address")))
    row_id = row_key(fields)
    problem = "" if row_id else "Riviltä puuttuu tunniste ja nimi."
    called = "" if line(fields.get("id")) else line(fields.get("name")) or line(fields.get("name:sv"))
    yield RawRow(number, row_id, "row", row, digest_source(row) + _columns_key(context), problem, name=called)


def _columns_key(context: Context) -> bytes:
    """A mapping that a coordinator changed makes every row look changed."""
    return b"\n" + json.dumps(context.columns, sort_keys=True).encode() if context.columns else b""


def _reason(row: dict[str, Any] | BadRow) -> str:
    return ROW_REASONS[row.reason] if isinstance(row, BadRow) else ""
