"""I/O: Linked Events from an API, a page, a list, JSON lines or a folder of such files.

In a folder the places and keywords are read before the events that name them.  A
place that stands inside an event becomes a row of its own, once in a run.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from mukana.importers.adapter import Context, RawRow, SourceError
from mukana.importers.linkedevents.parts import reference, super_event
from mukana.importers.opening import ROW_REASONS, digest_source, files_in, json_rows
from mukana.importers.values import as_dict, dicts, identifier, line
from mukana.lib.jsonrows import BadRow

TYPES = {"Event/LinkedEvent": "event", "Place": "place", "Keyword": "keyword", "ImageObject": "image", "KeywordSet": "keyword_set"}
ORDER = ("keyword_set", "keyword", "place", "image", "event", "")
NOT_LINKED_EVENTS = "odata"


class LinkedEventsError(SourceError):
    """Linked Events could not be read."""


def read(address: str, context: Context) -> Iterator[RawRow]:
    """Rows of everything at the address; keywords are also kept in `context.names`."""
    reader = _Reader(context)
    number = 0
    files = files_in(address, LinkedEventsError)
    for file in sorted(files, key=_order) if len(files) > 1 else files:
        for _, row in json_rows(file, LinkedEventsError, next_page):
            number += 1
            yield from reader.rows(number, row)


def next_page(page: dict[str, Any], url: str) -> str:
    """The address of the following page, "" after the last."""
    following = as_dict(page.get("meta")).get("next")
    return following if isinstance(following, str) and following != url else ""


def kind_of(row: dict[str, Any]) -> str:
    """event, place, keyword, keyword_set, image, odata or "" for what is none of them."""
    told = TYPES.get(line(row.get("@type")), "")
    if told:
        return told
    if "odata.metadata" in row or "ContentId" in row:
        return NOT_LINKED_EVENTS
    if "start_time" in row or "offers" in row or "super_event" in row:
        return "event"
    if "street_address" in row or "position" in row:
        return "place"
    return "keyword" if "alt_labels" in row else ""


def _order(file: str) -> int:
    """Where a file stands in the reading order, by its first row; trouble is met when it is read."""
    try:
        first = next(json_rows(file, LinkedEventsError, next_page), None)
    except LinkedEventsError:
        return len(ORDER)
    kind = kind_of(first[1]) if first and isinstance(first[1], dict) else ""
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


class _Reader:
    """Remembers what later rows depend on: keyword names, umbrellas, places already given."""

    def __init__(self, context: Context) -> None:
        self._names = context.names
        self._keywords = blake2b(digest_size=16)
        self._places: set[str] = set()

    def rows(self, number: int, row: dict[str, Any] | BadRow) -> Iterator[RawRow]:
        if isinstance(row, BadRow):
            yield RawRow(number, "", "", None, b"", ROW_REASONS[row.reason])
            return
        kind = kind_of(row)
        if kind == NOT_LINKED_EVENTS:
            yield from _odata(number, row)
            return
        if kind == "event":
            yield from self._event(number, row)
            return
        row_id = reference(row)
        if kind == "place":
            self._places.add(row_id)
        for keyword in [row] if kind == "keyword" else dicts(row.get("keywords")) if kind == "keyword_set" else []:
            self._names[f"keyword:{reference(keyword)}"] = keyword
            self._keywords.update(digest_source(keyword))
        yield _raw(number, row_id, kind, row, digest_source(row))

    def _event(self, number: int, row: dict[str, Any]) -> Iterator[RawRow]:
        place = as_dict(row.get("location"))
        place_id = reference(place)
        if place.get("name") and place_id and place_id not in self._places:
            self._places.add(place_id)
            yield RawRow(number, place_id, "place", place, digest_source(place))
        row_id = reference(row)
        if row.get("super_event_type") == "umbrella" and row_id:
            self._names[f"umbrella:{row_id}"] = {}
        under_umbrella = f"umbrella:{super_event(row)[0]}" in self._names
        more = (self._keywords.hexdigest(), "umbrella" if under_umbrella else "")
        yield _raw(number, row_id, "event", row, digest_source(row, *more))


def _raw(number: int, row_id: str, kind: str, row: dict[str, Any], digest: bytes) -> RawRow:
    return RawRow(number, row_id, kind, row, digest, "" if row_id else "Riviltä puuttuu tunniste (id).")


def _odata(number: int, row: dict[str, Any]) -> Iterator[RawRow]:
    """Each content of an OData answer, to be refused one by one."""
    for item in dicts(row.get("value")) if "value" in row else [row]:
        yield RawRow(number, identifier(item.get("ContentId")), NOT_LINKED_EVENTS, item, digest_source(item))
