"""The search alone, inside one process, and the making of a small index."""

from __future__ import annotations

from pathlib import Path

from bench import addresses
from bench.large import asking, building
from bench.measure import Measure
from bench.site import filled_site, new_site


def run() -> list[Measure]:
    """Words and typing errors apart; then the index made anew, of the neutral data and of the demo region."""
    with filled_site() as site:
        found = [asking(site, "search in process, p95", addresses.WORDS), asking(site, "with a typo, p95", addresses.TYPOS)]
        found += [building(site, "neutral data"), building(site, "neutral data, no words known", "cold"), _size(site.folder)]
    with new_site() as site:
        site.command("load-demo", capture=True)
        return [*found, building(site, "demo region")]


def _size(folder: Path) -> Measure:
    held = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
    return Measure("index on disk", held / 1e6, "MB", less_is_better=True)
