"""I/O: a source's bytes and JSON rows from a path, a folder or a web address.

Every trouble of reading becomes the source's own error, with a sentence in Finnish.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import urljoin, urlsplit

from mukana.importers.adapter import SourceError
from mukana.lib.http import FetchError, fetch
from mukana.lib.jsonrows import BadRow, rows
from mukana.lib.jsonvalues import ENVELOPE_KEYS
from mukana.lib.streams import StreamError, open_source

MAX_PAGES = 20_000
FILES = (".json", ".jsonl", ".ndjson", ".csv", ".xlsx", ".gz")
NextPage = Callable[[dict[str, Any], str], str]
JsonRow = tuple[int, dict[str, Any] | BadRow]

UNREADABLE = "Aineistoa ei voitu lukea"
SENTENCES = {
    "missing": "Tiedostoa ei löydy",
    "folder": "Osoite on kansio. Anna yksi tiedosto",
    "empty_folder": "Kansiossa ei ole yhtään luettavaa tiedostoa",
    "empty": "Tiedosto on tyhjä",
    "broken_off": "Aineisto on rikki, ja loppu jäi lukematta",
    "too_large": "Aineisto on liian suuri",
    "bomb": "Pakattu tiedosto purkautuu epäilyttävän suureksi, joten sitä ei luettu",
    "broken_gzip": "Pakattu tiedosto on rikki",
    "encoding": "Tiedoston merkistö ei ole UTF-8",
    "not_json": "Aineisto on verkkosivu tai XML, ei JSON-muotoa",
    "address": "Verkko-osoite ei kelpaa",
    "scheme": "Vain http- ja https-osoitteet käyvät",
    "inner": "Osoite on palvelimen omassa verkossa, josta ei haeta",
    "timeout": "Palvelin ei vastannut ajoissa",
    "network": "Palvelimeen ei saatu yhteyttä",
    "redirects": "Osoite ohjaa kierrosta toiseen",
    "status": "Palvelin vastasi virheellä",
    "not_modified": "Aineisto ei ole muuttunut",
    "page": "Palvelimen vastaus ei ole JSON-muotoa",
    "other_host": "Seuraava sivu osoittaa toiseen palvelimeen, joten lukeminen lopetettiin",
}
ROW_REASONS = {
    "bad_json": "Rivi ei ole kelvollista JSON-muotoa.",
    "bad_encoding": "Rivin merkistö ei ole UTF-8.",
    "too_large": "Rivi on liian pitkä (yli 8 megatavua).",
    "not_an_object": "Rivi ei ole JSON-olio.",
}


def is_url(address: str) -> bool:
    """Is this to be fetched rather than opened?"""
    return address.lower().startswith(("http://", "https://"))


@contextmanager
def opened(address: str, error: type[SourceError]) -> Iterator[BinaryIO]:
    """The bytes of a file or an address, unpacked when gzipped."""
    if "://" in address and not is_url(address):
        raise error("address", f"{SENTENCES['scheme']}: {address}")
    if not is_url(address) and Path(address).is_dir():
        code = "folder" if any(Path(address).iterdir()) else "empty_folder"
        raise error(code, f"{SENTENCES[code]}: {address}")
    with told_as(error, address), open_source(address) as stream:
        if not cast(BufferedReader, stream).peek(1):
            raise error("empty", f"{SENTENCES['empty']}: {address}")
        yield stream


@contextmanager
def told_as(error: type[SourceError], address: str) -> Iterator[None]:
    """Inside, the errors of reading become `error`."""
    try:
        yield
    except FetchError as problem:
        detail = f" ({problem.status})" if problem.status else ""
        told = error(problem.code, f"{SENTENCES.get(problem.code, UNREADABLE)}{detail}: {address}")
        told.retry_after = problem.retry_after
        raise told from problem
    except StreamError as problem:
        raise error(problem.code, f"{SENTENCES.get(problem.code, UNREADABLE)}: {address}") from problem
    except (OSError, ValueError) as problem:
        raise error("unreadable", f"{UNREADABLE}: {address}") from problem


def json_rows(address: str, error: type[SourceError], next_page: NextPage) -> Iterator[JsonRow]:
    """Objects of a file, or of an address page by page; `next_page` finds the following page ("" at the end)."""
    if is_url(address) and not urlsplit(address).path.lower().endswith(FILES):
        yield from _paged(address, error, next_page)
        return
    with opened(address, error) as stream:
        yield from to_the_end(rows(stream), address, error)


def to_the_end(found: Iterator[JsonRow], address: str, error: type[SourceError]) -> Iterator[JsonRow]:
    """The same rows; raises after one behind which nothing could be read."""
    for number, row in found:
        yield number, row
        if isinstance(row, BadRow) and row.last:
            raise error("broken_off", f"{SENTENCES['broken_off']} (rivi {number}): {address}")


def _paged(address: str, error: type[SourceError], next_page: NextPage) -> Iterator[JsonRow]:
    number, url = 0, address
    for _ in range(MAX_PAGES):
        page = _page(url, error)
        for item in _items(page):
            number += 1
            yield number, item if isinstance(item, dict) else BadRow("not_an_object", type(item).__name__)
        following = next_page(page, url) if isinstance(page, dict) else ""
        if not following:
            return
        url = _same_host(urljoin(url, following), address, error)


def _page(url: str, error: type[SourceError]) -> Any:
    with told_as(error, url):
        body = fetch(url, headers={"Accept": "application/json"}).body
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise error("page", f"{SENTENCES['page']}: {url}") from problem


def _items(page: Any) -> list[Any]:
    if isinstance(page, list):
        return page
    if isinstance(page, dict):
        return next((page[key] for key in ENVELOPE_KEYS if isinstance(page.get(key), list)), [page])
    return []


def _same_host(url: str, first: str, error: type[SourceError]) -> str:
    """A page of the source must not send us anywhere else."""
    if urlsplit(url).netloc != urlsplit(first).netloc:
        raise error("other_host", f"{SENTENCES['other_host']}: {url[:200]}")
    return url


def files_in(folder: str, error: type[SourceError]) -> list[str]:
    """The readable files of a folder, by name; the path itself when it is no folder.  Raises `error` for a folder of nothing."""
    path = Path(folder)
    if is_url(folder) or not path.is_dir():
        return [folder]
    found = sorted(str(file) for file in path.iterdir() if file.name.lower().endswith(FILES))
    if not found:
        raise error("empty_folder", f"{SENTENCES['empty_folder']}: {folder}")
    return found


def digest_source(data: dict[str, Any], *more: str) -> bytes:
    """Bytes that are the same for the same object; `more` is what else the drafts depend on."""
    try:
        text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    except RecursionError:  # a thousand brackets deep: nothing of it is read, so only its keys count
        text = " ".join(sorted(data))
    return "\n".join([text, *more]).encode("utf-8", "surrogatepass")
