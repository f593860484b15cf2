"""How fast a source comes in: new rows, unchanged rows, and the wait until a new event is found."""

from __future__ import annotations

import json
import time
import urllib.request
from pathlib import Path

from bench import data
from bench.measure import Measure
from bench.site import Server, Site, new_site

WORD = "zyxvikertaja"


def run() -> list[Measure]:
    """Import, import again, and add one event while the site serves."""
    with new_site() as site:
        rows = data.write(site.folder / "rows.jsonl")
        count = rows.read_bytes().count(b"\n")
        new = _seconds(site, rows)
        again = _seconds(site, rows)
        more = data.one_more(site.folder / "more.jsonl", rows, WORD)
        with site.served(1) as server:
            command, after = _until_found(site, server, more)
    return [
        Measure("new rows a second", count / new, "/s", must=500, aim=1500, note=f"{count} rows with indexing in {new:.1f} s"),
        Measure("unchanged rows a second", count / again, "/s", must=8000, note=f"{again:.1f} s with the command's start"),
        Measure("found after an import's end", after, "s", must=2, less_is_better=True, note=f"one new row among {count}: {command:.1f} s"),
    ]


def _seconds(site: Site, rows: Path) -> float:
    started = time.perf_counter()
    site.command("import", "neutral", str(rows), capture=True)
    return time.perf_counter() - started


def _until_found(site: Site, server: Server, rows: Path) -> tuple[float, float]:
    """(seconds of the command, seconds from its end until the search gives the event)."""
    command = _seconds(site, rows)
    ended = time.perf_counter()
    while not _found(server):
        if time.perf_counter() - ended > 30:
            raise TimeoutError("the new event was not found in 30 s")
        time.sleep(0.01)
    return command, time.perf_counter() - ended


def _found(server: Server) -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/v1/event/?q={WORD}", timeout=10) as answer:
        events = json.load(answer)["data"]
    return any(event["id"] == "neutral:bench-1" for event in events)
