"""I/O: the open data of another Mukana site, as a dump served by it, a file or a folder of an export.

A dump that this site itself has given, and records it gave to others, are not taken back.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from mukana.formats.exchange import DUMP, ExchangeError, Header, header, is_header, site_id
from mukana.importers.adapter import Context, RawRow, SourceError
from mukana.importers.opening import ROW_REASONS, SENTENCES, digest_source, is_url, opened, to_the_end
from mukana.importers.values import as_list, identifier, line
from mukana.lib.jsonrows import BadRow, rows

NO_HEADER = "Aineisto ei ole Mukanan siirtotiedosto: ensimmäinen rivi ei ole sen otsikko"
OTHER_VERSION = "Siirtotiedosto on muotoa, jota tämä versio ei osaa lukea"
OWN = "Aineisto on tämän sivuston oma, joten sitä ei tuoda takaisin"
NO_ID = "Riviltä puuttuu tunniste (id)."
PIECE = 8  # characters of the giver's id before each row's own


class AnotherError(SourceError):
    """The dump of another Mukana could not be read."""


def read(address: str, _context: Context) -> Iterator[RawRow]:
    """The records of every dump at the address; the header is no row."""
    own = site_id(settings.BASE_URL)
    for file in dumps(address):
        with opened(file, AnotherError) as stream:
            found = to_the_end(rows(stream), file, AnotherError)
            giver = _giver(next(found, None), own, file)
            for number, row in found:
                yield _row(number, row, giver, own)


def dumps(address: str) -> list[str]:
    """What to read: the file, the dump of a site by its address, or the dumps of a folder."""
    if is_url(address):
        return [address if ".jsonl" in urlsplit(address).path else f"{address.rstrip('/')}/{DUMP}"]
    folder = Path(address)
    if not folder.is_dir():
        return [address]
    found = [str(file) for file in sorted(folder.iterdir()) if file.name.endswith((".jsonl", ".jsonl.gz")) and _begins_well(str(file))]
    if not found:
        raise AnotherError("empty_folder", f"{SENTENCES['empty_folder']}: {address}")
    return found


def _begins_well(file: str) -> bool:
    """An export has other files too; the dump is known by its header."""
    try:
        with opened(file, AnotherError) as stream:
            _, first = next(rows(stream), (0, BadRow("empty")))
    except AnotherError:
        return False
    return isinstance(first, dict) and is_header(first)


def _giver(first: tuple[int, dict[str, Any] | BadRow] | None, own: str, file: str) -> Header:
    row = first[1] if first else None
    if not isinstance(row, dict) or not is_header(row):
        raise AnotherError("no_header", f"{NO_HEADER}: {file}")
    try:
        giver = header(row)
    except ExchangeError as problem:
        raise AnotherError("version", f"{OTHER_VERSION}: {file}") from problem
    if giver.site == own:
        raise AnotherError("own", f"{OWN}: {file}")
    return giver


def _row(number: int, row: dict[str, Any] | BadRow, giver: Header, own: str) -> RawRow:
    if isinstance(row, BadRow):
        return RawRow(number, "", "", None, b"", ROW_REASONS[row.reason])
    given, prefix = identifier(row.get("id")), f"{giver.site[:PIECE]}:"
    row_id = f"{prefix}{given}" if given and len(given) <= 180 else ""
    if not row_id:
        return RawRow(number, "", "", None, b"", NO_ID)
    if own in as_list(row.get("sites")):
        return RawRow(number, row_id, "", {}, b"our own", gone=True)
    data = {"line": row, "prefix": prefix, "giver": line(giver.name, 120)}
    return RawRow(number, row_id, line(row.get("type"), 20), data, digest_source(data))
