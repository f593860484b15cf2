"""I/O: schema.org from a page's `<script type="application/ld+json">`, a JSON-LD file, JSON lines or a folder of them.

A place or an organiser that stands inside an event becomes a row of its own, once in a run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, cast

from mukana.importers.adapter import Context, RawRow, SourceError
from mukana.importers.jsonld.mapping import organiser, physical, reference
from mukana.importers.jsonld.nodes import event_id, kind_of, node_id, organisation_id, place_id, rows_in
from mukana.importers.jsonld.pages import blocks, decoded, parse
from mukana.importers.opening import FILES, ROW_REASONS, SENTENCES, digest_source, is_url, opened, to_the_end
from mukana.importers.values import as_dict, line
from mukana.lib.http import MEGABYTE
from mukana.lib.jsonrows import BadRow, rows

MAX_PAGE_BYTES = 20 * MEGABYTE
PAGES = (*FILES, ".html", ".htm", ".jsonld")
NO_TYPE = "Rivillä ei ole schema.orgin tyyppiä (@type)."


class JsonLdError(SourceError):
    """A page or a file of schema.org could not be read."""


def read(address: str, _context: Context) -> Iterator[RawRow]:
    """The rows of a page, a file or every file of a folder."""
    reader = Splitter()
    number = 0
    for file in files_in(address):
        with opened(file, JsonLdError) as stream:
            base = file if is_url(file) else ""
            is_page = cast(BufferedReader, stream).peek(512)[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
            for found in _page(stream, file) if is_page else _file(stream, file):
                number += 1
                yield from reader.document(number, found, base) if not isinstance(found, str) else [refused(number, found)]


def files_in(address: str) -> list[str]:
    """The pages and files of a folder by name; the address itself when it is no folder."""
    if is_url(address) or not Path(address).is_dir():
        return [address]
    found = sorted(str(file) for file in Path(address).iterdir() if file.name.lower().endswith(PAGES))
    if not found:
        raise JsonLdError("empty_folder", f"{SENTENCES['empty_folder']}: {address}")
    return found


def _page(stream: BinaryIO, address: str) -> Iterator[Any]:
    """The documents of a web page; a sentence in place of one that cannot be read."""
    body = stream.read(MAX_PAGE_BYTES + 1)
    if len(body) > MAX_PAGE_BYTES:
        raise JsonLdError("too_large", f"Sivu on liian suuri (yli 20 megatavua): {address}")
    found = blocks(decoded(body))
    if not found:
        raise JsonLdError("no_blocks", f"Sivulla ei ole koneluettavia tietoja (schema.org JSON-LD). Onko osoite oikea? {address}")
    rowless = True
    for number, text in enumerate(found, 1):
        document = parse(text)
        if isinstance(document, str):
            rowless = False
            yield f"Sivun JSON-LD-lohko {number} ei ole kelvollista JSON-muotoa ({document})."
        elif next(rows_in(document), None):
            rowless = False
            yield document
    if rowless:
        raise JsonLdError("no_rows", f"Sivun JSON-LD-tiedoissa ei ole tapahtumia, kursseja eikä paikkoja: {address}")


def _file(stream: BinaryIO, address: str) -> Iterator[Any]:
    for _, row in to_the_end(rows(stream), address, JsonLdError):
        if isinstance(row, BadRow):
            yield ROW_REASONS[row.reason]
        else:
            yield row if next(rows_in(row), None) or row.get("@type") else NO_TYPE


def refused(number: int, reason: str) -> RawRow:
    """A row that could not be read."""
    return RawRow(number, "", "", None, b"", reason)


class Splitter:
    """Rows out of documents; what stands inside several events is told once."""

    def __init__(self) -> None:
        self._told: set[str] = set()
        self._starts: dict[str, str] = {}

    def document(self, number: int, document: Any, base: str) -> Iterator[RawRow]:
        """Every row of a document.  Events that share one address are happenings of one entry."""
        nodes = sorted(rows_in(document), key=lambda node: kind_of(node) in ("event", "course"))  # what events point at comes first
        shared = Counter(event_id(node, base) for node in nodes if kind_of(node) == "event" and not node_id(node, base))
        for node in nodes:
            if kind_of(node) in ("event", "course"):
                yield from self.inner(number, node, base)
                yield self._event(number, node, base, shared)
            elif kind_of(node) == "place":
                yield from self._once(number, place_id(node, base), "place", node, base)
            else:
                yield from self._once(number, organisation_id(node, base), "organisation", node, base)

    def inner(self, number: int, node: dict[str, Any], base: str) -> Iterator[RawRow]:
        """The place and the organiser inside an event, when more than their id is told."""
        where, who = physical(node), organiser(node)
        if (isinstance(where, str) and not where.startswith("http")) or len(as_dict(where)) > 2 or as_dict(where).get("address"):
            yield from self._once(number, reference(where, base), "place", where, base)
        if isinstance(who, str) and not who.startswith("http"):
            who = {"@type": "Organization", "name": who}
        if as_dict(who).get("name"):
            yield from self._once(number, organisation_id(as_dict(who), base), "organisation", who, base)

    def _once(self, number: int, row_id: str, kind: str, node: Any, base: str) -> Iterator[RawRow]:
        if row_id not in self._told:
            self._told.update({row_id} - {""})
            yield raw(number, row_id, kind, {"node": node, "base": base})

    def _event(self, number: int, node: dict[str, Any], base: str, shared: Counter[str]) -> RawRow:
        row_id, start, series = event_id(node, base), line(node.get("startDate"), 60), ""
        if not node_id(node, base) and shared[row_id] > 1:
            series, row_id = row_id, f"{row_id}#{start}"[-200:]
        elif self._starts.setdefault(row_id, start) != start:
            row_id = f"{row_id}#{start}"[-200:]
        return raw(number, row_id, kind_of(node), {"node": node, "base": base, "series": series})


def raw(number: int, row_id: str, kind: str, data: dict[str, Any]) -> RawRow:
    """A row with its digest."""
    return RawRow(number, row_id, kind, data, digest_source(data), "" if row_id else "Riviltä puuttuu tunniste, osoite ja nimi.")
