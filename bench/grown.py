"""Run inside a site: indexes of many sizes made straight from documents, without the database, and asked.

`grown.py WORDS ROUNDS SIZE …` prints for each size the seconds of the making and the times of `asked`.
The documents are those of the site over and over, each copy with an id and a point of its own.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from bench.asked import set_up, times

BASE = 20_000  # documents that are copied
PROCESSES = 2


def copies(base: list, first: int, count: int) -> Iterator:  # type: ignore[type-arg]  # documents; Django is not up when this is read
    """`count` documents beginning with number `first`."""
    chance = random.Random(first)
    for number in range(first, first + count):
        document = base[number % len(base)]
        yield replace(
            document,
            entry_id=f"00000000-0000-4000-8000-{number:012}",
            lat=document.lat and document.lat + chance.uniform(-0.3, 0.3),
            lon=document.lon and document.lon + chance.uniform(-0.6, 0.6),
        )


def make(size: int) -> None:
    """An index of so many documents becomes the answering one."""
    from mukana.lib.clock import now
    from mukana.lib.forks import each_forked
    from mukana.search.documents import documents_within, ranges
    from mukana.search.index import places, writing
    from mukana.search.index.building import DocumentMaker
    from mukana.search.index.joining import join
    from mukana.search.index.terms import TermMaker
    from mukana.search.knowledge import knowledge
    from mukana.search.word_forms import Remembered

    held, analyse = knowledge(), Remembered().analyse
    base = list(islice(documents_within(ranges(), now()), BASE))
    folder = places.new_folder()
    parts = [folder / f"part{number}" for number in range(PROCESSES)]
    for part in parts:
        part.mkdir()
    each = size // PROCESSES

    def fill(part: Path) -> int:
        maker = DocumentMaker(TermMaker(analyse, held.tables))
        return writing.fill(part, copies(base, parts.index(part) * each, each), maker)

    each_forked(fill, parts)
    join(folder, parts)
    writing.finish(folder, places.State(0, held.version))


def main() -> None:
    """Every size in turn."""
    words, rounds, *sizes = sys.argv[1:]
    found = {}
    for size in map(int, sizes):
        started = time.perf_counter()
        make(size)
        found[size] = [time.perf_counter() - started, *times(json.loads(words), int(rounds))]
    print(json.dumps(found))


if __name__ == "__main__":
    set_up()
    main()
