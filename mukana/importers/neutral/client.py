"""I/O: neutral JSON lines, one object a line, `kind` and `id` in each."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from hashlib import blake2b
from io import BufferedReader
from typing import Any, BinaryIO, cast

from mukana.importers.adapter import Context, RawRow, SourceError
from mukana.importers.opening import ROW_REASONS, opened
from mukana.importers.values import as_dict, identifier, line
from mukana.lib.jsonrows import BadRow, check_beginning, raw_lines

# What nearly every row begins with; a row that does not is parsed instead.
BEGINNING = re.compile(rb'\{\s*"kind"\s*:\s*"([a-z]+)"\s*,\s*"id"\s*:\s*"([^"\\\x80-\xff]{1,200})"')
HEAD = 64 * 1024  # looked at for the encoding
POINTED_AT = ("municipality", "keyword")


class NeutralError(SourceError):
    """The file could not be read."""


def read(address: str, context: Context) -> Iterator[RawRow]:
    """Rows of a JSON lines file; municipalities and keywords are also kept in `context.names`.

    Events name keywords by id, so a changed keyword must make them look changed:
    their digest source carries the state of the names read so far.
    """
    with opened(address, NeutralError) as stream:
        check_beginning(cast(BufferedReader, stream).peek(HEAD)[:HEAD])
        yield from rows(stream, context)


def rows(stream: BinaryIO, context: Context) -> Iterator[RawRow]:
    """The same of an open stream."""
    known, salt = blake2b(digest_size=16), b"\n"
    for number, found in raw_lines(stream):
        if isinstance(found, BadRow):
            yield RawRow(number, "", "", None, b"", ROW_REASONS[found.reason])
            continue
        raw = found.strip().removeprefix(BOM_UTF8)
        match = BEGINNING.match(raw)
        if match and match[1] == b"event":
            yield RawRow(number, match[2].decode(), "event", None, raw + salt)
            continue
        row = _parsed(number, raw, salt)
        if row.kind in POINTED_AT and row.data is not None:
            context.names[f"{row.kind}:{row.row_id}"] = row.data
            known.update(raw)
            salt = b"\n" + known.digest().hex().encode()
        yield row


def _parsed(number: int, raw: bytes, salt: bytes) -> RawRow:
    try:
        data: Any = json.loads(raw)
    except UnicodeDecodeError:
        return RawRow(number, "", "", None, raw, ROW_REASONS["bad_encoding"])
    except (ValueError, RecursionError):
        return RawRow(number, "", "", None, raw, ROW_REASONS["bad_json"])
    if not isinstance(data, dict):
        return RawRow(number, "", "", None, raw, ROW_REASONS["not_an_object"])
    row = as_dict(data)
    kind, row_id = line(row.get("kind"), 40), identifier(row.get("id"))
    problem = "" if row_id else "Riviltä puuttuu tunniste (id)."
    return RawRow(number, row_id, kind, row, raw + (salt if kind == "event" else b""), problem)
