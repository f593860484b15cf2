"""A year of residents played through the real deeds, every promise checked."""

from __future__ import annotations

import os
import time

from bench.measure import Measure
from bench.site import new_site

PEOPLE, SEED, MINUTES = 10_000, 1, 5


def run() -> list[Measure]:
    """The whole command with its start; regions are played side by side."""
    with new_site() as site:
        site.environment.pop("MUKANA_NOW", None)
        before = os.times()
        started = time.perf_counter()
        told = site.command("simulate", "referrals", "--people", str(PEOPLE), "--seed", str(SEED), capture=True)
        wall, after = time.perf_counter() - started, os.times()
    work = after.children_user + after.children_system - before.children_user - before.children_system
    note = f"{PEOPLE} people, {work / PEOPLE * 1000:.0f} ms of processor time each; {told.splitlines()[-2]}"
    return [Measure("a year played", wall, "s", must=MINUTES * 60, less_is_better=True, note=note)]
