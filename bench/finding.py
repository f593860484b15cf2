"""Finding one resident among a hundred thousand by a number or a whole name."""

from __future__ import annotations

import json

from bench.measure import Measure
from bench.site import Site, new_site

RESIDENTS, MILLISECONDS = 100_000, 100


def run() -> list[Measure]:
    """An incoming text message and a search in an emergency; beside them, to open every sealed value in turn."""
    with new_site() as site:
        return _measured(site)


def _measured(site: Site) -> list[Measure]:
    told = json.loads(site.python("-m", "bench.found", str(RESIDENTS)))
    slow, values = told.pop("opened one by one")
    found = [Measure("every sealed value opened in turn", slow * 1000, "ms", note=f"{values:.0f} values; as it was")]
    for name, (seconds, opened) in told.items():
        found.append(Measure(name, seconds * 1000, "ms", must=MILLISECONDS, less_is_better=True, note=f"{opened:.0f} values opened"))
    return found
