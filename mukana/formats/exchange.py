"""What one Mukana site gives another: JSON lines, a header first, then one record a line.

The first line is the header: `{"format": "mukana-exchange/1", "site": …, "name": …, "url": …,
"made_at": …}`.  Every other line is an organisation, a place or an entry, in that order, so
that what others point at comes before them:

    {"type": "entry", "id": "6f1c…", "kind": "group", "texts": {"fi": {"name": "Tuolijumppa"}}, …,
     "origins": [{"source": "lipas", "licence": "CC BY 4.0", …}], "sites": ["…"], "page": "https://…"}

The rest of the keys are the fields of `directory.drafts` (`row_id` is written `id`); a field
that has its default value is left out, and unknown keys are passed over, so either side may
be newer.  `origins` are the sources a record was brought from, each with its licence and
attribution.  `sites` are the ids of the Mukana sites it was brought from, the first giver
first: a site that finds itself there knows its own record and does not take it back.  A giver
leaves out what it has itself from another Mukana: that is for its own site to give.
Happenings made of a schedule are not written, as the schedule makes them again.
A site serves its dump at `/avoin-data/mukana.jsonl`.

This layer lies below the drafts, so it knows their shape by their annotations only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mukana.formats.plain import ShapeError, from_plain, to_plain
from mukana.lib.ids import stable_id

FORMAT = "mukana-exchange/1"
FAMILY = "mukana-exchange/"
DUMP = "avoin-data/mukana.jsonl"  # under the address of a site
TYPES = ("organisation", "place", "entry")


class ExchangeError(ValueError):
    """A line that is no record of this format; the message names the field."""


@dataclass(frozen=True, slots=True)
class Header:
    """Who gives.  `site` is `site_id` of its address."""

    site: str
    name: str
    url: str = ""
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """A source the giver brought a record from: its key and name there, the row's id in it, and the terms of its data."""

    source: str
    name: str = ""
    row_id: str = ""
    licence: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One line: a draft of `directory.drafts` and where it has been."""

    draft: Any
    origins: tuple[Origin, ...] = ()
    sites: tuple[str, ...] = ()
    page: str = ""  # its page at the giver's


def site_id(base_url: str) -> str:
    """The id of the site at an address, the same with http and https and with and without a slash at its end."""
    return str(stable_id("site", base_url.partition("://")[2].rstrip("/").casefold()))


def lines(header: Header, records: Iterable[Record]) -> Iterator[str]:
    """The whole dump, a line at a time, each with its line end."""
    yield _line({"format": FORMAT, **to_plain(header)})
    for record in records:
        yield _line(document(record))


def document(record: Record) -> dict[str, Any]:
    """The object of one line.  The draft's class tells the type: EntryDraft → "entry"."""
    told = to_plain(record.draft)
    more = {
        "origins": [to_plain(origin) for origin in record.origins],
        "sites": list(record.sites),
        "page": record.page,
    }
    kind = type_of(type(record.draft))
    return {"type": kind, "id": told.pop("row_id"), **told, **{key: value for key, value in more.items() if value}}


def record(line: Mapping[str, Any], drafts: Iterable[type]) -> Record:
    """The line's record again; `drafts` are the classes it may be.  Raises ExchangeError."""
    known = {type_of(draft): draft for draft in drafts}
    kind = line.get("type")
    if not isinstance(kind, str) or kind not in known:
        raise ExchangeError("type")
    told = {**line, "row_id": line.get("id")}
    try:
        return Record(
            draft=from_plain(known[kind], told),
            origins=from_plain(tuple[Origin, ...], line.get("origins", []), "origins"),
            sites=from_plain(tuple[str, ...], line.get("sites", []), "sites"),
            page=from_plain(str, line.get("page", ""), "page"),
        )
    except ShapeError as error:
        raise ExchangeError(str(error)) from error


def is_header(line: Mapping[str, Any]) -> bool:
    """Does the line begin a dump of this format, of whatever version?"""
    told = line.get("format")
    return isinstance(told, str) and told.startswith(FAMILY)


def header(line: Mapping[str, Any]) -> Header:
    """The header again.  Raises ExchangeError for another version or a header without its site."""
    if line.get("format") != FORMAT:
        raise ExchangeError("format")
    try:
        found: Header = from_plain(Header, line)
    except ShapeError as error:
        raise ExchangeError(str(error)) from error
    if not found.site:
        raise ExchangeError("site")
    return found


def type_of(draft: type) -> str:
    """OrganisationDraft → "organisation"."""
    return draft.__name__.removesuffix("Draft").lower()


def _line(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"
