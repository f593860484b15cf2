"""I/O: rows of JSON out of a stream, one at a time, in whatever wrapping they come.

JSON lines, a bare array, a page with its rows under a key ("data", "itemList",
"items" …) and one object alone are told apart by the beginning of the stream.
A row that cannot be read comes as a BadRow in its place, and the rows before it are
kept.  JSON lines go on after a bad row; an array or a page ends at it, as nobody knows
where the next row would begin.  (An integer over 64 bits is such a fault in an array.)
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NoReturn, Protocol

import ijson

from mukana.lib.http import MEGABYTE
from mukana.lib.jsonvalues import values
from mukana.lib.streams import StreamError

MAX_ROW_BYTES = 8 * MEGABYTE
_HEAD = 256 * 1024  # at most this much is looked at to tell the wrapping
_LINE_BUFFER = 64 * 1024
_OPEN_ENDED = re.compile(rb"[{\[,:]\s*$")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read: `reason` is bad_json, bad_encoding, too_large or not_an_object.

    After a `last` one nothing more can be read.
    """

    reason: str
    detail: str = ""
    last: bool = field(default=False, compare=False)


Row = tuple[int, dict[str, Any] | BadRow]


class Lines(Protocol):
    """All that reading lines needs of a stream."""

    def readline(self, size: int = -1, /) -> bytes: ...


def rows(stream: BinaryIO, max_row_bytes: int = MAX_ROW_BYTES) -> Iterator[Row]:
    """Objects with their row number from 1 (a line's number in JSON lines).

    Raises StreamError: "encoding" when the text is UTF-16 or Latin-1 from the start,
    "not_json" when it is a web page.
    """
    source = _Peekable(stream)
    source.skip(check_beginning(source.head))
    if _is_lines(source.head, source.head_is_all):
        yield from _line_rows(source, max_row_bytes)
    else:
        yield from _document_rows(source, max_row_bytes)


def raw_lines(stream: Lines, max_row_bytes: int = MAX_ROW_BYTES) -> Iterator[tuple[int, bytes | BadRow]]:
    """Lines as bytes with their number; empty ones left out, too long ones as BadRow unread."""
    number = 0
    while line := stream.readline(max_row_bytes + 1):
        number += 1
        if len(line) > max_row_bytes and not line.endswith(b"\n"):
            while (rest := stream.readline(_LINE_BUFFER)) and not rest.endswith(b"\n"):
                continue
            yield number, BadRow("too_large", f"over {max_row_bytes} bytes")
        elif not line.isspace():
            yield number, line


class _Peekable:
    """A stream with its beginning looked at; counts what is read since the last row."""

    def __init__(self, stream: BinaryIO) -> None:
        self.head = stream.read(_HEAD)
        self.head_is_all = len(self.head) < _HEAD
        self._stream = stream
        self._at = 0
        self.since_row = 0
        self.max_row: int | None = None

    def skip(self, count: int) -> None:
        self.head = self.head[count:]

    def read(self, size: int = -1) -> bytes:
        piece = self.head[self._at :] if size < 0 else self.head[self._at : self._at + size]
        self._at += len(piece)
        if not piece:
            piece = self._stream.read(size)
        self.since_row += len(piece)
        if self.max_row is not None and self.since_row > self.max_row:
            raise _RowTooLarge
        return piece

    def readline(self, size: int = -1, /) -> bytes:
        if self._at >= len(self.head):
            return self._stream.readline(size)
        end = self.head.find(b"\n", self._at) + 1
        if end:
            line = self.head[self._at : min(end, self._at + size)]
            self._at += len(line)
            return line
        line = self.head[self._at : self._at + size]
        self._at += len(line)
        return line + self._stream.readline(size - len(line)) if len(line) < size else line


class _RowTooLarge(Exception):
    pass


def check_beginning(head: bytes) -> int:
    """The length of a byte order mark to pass over; refuses other encodings than UTF-8, and web pages.

    Raises StreamError "encoding" or "not_json".
    """
    if head.lstrip().startswith(b"<"):
        raise StreamError("not_json", "the source gave HTML or XML")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in head[:4]:
        raise StreamError("encoding", "UTF-16 or UTF-32; save the file as UTF-8")
    decoder = codecs.getincrementaldecoder("utf-8")()
    first_lines = head[:_LINE_BUFFER]
    try:
        decoder.decode(first_lines)
    except UnicodeDecodeError as error:
        if first_lines.count(b"\n", 0, error.start) == 0:
            raise StreamError("encoding", "not UTF-8 (Latin-1?); save the file as UTF-8") from error
    return len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0


def _is_lines(head: bytes, head_is_all: bool) -> bool:
    """JSON lines: the first line is whole and something follows it."""
    if not head.strip():
        return True
    first, newline, rest = head.lstrip().partition(b"\n")
    if not newline or first.startswith(b"["):
        return False
    if not rest.strip() and head_is_all:
        return False
    return not _OPEN_ENDED.search(first)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def _line_rows(source: _Peekable, max_row_bytes: int) -> Iterator[Row]:
    for number, line in raw_lines(source, max_row_bytes):
        yield number, line if isinstance(line, BadRow) else _parsed(line)


def _parsed(line: bytes) -> dict[str, Any] | BadRow:
    try:
        value = _DECODER.decode(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return BadRow("bad_encoding", f"not UTF-8 at byte {error.start + 1}")
    except (ValueError, RecursionError) as error:
        return BadRow("bad_json", str(error))
    return _an_object(value)


def _an_object(value: object) -> dict[str, Any] | BadRow:
    return value if isinstance(value, dict) else BadRow("not_an_object", type(value).__name__)


def _document_rows(source: _Peekable, max_row_bytes: int) -> Iterator[Row]:
    number = 0
    source.max_row = max_row_bytes + 2 * _LINE_BUFFER
    try:
        for value in values(ijson.basic_parse(source, use_float=True, buf_size=_LINE_BUFFER, multiple_values=True)):
            number += 1
            source.since_row = 0
            yield number, _an_object(value)
    except _RowTooLarge:
        yield number + 1, BadRow("too_large", f"over {max_row_bytes} bytes", last=True)
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
        reason = "bad_encoding" if isinstance(error, UnicodeDecodeError) or "UTF-8" in str(error) else "bad_json"
        yield number + 1, BadRow(reason, " ".join(str(error).split())[:200], last=True)
