"""The neutral data: twenty thousand made-up events of the generator that `MUKANA_SHARED` holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bench.measure import Skipped

EVENTS, PLACES = 20_000, 2_000
TODAY = "2026-11-22"


def generator() -> Path:
    """The generator's file.  Raises Skipped when it is not at hand."""
    folder = os.environ.get("MUKANA_SHARED", "")
    path = Path(folder) / "bench" / "generate.py"
    if not folder or not path.exists():
        raise Skipped("MUKANA_SHARED does not name a folder with bench/generate.py")
    return path


def write(path: Path, events: int = EVENTS, places: int = PLACES) -> Path:
    """The same rows every time, one JSON object a line."""
    command = [sys.executable, str(generator()), "--events", str(events), "--places", str(places), "--today", TODAY]
    with path.open("wb") as file:
        subprocess.run(command, stdout=file, check=True)
    return path


def write_many(path: Path, entries: int, each: int, places: int) -> Path:
    """As `write`, but every series has only `each` events, so that there are many series: each becomes an entry."""
    fewer = (
        "import random, runpy, sys; "
        f"random.Random.expovariate = lambda self, rate: {each}.0; "
        "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    numbers = ["--events", str(entries * each), "--places", str(places), "--today", TODAY]
    with path.open("wb") as file:
        subprocess.run([sys.executable, "-c", fewer, str(generator()), *numbers], stdout=file, check=True)
    return path


def one_more(path: Path, source: Path, word: str) -> Path:
    """The same rows and one event that only `word` finds."""
    rows = source.read_text(encoding="utf-8")
    last = json.loads(rows.rstrip().rpartition("\n")[2])
    last |= {"id": "bench-1", "series": "bench-series", "name": {"fi": f"Ryhmä {word}"}, "start": "2026-12-01T10:00:00+02:00"}
    last["end"] = "2026-12-01T11:00:00+02:00"
    path.write_text(rows + json.dumps(last, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
