"""I/O: PTV (Suomi.fi service catalogue) from its API, its files or a folder of both.

Organisations, general descriptions, channels and services point at each other, so
they are read in that order.  What a service needs of its channels is joined to its
row here and is part of its digest: a channel that moves makes its services change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from mukana.importers.adapter import Context, RawRow, SourceError
from mukana.importers.opening import ROW_REASONS, digest_source, files_in, is_url, json_rows
from mukana.importers.ptv.shapes import CHANNELS_READ, kind_of, linked_channels, linked_services, row_id_of
from mukana.importers.values import as_dict, identifier, unique, whole
from mukana.lib.jsonrows import BadRow

ORDER = ("organisation", "pilot_organisation", "general_description", "channel", "pilot_place", "service", "pilot_service")
LISTS = ("Organization/list/area", "ServiceChannel/list/area", "Service/list/area")


class PtvError(SourceError):
    """PTV could not be read."""


def read(address: str, context: Context) -> Iterator[RawRow]:
    """Rows of everything at the address.

    An address such as `https://…/api/v11?municipality=297` reads all three lists of
    that municipality; any other address is read as it is, page by page.
    """
    places = addresses(address)
    reader = _Reader(context)
    number = 0
    for place in sorted(places, key=_order) if len(places) > 1 and not is_url(address) else places:
        for _, row in json_rows(place, PtvError, next_page):
            number += 1
            yield reader.row(number, row)


def addresses(address: str) -> list[str]:
    """What to read: the files of a folder, the lists of a municipality, or the address itself."""
    parts = urlsplit(address)
    code = parse_qs(parts.query).get("municipality", [""])[0]
    if not is_url(address) or not code or "/list/" in parts.path:
        return files_in(address, PtvError)
    base = parts.path.rstrip("/")
    return [urlunsplit(parts._replace(path=f"{base}/{name}/Municipality/code/{code}", query="")) for name in LISTS]


def next_page(page: dict[str, Any], url: str) -> str:
    """The address of the following page, "" after the last."""
    current, last = whole(page.get("pageNumber"), 1, 100_000), whole(page.get("pageCount"), 1, 100_000)
    if current is None or last is None or current >= last:
        return ""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=urlencode(dict(parse_qsl(parts.query)) | {"page": str(current + 1)})))


def _order(file: str) -> int:
    """Where a file stands, by its first row; trouble is met when it is read."""
    try:
        first = next(json_rows(file, PtvError, next_page), None)
    except PtvError:
        return len(ORDER)
    kind = kind_of(first[1]) if first and isinstance(first[1], dict) else ""
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


class _Reader:
    """Keeps channels and general descriptions for the services that come after them."""

    def __init__(self, context: Context) -> None:
        self._names = context.names

    def row(self, number: int, row: dict[str, Any] | BadRow) -> RawRow:
        if isinstance(row, BadRow):
            return RawRow(number, "", "", None, b"", ROW_REASONS[row.reason])
        kind, row_id = kind_of(row), row_id_of(row)
        if kind in ("channel", "pilot_place"):
            self._keep_channel(row_id, row)
        elif kind == "general_description":
            self._names[f"general:{row_id}"] = row
        elif kind in ("service", "pilot_service"):
            row = row | self._joined(row_id, row)
        problem = "" if row_id else "Riviltä puuttuu tunniste (id)."
        return RawRow(number, row_id, kind, row, digest_source(row), problem)

    def _keep_channel(self, row_id: str, row: dict[str, Any]) -> None:
        self._names[f"channel:{row_id}"] = row
        self._names.setdefault(CHANNELS_READ, {})
        for service in linked_services(row):
            self._names.setdefault(f"channels of:{service}", {})[row_id] = True

    def _joined(self, row_id: str, row: dict[str, Any]) -> dict[str, Any]:
        """Channels told by either side, whole where they were read; and the general description."""
        told = unique((*linked_channels(row), *as_dict(self._names.get(f"channels of:{row_id}"))))
        known = {channel: as_dict(self._names.get(f"channel:{channel}")) for channel in told}
        general = self._names.get(f"general:{identifier(row.get('generalDescriptionId'))}")
        return {"joined_channels": known, "joined_general": general}
