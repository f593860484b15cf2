"""I/O: GPX and GeoJSON from a file or an address, shape by shape.

A coordinate system may be declared after the shapes, so GeoJSON is copied to a
temporary file and looked through for it first.  GPX is read as it comes; a long track is
thinned while it is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from io import BufferedReader
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO, cast
from urllib.parse import unquote, urlsplit

from mukana.importers.adapter import Context, RawRow, SourceError
from mukana.importers.geo.tracks import Track, gpx_shapes
from mukana.importers.opening import ROW_REASONS, digest_source, is_url, opened, to_the_end, told_as
from mukana.importers.values import as_dict, identifier, line
from mukana.importers.xmlevents import XmlTrouble
from mukana.lib.jsonrows import BadRow, rows

HEAD = 4096
COPIED_AT_ONCE = 1024 * 1024
OVERLAP = 1024
CRS = re.compile(rb'"crs"\s*:\s*\{[^{}]{0,200}\{[^{}]{0,200}?"name"\s*:\s*"([^"]{1,200})"')
IDS = ("id", "fid", "objectid", "gml_id", "uuid", "@id", "tunnus", "kohde_id", "gid")
FILE_ENDINGS = re.compile(r"(?:\.(?:gpx|geojson|json|gz|xml))+$", re.IGNORECASE)
SENTENCES = {
    "not_geo": "Aineistossa ei ole GPX- eikä GeoJSON-muotoa vaan {what}: {address}",
    "broken": "Tiedosto on rikki, ja loppu jäi lukematta: {address}",
    "bomb": "Tiedosto sisältää XML-määrittelyjä, jotka voivat olla haitallisia, joten sitä ei luettu: {address}",
    "too_large": "Tiedostossa on liian pitkä kohta, ja loppu jäi lukematta: {address}",
}


class GeoError(SourceError):
    """The file could not be read."""


def read(address: str, context: Context) -> Iterator[RawRow]:
    """Rows of a GPX or GeoJSON file, told apart by how it begins."""
    with opened(address, GeoError) as stream:
        head = cast(BufferedReader, stream).peek(HEAD)[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
        if head.startswith(b"<") or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            yield from _gpx(stream, address)
        elif head.startswith((b"{", b"[", b"\x1e")):
            yield from _geojson(stream, address)
        else:
            raise GeoError("not_geo", SENTENCES["not_geo"].format(what="jotain muuta", address=address))


def file_stem(address: str) -> str:
    """The name of the file without its endings; of an address, its last step or its host."""
    if not is_url(address):
        return FILE_ENDINGS.sub("", address.replace("\\", "/").rpartition("/")[2])[:80]
    parts = urlsplit(address)
    return FILE_ENDINGS.sub("", PurePosixPath(unquote(parts.path)).name)[:80] or (parts.hostname or "")[:80]


def _gpx(stream: BinaryIO, address: str) -> Iterator[RawRow]:
    ids = _Ids(file_stem(address))
    number = 0
    try:
        for number, track in enumerate(gpx_shapes(stream), 1):
            if track is None:
                raise GeoError("not_geo", SENTENCES["not_geo"].format(what="verkkosivu tai muu XML", address=address))
            row_id = ids.of(track.kind, track.name)
            yield RawRow(number, row_id, track.kind, _track_data(track, ids.stem), track.digest())
    except XmlTrouble as error:
        raise GeoError(error.code, SENTENCES[error.code].format(address=address)) from error


def _track_data(track: Track, stem: str) -> dict[str, Any]:
    return {"feature": track.feature(), "crs": "EPSG:4326", "file": stem, "length_m": track.length_m}


def _geojson(stream: BinaryIO, address: str) -> Iterator[RawRow]:
    ids = _Ids(file_stem(address))
    with TemporaryFile() as copy:
        crs = _copied(stream, copy)
        with told_as(GeoError, address):
            for number, row in to_the_end(rows(cast(BinaryIO, copy)), address, GeoError):
                yield _row(number, row, crs, ids)


def _copied(stream: BinaryIO, copy: IO[bytes]) -> str:
    """Copy the file, and find the coordinate system it declares for all its shapes."""
    found, tail = "", b""
    while piece := stream.read(COPIED_AT_ONCE):
        copy.write(piece)
        told = None if found else CRS.search(tail + piece)
        found = told[1].decode("utf-8", "replace") if told else found
        tail = piece[-OVERLAP:]
    copy.seek(0)
    return found


def _row(number: int, row: dict[str, Any] | BadRow, crs: str, ids: _Ids) -> RawRow:
    if isinstance(row, BadRow):
        return RawRow(number, "", "", None, b"", ROW_REASONS[row.reason])
    properties = {key.casefold(): value for key, value in as_dict(row.get("properties")).items()}
    told = identifier(row.get("id")) or next((found for key in IDS if (found := identifier(properties.get(key)))), "")
    name = line(properties.get("name") or properties.get("nimi"), 80)
    row_id = ids.of("id" if told else "name", told or name)
    data = {"feature": row, "crs": crs, "file": ids.stem}
    return RawRow(number, row_id, "feature", data, digest_source(row, crs, ids.stem))


class _Ids:
    """Ids of shapes that have none: the file, the kind and the name, numbered when they are the same."""

    def __init__(self, stem: str) -> None:
        self.stem = stem
        self._given: Counter[bytes] = Counter()

    def of(self, kind: str, name: str) -> str:
        row_id = f"{self.stem}:{kind}:{name}" if kind != "id" else f"{self.stem}:{name}"
        if len(row_id) > 180:
            row_id = f"{row_id[:140]}:{blake2b(row_id.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"
        if kind == "id":
            return row_id  # a repeated id is the file's own fault and is told
        key = blake2b(row_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self._given[key] += 1
        return row_id if self._given[key] == 1 else f"{row_id}#{self._given[key]}"
