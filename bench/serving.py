"""Requests a second with two processes on the cores that the load shares, and what pages cost a visitor."""

from __future__ import annotations

import gzip
import re
import socket
import urllib.request
from collections.abc import Sequence
from urllib.parse import urljoin

from bench import addresses
from bench.load import ask, hammer
from bench.measure import Measure
from bench.site import Server, filled_site

CONNECTIONS = 4
SECONDS = 3.0
WARMING_S = 1.5
# name, addresses, must, aim: requests a second
LOADS: tuple[tuple[str, Sequence[str], float, float], ...] = (
    ("list of 20", addresses.LIST, 250, 500),
    ("list with place and keywords", addresses.INLINED, 90, 180),
    ("Finnish search", addresses.SEARCH, 500, 1000),
    ("search with a typo", addresses.TYPO, 180, 360),
    ("single event", addresses.DETAIL, 580, 1160),
)
_STATIC = re.compile(
    r"""(?:href|src)=["']([^"']+\.(?:css|js)[^"']*)["']|@import\s+(?:url\()?["']([^"']+)["']|\bfrom\s*["'](\.[^"']+)["']"""
)


def run(seconds: float = SECONDS) -> list[Measure]:
    """Every kind of request in turn."""
    with filled_site() as site, site.served(2) as server:
        found = [_load(server, *load, seconds) for load in LOADS]
        return found + _pages(server)


def _load(server: Server, name: str, paths: Sequence[str], must: float, aim: float, seconds: float) -> Measure:
    hammer(server.port, paths, WARMING_S * 20, most=len(paths) // CONNECTIONS + 1)  # every address once: documents are made
    hammer(server.port, paths, WARMING_S)
    before = server.cpu_seconds()
    outcome = hammer(server.port, paths, seconds, CONNECTIONS)
    cost = (server.cpu_seconds() - before) / max(len(outcome.latencies_ms), 1) * 1000
    note = f"server CPU {cost:.2f} ms, p50 {outcome.median():.1f} ms, p95 {outcome.percentile(0.95):.1f} ms"
    if outcome.failures:
        note += f", {outcome.failures} failed"
    return Measure(name, outcome.per_second, "/s", must, aim, note=note)


def _pages(server: Server) -> list[Measure]:
    entry = _entry_address(server)
    found = []
    for name, paths in (("home", addresses.HOME), ("results", addresses.RESULTS), ("entry", [entry])):
        hammer(server.port, paths, 30, connections=1, most=30)
        outcome = hammer(server.port, paths, 30, connections=1, most=100)
        found.append(
            Measure(
                f"{name} page, p95", outcome.percentile(0.95), "ms", must=60, less_is_better=True, note=f"p50 {outcome.median():.1f} ms"
            )
        )
        page, files = transferred(server.port, paths[0])
        found.append(
            Measure(
                f"{name} page, first visit",
                (page + sum(files.values())) / 1000,
                "kB",
                must=60,
                less_is_better=True,
                note=f"HTML {page / 1000:.1f} kB",
            )
        )
    return found


def transferred(port: int, path: str) -> tuple[int, dict[str, int]]:
    """(bytes of the page, file → bytes) packed as they travel; styles and scripts with what they import, no fonts."""
    base = f"http://127.0.0.1:{port}"
    size, text = fetched(port, path)
    files: dict[str, int] = {}
    waiting = [urljoin(f"{base}{path}", found) for found in _linked(text)]
    while waiting:
        address = waiting.pop()
        if address in files or not address.startswith(base):
            continue
        files[address], content = fetched(port, address.removeprefix(base))
        waiting += [urljoin(address, found) for found in _linked(content)]
    return size, files


def _linked(text: str) -> list[str]:
    return [next(filter(None, groups)) for groups in _STATIC.findall(text)]


def fetched(port: int, path: str) -> tuple[int, str]:
    """(bytes that travelled, the text in them)."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        body = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
    return len(body), (gzip.decompress(body) if packed else body).decode()


def _entry_address(server: Server) -> str:
    """The first entry of the results."""
    _, text = fetched(server.port, "/haku/?q=jooga")
    match = re.search(r"/kohde/[0-9a-f-]{36}/", text)
    if match is None:
        raise LookupError("the results page shows no entry")
    return match[0]


def mixed(server: Server, count: int) -> None:
    """So many requests of every kind, over one connection."""
    paths = [
        path
        for group in zip(
            addresses.LIST, addresses.INLINED, addresses.DETAIL, _around(addresses.SEARCH), _around(addresses.TYPO), strict=False
        )
        for path in (*group, "/", addresses.RESULTS[len(group) % len(addresses.RESULTS)])
    ]
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        for number in range(count):
            ask(connection, paths[number % len(paths)])


def _around(paths: Sequence[str]) -> list[str]:
    return [paths[number % len(paths)] for number in range(200)]
