"""I/O: RPDE feeds of OpenActive, page after page, or pages kept as files.

A feed has an order: what has changed comes last, and a later item of the same id
replaces the earlier.  The feed ends at an empty page whose `next` is itself; where it
ended is kept in the cursor, and the next run goes on from there.  A feed that goes
round in circles ends with a problem, and what came before is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from mukana.importers.adapter import Context, RawRow, SourceError
from mukana.importers.jsonld.client import Splitter, raw, refused
from mukana.importers.opening import MAX_PAGES, ROW_REASONS, files_in, is_url, opened, to_the_end, told_as
from mukana.importers.rpde.mapping import MAPPING_VERSION, whole
from mukana.importers.values import as_dict, identifier, line
from mukana.lib.http import fetch
from mukana.lib.jsonrows import BadRow, rows

ACCEPT = "application/vnd.openactive.rpde+json; version=1, application/json"
NO_ID = "Riviltä puuttuu tunniste (id) tai laji (kind)."
NO_STATE = "Rivin tila (state) ei ole updated eikä deleted."
NO_DATA = "Riviltä puuttuu sisältö (data)."
UNKNOWN_PLACE = ("status", "page", "shape")  # how servers refuse a place to go on from that they no longer know
_LICENCE = re.compile(rb'"license"\s*:\s*"([^"\\]{1,200})"')
_TAIL = 64 * 1024


class RpdeError(SourceError):
    """An RPDE feed could not be read to its end."""


def read(address: str, context: Context) -> Iterator[RawRow]:
    """The items of a feed, a page kept as a file, or every page of a folder."""
    reader = _Reader()
    if is_url(address):
        yield from _feed(address, context, reader)
        return
    for file in files_in(address, RpdeError):
        licence = _licence_in(file)
        with opened(file, RpdeError) as stream:
            for _, row in to_the_end(rows(stream), file, RpdeError):
                yield from reader.item(row, licence)


def _licence_in(file: str) -> str:
    """The licence told at the end of a page that is too large to be read at once."""
    try:
        with Path(file).open("rb") as page:
            page.seek(max(0, Path(file).stat().st_size - _TAIL))
            found = _LICENCE.findall(page.read())
    except OSError:
        return ""  # said better when the file is opened to be read
    return found[-1].decode("utf-8", "replace") if found else ""


def _feed(address: str, context: Context, reader: _Reader) -> Iterator[RawRow]:
    page, url = _first(address, context)
    pages = _Pages()
    for _ in range(MAX_PAGES):
        items, following = page["items"], _same_host(urljoin(url, page["next"]), address)
        pages.check(url, following, items)
        for item in items:
            yield from reader.item(item if isinstance(item, dict) else BadRow("not_an_object"), line(page.get("license"), 300))
        context.cursor[address] = following
        if following == url:
            return
        page, url = _page(following), following
    raise RpdeError("endless", f"Syötteessä on yli {MAX_PAGES} sivua, joten lukeminen lopetettiin: {address}")


def _first(address: str, context: Context) -> tuple[dict[str, Any], str]:
    """The page to begin with: where the last run left off, or the first when the server no longer knows that place."""
    url = _resume_at(address, context)
    try:
        return _page(url), url
    except RpdeError as problem:
        if url == address or problem.code not in UNKNOWN_PLACE:
            raise
        return _page(address), address


def _resume_at(address: str, context: Context) -> str:
    """Where the last run left off, unless our own reading has changed since."""
    if context.cursor.get("mapping") != str(MAPPING_VERSION):
        context.cursor.clear()
    context.cursor["mapping"] = str(MAPPING_VERSION)
    return context.cursor.get(address) or address


def _page(url: str) -> dict[str, Any]:
    with told_as(RpdeError, url):
        body = fetch(url, headers={"Accept": ACCEPT}).body
    try:
        page = as_dict(json.loads(body))
    except (ValueError, RecursionError) as problem:
        raise RpdeError("page", f"Palvelimen vastaus ei ole JSON-muotoa: {url}") from problem
    if not isinstance(page.get("items"), list) or not isinstance(page.get("next"), str) or not page["next"]:
        raise RpdeError("shape", f"Palvelimen vastaus ei ole RPDE-sivu (next ja items puuttuvat): {url}")
    return page


def _same_host(url: str, first: str) -> str:
    """A page of the feed must not send us anywhere else."""
    if urlsplit(url).netloc != urlsplit(first).netloc:
        raise RpdeError("other_host", f"Seuraava sivu osoittaa toiseen palvelimeen, joten lukeminen lopetettiin: {url[:200]}")
    return url


class _Pages:
    """Remembers the pages of a run, so that going round in circles is noticed."""

    def __init__(self) -> None:
        self._addresses: set[str] = set()
        self._contents: set[bytes] = set()

    def check(self, url: str, following: str, items: list[Any]) -> None:
        """Raises RpdeError when this page or its content has been before, or when it goes on to itself with items in it."""
        self._addresses.add(url)
        content = blake2b(json.dumps(items, sort_keys=True).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if items and content in self._contents:
            raise RpdeError("repeated", f"Syöte antaa saman sivun uudelleen. Siihen asti tulleet tiedot ovat tallessa: {url}")
        self._contents.add(content)
        ended = following == url and not items
        if following in self._addresses and not ended:
            raise RpdeError("loop", f"Syöte kiertää kehää. Siihen asti tulleet tiedot ovat tallessa: {following}")


class _Reader:
    """Items as rows, numbered from 1."""

    def __init__(self) -> None:
        self._splitter = Splitter()
        self._number = 0

    def item(self, item: dict[str, Any] | BadRow, licence: str) -> Iterator[RawRow]:
        self._number += 1
        if isinstance(item, BadRow):
            yield refused(self._number, ROW_REASONS[item.reason])
            return
        kind, given = line(item.get("kind"), 100).partition(".")[0], identifier(item.get("id"))
        row_id = f"{kind}:{given}"[:200] if kind and given else ""
        node = as_dict(item.get("data"))
        problem = _problem(row_id, item, node)
        if problem:
            yield RawRow(self._number, row_id, kind, None, b"", problem)
        elif item["state"] == "deleted":
            yield RawRow(self._number, row_id, kind, {}, b"deleted", gone=True)
        else:
            yield from self._splitter.inner(self._number, whole(node), "")
            yield raw(self._number, row_id, kind, {"node": node, "licence": licence})


def _problem(row_id: str, item: dict[str, Any], node: dict[str, Any]) -> str:
    if not row_id:
        return NO_ID
    if item.get("state") not in ("updated", "deleted"):
        return NO_STATE
    return "" if node or item["state"] == "deleted" else NO_DATA
