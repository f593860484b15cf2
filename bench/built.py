"""Run inside a site: the whole index made anew.  `built.py [cold]` prints entries, occurrences, wall and processor seconds."""

from __future__ import annotations

import json
import resource
import sys
import time

from bench.asked import set_up


def processor_seconds() -> float:
    """Of this process and of those it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def built(cold: bool) -> tuple[int, int, float, float]:
    """(entries, occurrences, wall seconds, processor seconds); cold: no word is known yet but those shipped."""
    from mukana.directory.models import Occurrence
    from mukana.search.actions import rebuild
    from mukana.search.models import WordForm

    if cold:
        WordForm.objects.all().delete()
    started, began = time.perf_counter(), processor_seconds()
    count = rebuild()
    return count, Occurrence.objects.count(), time.perf_counter() - started, processor_seconds() - began


if __name__ == "__main__":
    set_up()
    print(json.dumps(built("cold" in sys.argv)))
