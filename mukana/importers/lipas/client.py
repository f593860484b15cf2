"""I/O: LIPAS sports places from a file or the API, versions 1 and 2.

Version 1 is a list, version 2 a page `{"items": […], "pagination": {…}}` with
kebab-case keys.  Both may also be JSON lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from mukana.importers.adapter import Context, RawRow, SourceError
from mukana.importers.opening import ROW_REASONS, digest_source, json_rows
from mukana.importers.values import as_dict, identifier, whole
from mukana.lib.jsonrows import BadRow


class LipasError(SourceError):
    """LIPAS could not be read."""


def read(address: str, context: Context) -> Iterator[RawRow]:
    """Rows of a file or of an address with all its pages."""
    for number, row in json_rows(address, LipasError, next_page):
        yield _raw(number, row)


def next_page(page: dict[str, Any], url: str) -> str:
    """The address of the page after this one, "" after the last."""
    pagination = as_dict(page.get("pagination"))
    current, last = (whole(pagination.get(key), 1, 100_000) for key in ("current-page", "total-pages"))
    if current is None or last is None or current >= last:
        return ""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query)) | {"page": str(current + 1)}
    return urlunsplit(parts._replace(query=urlencode(query)))


def _raw(number: int, row: dict[str, Any] | BadRow) -> RawRow:
    if isinstance(row, BadRow):
        return RawRow(number, "", "", None, b"", ROW_REASONS[row.reason])
    row_id = identifier(row.get("lipas-id")) or identifier(row.get("sportsPlaceId"))
    problem = "" if row_id else "Riviltä puuttuu LIPAS-tunniste (lipas-id tai sportsPlaceId)."
    return RawRow(number, row_id, "sports_place", row, digest_source(row), problem)
