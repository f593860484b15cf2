"""Run inside a site: questions asked in this process.

`asked.py WORDS ROUNDS` prints milliseconds: p50 and p95 by the clock, p50 and p95 of processor time.
"""

from __future__ import annotations

import json
import os
import sys
import time


def times(words: list[str], rounds: int) -> list[float]:
    """[wall p50, wall p95, processor p50, processor p95] in milliseconds, every question warmed by one asking."""
    from mukana.lib.clock import now
    from mukana.search.queries import SearchRequest, search

    for word in words:
        search(SearchRequest(word, now()))
    wall, processor = [], []
    for _ in range(rounds):
        for word in words:
            started, began = time.perf_counter(), time.thread_time()
            search(SearchRequest(word, now()))
            wall.append((time.perf_counter() - started) * 1000)
            processor.append((time.thread_time() - began) * 1000)
    return [share for found in (sorted(wall), sorted(processor)) for share in (found[len(found) // 2], found[int(len(found) * 0.95)])]


def set_up() -> None:
    """Django with the settings of the site."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mukana.config.settings")
    django.setup()


if __name__ == "__main__":
    set_up()
    print(json.dumps(times(json.loads(sys.argv[1]), int(sys.argv[2]))))
