"""I/O: HSDS from its API, its JSON in whatever wrapping, its CSV tables, and the older shapes before it.

A location or an organisation that stands inside a service becomes a row of its own, once in a run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from mukana.importers.adapter import Context, RawRow, SourceError
from mukana.importers.hsds import older, tables
from mukana.importers.hsds.places import organisation_row, place_row
from mukana.importers.opening import FILES, ROW_REASONS, digest_source, files_in, is_url, json_rows, opened
from mukana.importers.values import as_dict, dicts, identifier, line, whole
from mukana.lib.http import MEGABYTE
from mukana.lib.jsonrows import BadRow

LISTS = ("services", "organizations", "service_at_locations", "locations", "taxonomies", "taxonomy_terms")
MAX_ZIP = 512 * MEGABYTE
SERVICE_KEYS = frozenset((
    "status", "organization_id", "organization", "service_at_locations", "eligibility_description", "application_process", "cost_options",
    "interpretation_services", "assured_date",
))  # fmt: skip
PLACE_KEYS = frozenset({"location_type", "latitude", "addresses", "transportation"})
ORGANISATION_KEYS = frozenset({"website", "legal_status", "tax_status", "locations", "year_incorporated", "parent_organization_id", "uri"})
TERM_KEYS = frozenset({"term_uri", "taxonomy", "parent_id", "taxonomy_id"})
NOT_HSDS = "Rivi ei ole HSDS-palvelu, -paikka eikä -organisaatio."
NO_ID = "Riviltä puuttuu tunniste (id)."


class HsdsError(SourceError):
    """HSDS could not be read."""


def read(address: str, _context: Context) -> Iterator[RawRow]:
    """The services at the address with their places and organisations."""
    splitter = _Splitter()
    for number, row in enumerate(_documents(address), 1):
        yield from splitter.rows(number, row)


def _documents(address: str) -> Iterator[dict[str, Any] | BadRow]:
    path = Path(address)
    if not is_url(address) and path.is_dir() and tables.names_in(path):
        yield from tables.services(tables.from_folder(path))
    elif urlsplit(address).path.lower().endswith(".zip"):
        yield from _packed(address)
    else:
        for file in files_in(address, HsdsError):
            for _, row in json_rows(_listed(file), HsdsError, next_page):
                yield row


def _packed(address: str) -> Iterator[dict[str, Any]]:
    """A zip of tables: a zip is read from its end, so what comes from the network is put down first."""
    with opened(address, HsdsError) as stream, tempfile.SpooledTemporaryFile(max_size=16 * MEGABYTE) as kept:
        size = 0
        while piece := stream.read(MEGABYTE):
            size += kept.write(piece)
            if size > MAX_ZIP:
                raise HsdsError("too_large", f"Aineisto on liian suuri: {address}")
        kept.seek(0)
        yield from tables.services(tables.from_zip(kept, address))  # type: ignore[arg-type]  # a temporary file is one to read


def _listed(address: str) -> str:
    """The list of whole services, when only the beginning of an API is told."""
    parts = urlsplit(address)
    if not is_url(address) or parts.path.lower().endswith(FILES):
        return address
    base = parts.path.rstrip("/")
    asked = dict(parse_qsl(parts.query))
    if not set(base.split("/")) & set(LISTS):
        base = f"{base}/services"
    if base.endswith("/services"):
        asked = {"full": "true"} | asked
    return urlunsplit(parts._replace(path=base, query=urlencode(asked)))


def next_page(page: dict[str, Any], url: str) -> str:
    """The address of the following page, "" after the last.  Raises HsdsError when the server gives another page than was asked."""
    current, last = whole(page.get("page_number"), 0, 1_000_000), whole(page.get("total_pages"), 0, 1_000_000)
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    wanted = whole(asked.get("page"), 0, 1_000_000)
    if wanted is not None and current is not None and current != wanted:
        raise HsdsError("loop", f"Palvelin antaa saman sivun uudelleen, joten lukeminen lopetettiin: {url}")
    if current is None or last is None or current >= last or page.get("last_page") is True:
        return ""
    return urlunsplit(parts._replace(query=urlencode(asked | {"page": str(current + 1)})))


def kind_of(row: dict[str, Any]) -> str:
    """service, service_at_location, place, organisation, term or ""."""
    if isinstance(row.get("service"), dict) or ("service_id" in row and "location_id" in row):
        return "service_at_location"
    if not row.get("name"):
        return "service" if row.keys() & SERVICE_KEYS else ""
    for kind, keys in (("service", SERVICE_KEYS), ("place", PLACE_KEYS), ("organisation", ORGANISATION_KEYS), ("term", TERM_KEYS)):
        if row.keys() & keys:
            return kind
    return "service" if row.get("description") else ""


class _Splitter:
    """Rows out of documents; what stands inside several services is told once."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def rows(self, number: int, row: dict[str, Any] | BadRow) -> Iterator[RawRow]:
        if isinstance(row, BadRow):
            yield RawRow(number, "", "", None, b"", ROW_REASONS[row.reason])
            return
        found = list(older.services_in(row))
        if found:
            for service in found:
                yield from self._service(number, service)
            return
        kind = kind_of(row)
        if kind == "service":
            yield from self._service(number, row)
        elif kind == "service_at_location":
            yield from self._service(number, as_dict(row.get("service")) | {"service_at_locations": [row]})
        elif kind == "place":
            yield from self._once(number, place_row(row), "place", row)
        elif kind == "organisation":
            yield from self._organisation(number, row)
        else:
            yield _raw(number, f"term:{identifier(row.get('id'))}" if kind else "", kind, row, NOT_HSDS)

    def _service(self, number: int, service: dict[str, Any]) -> Iterator[RawRow]:
        for link in dicts(service.get("service_at_locations")):
            place = as_dict(link.get("location"))
            if place.get("name") or place.get("addresses"):
                yield from self._once(number, place_row(place), "place", place)
        organisation = as_dict(service.get("organization"))
        if organisation.get("name"):
            yield from self._once(number, organisation_row(organisation), "organisation", organisation)
        given = identifier(service.get("id"))
        yield _raw(number, f"service:{given}" if given and len(given) < 190 else "", "service", service, NO_ID)

    def _organisation(self, number: int, row: dict[str, Any]) -> Iterator[RawRow]:
        bare = {key: value for key, value in row.items() if key not in ("services", "locations")}
        yield from self._once(number, organisation_row(bare), "organisation", bare)
        for service in dicts(row.get("services")):
            yield from self._service(number, service | {"organization": bare})

    def _once(self, number: int, row_id: str, kind: str, row: dict[str, Any]) -> Iterator[RawRow]:
        if row_id not in self._told:
            self._told.update({row_id} - {""})
            yield _raw(number, row_id, kind, row, NO_ID)


def _raw(number: int, row_id: str, kind: str, row: dict[str, Any], trouble: str) -> RawRow:
    return RawRow(number, line(row_id, 200), kind, row, digest_source(row), "" if row_id else trouble)
