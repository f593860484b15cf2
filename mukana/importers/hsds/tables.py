"""I/O: the CSV tables of HSDS (a folder, a zip, a tabular data package) joined into whole services.

The tables are small beside what they describe and are kept in memory; services come one by one.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from mukana.importers.adapter import SourceError
from mukana.importers.values import line
from mukana.lib.http import MEGABYTE

MAX_UNPACKED = 1024 * MEGABYTE
MAX_RATIO = 200
MAX_CELL = 1024 * 1024
Row = dict[str, Any]
Table = list[Row]
# The names of version 1, 2 (plural) and 3 (singular).
TABLES = {
    "organizations": "organization", "services": "service", "locations": "location", "phones": "phone", "addresses": "address",
    "physical_addresses": "address", "physical_address": "address", "regular_schedules": "schedule", "regular_schedule": "schedule",
    "schedules": "schedule", "languages": "language", "costs_options": "cost_option", "cost_options": "cost_option",
    "accessibility_for_disabilities": "accessibility", "services_at_location": "service_at_location",
    "service_at_locations": "service_at_location",
    "taxonomy_terms": "taxonomy_term", "taxonomy": "taxonomy_term", "attributes": "attribute", "service_taxonomy": "attribute",
    "services_taxonomy": "attribute", "programs": "program", "contacts": "contact",
}  # fmt: skip


class TablesError(SourceError):
    """The tables could not be read."""


def names_in(folder: Path) -> list[Path]:
    """The CSV files of a folder that has the table of services."""
    found = sorted(file for file in folder.iterdir() if file.suffix.lower() == ".csv")
    return found if any(table_of(file.stem) == "service" for file in found) else []


def table_of(stem: str) -> str:
    """The name of version 3 of a table."""
    return TABLES.get(stem.lower(), stem.lower())


def from_folder(folder: Path) -> dict[str, Table]:
    """Every table by its name."""
    return {table_of(file.stem): rows_of(file.read_bytes(), file.name) for file in names_in(folder)}


def from_zip(stream: BinaryIO, name: str) -> dict[str, Table]:
    """Every table of a packed set; refuses one that unpacks suspiciously large."""
    try:
        with zipfile.ZipFile(stream) as packed:
            members = [one for one in packed.infolist() if one.filename.lower().endswith(".csv") and "__MACOSX" not in one.filename]
            unpacked, size = sum(one.file_size for one in members), sum(one.compress_size for one in members)
            if unpacked > MAX_UNPACKED or unpacked > max(16 * MEGABYTE, size * MAX_RATIO):
                raise TablesError("bomb", f"Pakattu tiedosto purkautuu epäilyttävän suureksi, joten sitä ei luettu: {name}")
            return {table_of(Path(one.filename).stem): rows_of(packed.read(one), one.filename) for one in members}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as problem:
        raise TablesError("broken_zip", f"Pakattu tiedosto on rikki: {name}") from problem


def rows_of(body: bytes, name: str) -> Table:
    """The rows of a table, cells without blanks around them.  UTF-8, else Windows-1252."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    usual = csv.field_size_limit(MAX_CELL)
    try:
        found = csv.DictReader(io.StringIO(text.replace("\x00", ""), newline=""))
        return [{key.strip(): (cell or "").strip() for key, cell in row.items() if key and not isinstance(cell, list)} for row in found]
    except csv.Error as problem:
        raise TablesError("bad_table", f"Taulukko on rikki: {name}") from problem
    finally:
        csv.field_size_limit(usual)  # it is one for the whole process


def services(tables: dict[str, Table]) -> Iterator[Row]:
    """Each row of the table of services with everything that points at it."""
    organisations = _by_id(tables.get("organization", []))
    places = _places(tables)
    links: dict[str, list[str]] = {}
    for link in tables.get("service_at_location", []):
        links.setdefault(link.get("service_id", ""), []).append(link.get("location_id", ""))
    inner = {name: _pointing(tables.get(name, []), "service_id") for name in ("phone", "schedule", "cost_option", "language")}
    words = _taxonomy(tables)
    for row in tables.get("service", []):
        key = row.get("id", "")
        own = [*links.get(key, []), *filter(None, [row.get("location_id", "")])]
        found = [places[place] for place in dict.fromkeys(own) if place in places]
        organisation = organisations.get(row.get("organization_id") or line(next((one.get("organization_id") for one in found), "")))
        yield {
            **row,
            "phones": inner["phone"].get(key, []),
            "schedules": inner["schedule"].get(key, []),
            "cost_options": inner["cost_option"].get(key, []),
            "languages": inner["language"].get(key, []) or row.get("languages"),
            "organization": organisation,
            "service_at_locations": [{"location": place} for place in found],
            "keywords": [row.get("keywords", ""), *words(row)],
        }


def _places(tables: dict[str, Table]) -> dict[str, Row]:
    """The locations with their addresses, phones, hours and accessibility."""
    tell = {"addresses": "address", "phones": "phone", "schedules": "schedule", "accessibility_rows": "accessibility"}
    inner = {name: _pointing(tables.get(table, []), "location_id") for name, table in tell.items()}
    found = _by_id(tables.get("location", []))
    return {key: {**row, **{name: by_place.get(key, []) for name, by_place in inner.items()}} for key, row in found.items()}


def _by_id(table: Table) -> dict[str, Row]:
    return {row["id"]: row for row in table if row.get("id")}


def _pointing(table: Table, column: str) -> dict[str, Table]:
    """The rows of a table by what they point at."""
    found: dict[str, Table] = {}
    for row in table:
        if row.get(column):
            found.setdefault(row[column], []).append(row)
    return found


def _taxonomy(tables: dict[str, Table]) -> Any:
    """The names of the taxonomy terms of a service, told in a column or by the attribute table."""
    names = {row.get("id") or row.get("taxonomy_id") or "": row.get("name", "") for row in tables.get("taxonomy_term", [])}
    linked: dict[str, list[str]] = {}
    for row in tables.get("attribute", []):
        service = row.get("service_id") or (row.get("link_id", "") if row.get("link_entity") == "service" else "")
        linked.setdefault(service, []).append(row.get("taxonomy_term_id") or row.get("taxonomy_id") or "")

    def of(service: Row) -> list[str]:
        told = [part.strip() for part in service.get("taxonomy_ids", "").split(",")] + linked.get(service.get("id", ""), [])
        return [names[one] for one in told if names.get(one)]

    return of
