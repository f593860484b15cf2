"""The search alone, inside one process: how long a question takes."""

from __future__ import annotations

import json
from pathlib import Path

from bench import addresses, data
from bench.measure import Measure
from bench.site import Site, new_site

ROUNDS = 20
_SCRIPT = """
import json, os, sys, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mukana.config.settings")
import django
django.setup()
from mukana.lib.clock import now
from mukana.search.queries import SearchRequest, search
words, rounds = json.loads(sys.argv[1]), int(sys.argv[2])
for word in words:
    search(SearchRequest(word, now()))
times = []
for _ in range(rounds):
    for word in words:
        started = time.perf_counter()
        search(SearchRequest(word, now()))
        times.append((time.perf_counter() - started) * 1000)
times.sort()
print(json.dumps([times[len(times) // 2], times[int(len(times) * 0.95)]]))
"""

_BUILD = """
import json, os, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mukana.config.settings")
import django
django.setup()
from mukana.search.actions import rebuild
rebuild()
started = time.perf_counter()
count = rebuild()
print(json.dumps([count, time.perf_counter() - started]))
"""


def run() -> list[Measure]:
    """Words and typing errors apart, then the whole index made anew with its words known."""
    with new_site() as site:
        site.command("import", "neutral", str(data.write(site.folder / "rows.jsonl")), capture=True)
        script = site.folder / "asked.py"
        script.write_text(_SCRIPT, encoding="utf-8")
        return [
            _measure(name, json.loads(site.python(str(script), json.dumps(words), str(ROUNDS))))
            for name, words in (("search in process, p95", addresses.WORDS), ("with a typo, p95", addresses.TYPOS))
        ] + [_building(site), _size(site.folder)]


def _building(site: Site) -> Measure:
    script = site.folder / "built.py"
    script.write_text(_BUILD, encoding="utf-8")
    count, seconds = json.loads(site.python(str(script)))
    return Measure(
        "entries indexed a second", count / seconds, "/s", must=10_000, note=f"{count} entries from the database in {seconds:.2f} s"
    )


def _measure(name: str, times: list[float]) -> Measure:
    return Measure(name, times[1], "ms", must=10, aim=3, less_is_better=True, note=f"p50 {times[0]:.2f} ms, {data.EVENTS} events")


def _size(folder: Path) -> Measure:
    held = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
    return Measure("index on disk", held / 1e6, "MB", less_is_better=True)
