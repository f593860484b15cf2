"""A large hub: a hundred thousand entries from import to page, and a search that grows to a million."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from pathlib import Path

from bench import addresses, data
from bench.load import hammer
from bench.measure import Measure
from bench.serving import fetched
from bench.site import Server, Site, new_site

ENTRIES, EACH, PLACES = 100_000, 2, 8_000
SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 10
PAGE = 60  # milliseconds
VIGNETTES = Path(__file__).parent.parent / "mukana" / "guidance" / "tests" / "judged" / "dev.jsonl"
_ENTRY, _PLACE = re.compile(r"/kohde/[0-9a-f-]{36}/"), re.compile(r"/paikka/[0-9a-f-]{36}/")


def run() -> list[Measure]:
    """One import for everything; a million entries are never in the database."""
    with new_site() as site:
        rows = data.write_many(site.folder / "rows.jsonl", ENTRIES, EACH, PLACES)
        started = time.perf_counter()
        site.command("import", "neutral", str(rows), capture=True)
        seconds = time.perf_counter() - started
        found = [Measure("import of it all", seconds, "s", less_is_better=True, note=f"{ENTRIES} entries, {ENTRIES * EACH} occurrences")]
        found += [building(site, "words known"), building(site, "no words known", "cold")]
        found += [asking(site, "search, p95", addresses.WORDS), asking(site, "search with a typo, p95", addresses.TYPOS)]
        found += suggesting(site)
        with site.served(2) as server:
            found += _pages(server)
        return found + _growth(site)


def building(site: Site, name: str, *options: str) -> Measure:
    """The whole index made anew."""
    entries, occurrences, wall, processor = json.loads(site.python("-m", "bench.built", *options))
    note = (
        f"{entries} entries with {occurrences} occurrences in {wall:.1f} s; {processor / entries * 1e6:.0f} µs of processor time an entry"
    )
    return Measure(f"entries indexed a second, {name}", entries / wall, "/s", must=10_000, note=note)


def asking(site: Site, name: str, words: Sequence[str]) -> Measure:
    """Questions inside one process."""
    p50, p95, own50, own95 = json.loads(site.python("-m", "bench.asked", json.dumps(words), str(ROUNDS)))
    return Measure(name, p95, "ms", must=10, aim=3, less_is_better=True, note=_of_process(p50, own50, own95))


def suggesting(site: Site) -> list[Measure]:
    """What a professional is suggested for a need in people's words, with what was left out and why, inside one process."""
    heard = json.loads(site.python("-m", "bench.suggested", str(VIGNETTES)))
    return [
        Measure(name, wall95, "ms", must=30, less_is_better=True, note=_of_process(wall50, own50, own95))
        for name, (wall50, wall95, own50, own95) in zip(("suggestion, p95", "suggestion asked again, p95"), heard, strict=True)
    ]


def _of_process(wall50: float, own50: float, own95: float) -> str:
    return f"p50 {wall50:.2f} ms; processor time p50 {own50:.2f}, p95 {own95:.2f} ms"


def _pages(server: Server) -> list[Measure]:
    """Each page over one connection, which is the server's time, and over four, which holds waiting in line."""
    entries = list(dict.fromkeys(_ENTRY.findall(fetched(server.port, "/haku/?q=jooga")[1])))[:10]
    places = [place for entry in entries[:4] for place in _PLACE.findall(fetched(server.port, entry)[1])[:1]]
    kinds = (("home", addresses.HOME), ("results", addresses.RESULTS), ("entry", entries), ("place", places))
    return [_page(server, name, paths, connections) for name, paths in kinds for connections in (1, 4)]


def _page(server: Server, name: str, paths: Sequence[str], connections: int) -> Measure:
    hammer(server.port, paths, 30, connections=4, most=len(paths) + 4)
    before = server.cpu_seconds()
    outcome = hammer(server.port, paths, 30, connections=connections, most=100 // connections)
    cost = (server.cpu_seconds() - before) / len(outcome.latencies_ms) * 1000
    note = f"p50 {outcome.median():.1f} ms, server CPU {cost:.1f} ms"
    name = f"{name} page, p95, {connections} connection{'s' if connections > 1 else ''}"
    return Measure(name, outcome.percentile(0.95), "ms", must=PAGE, less_is_better=True, note=note)


def _growth(site: Site) -> list[Measure]:
    """Processor time, because a shared machine's waiting would hide how much more work there is."""
    words = json.dumps([*addresses.WORDS, *addresses.TYPOS])
    grown = json.loads(site.python("-m", "bench.grown", words, str(ROUNDS), *map(str, SIZES)))
    p95 = {size: grown[str(size)][4] for size in SIZES}
    found = [_among(size, p95[size], grown[str(size)]) for size in SIZES]
    times = p95[SIZES[-1]] / p95[SIZES[0]]
    return [*found, Measure(f"growth from {SIZES[0]:,} to {SIZES[-1]:,}", times, "times", must=5, less_is_better=True)]


def _among(size: int, p95: float, one: Sequence[float]) -> Measure:
    made, wall50, wall95, own50, _ = one
    note = f"p50 {own50:.2f} ms; by the clock p50 {wall50:.2f}, p95 {wall95:.2f} ms; made in {made:.0f} s"
    return Measure(f"search among {size:,}, p95 of processor time", p95, "ms", less_is_better=True, note=note)
