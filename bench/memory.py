"""Resident memory of a web process after a thousand mixed requests."""

from __future__ import annotations

from bench.measure import Measure
from bench.serving import mixed
from bench.site import filled_site, resident_mb

REQUESTS = 1000


def run() -> list[Measure]:
    """One web process, so that all requests fall on it."""
    with filled_site() as site, site.served(1) as server:
        mixed(server, REQUESTS)
        web = max(map(resident_mb, server.web_processes()))
    return [Measure("web process, resident", web, "MB", must=160, less_is_better=True, note=f"after {REQUESTS} mixed requests")]
