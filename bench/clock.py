"""The clock of referrals over a hundred thousand open cases."""

from __future__ import annotations

import json

from bench.measure import Measure
from bench.site import Site, new_site

CASES, SECONDS = 100_000, 60


def run() -> list[Measure]:
    """Every case has a step overdue, and every tenth an offer; the second round must find nothing to do."""
    with new_site() as site:
        return _measured(site)


def _measured(site: Site) -> list[Measure]:
    cases, steps, wall, work, links, again_steps, again_wall, _, again_links = json.loads(site.python("-m", "bench.clocked", str(CASES)))
    note = f"{steps} steps over {cases} cases, {links} links of history; {work:.1f} s of processor time"
    again = f"{again_steps} steps, {again_links} links"
    return [
        Measure("the first round", wall, "s", must=SECONDS, less_is_better=True, note=note),
        Measure("the same moment again", again_wall, "s", must=SECONDS, less_is_better=True, note=again),
    ]
