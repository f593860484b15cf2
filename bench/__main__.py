"""`python -m bench [part …] [--write docs/speed.md]`: measure the named parts, all when none is named."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench.measure import Measure, Skipped, table

# part → module and what it is
PARTS = {
    "import": ("bench.importing", "Importing 20 000 events"),
    "http": ("bench.serving", "Serving, two web processes, four connections"),
    "memory": ("bench.memory", "Memory"),
    "search": ("bench.searching", "Searching"),
    "hsds": ("bench.hsds", "HSDS at a hundred thousand entries"),
    "duplicates": ("bench.duplicates", "Looking for duplicates"),
    "alerts": ("bench.alerts", "Telling of what is new: 10 000 saved searches, 500 changed entries"),
    "referralday": ("bench.referralday", "A link worker's day and a coordinator's inbox: 2 000 open referrals"),
    "large": ("bench.large", "A hundred thousand entries and a million"),
    "relevance": ("bench.relevance", "Relevance over the demo region"),
    "finding": ("bench.finding", "Finding one resident among 100 000"),
    "clock": ("bench.clock", "The clock of referrals over a hundred thousand open cases"),
    "simulation": ("bench.simulation", "Ten thousand residents played for a year"),
    "big": ("bench.big", "Sources of a gigabyte"),
}
ASKED_FOR = frozenset({"big", "simulation"})  # takes long, so it is measured only when it is named
READING = """## How to read this

Figures by the clock hold whatever else the machine did (the load average above); on a machine shared with other work they
are floors rather than best cases.  Processor time is what Mukana itself used, so it tells of the program.  Over one
connection a page's time is the server's; over four, two processes on two cores share the work and times hold waiting in line.

A series is one entry with many occurrences, so entries and occurrences are told apart.  *Words known*: the index is made
anew as after an edit of the lexicon; *no words known*: only the analyses shipped with the program are ready.  While an
index is made the old one answers.  The million are the hundred thousand's texts over and over, each with an id and a
point of its own, indexed without a database."""


def main() -> int:
    """Measure, print, and write only where told to."""
    arguments = _arguments()
    chapters = [f"## {PARTS[part][1]}\n\n{measured(part)}" for part in arguments.parts or _usual() if part not in arguments.without]
    text = f"# Measured speeds\n\n{circumstances()}\n\n" + "\n\n".join([*chapters, READING]) + "\n"
    if arguments.write:
        arguments.write.write_text(text, encoding="utf-8")
    return 0


def _usual() -> list[str]:
    return [part for part in PARTS if part not in ASKED_FOR]


def measured(part: str) -> str:
    """One part's table, also printed as soon as it is known; or why it was left out."""
    print(f"\n{PARTS[part][1]}", flush=True)
    try:
        found: list[Measure] = importlib.import_module(PARTS[part][0]).run()
        text = table(found)
    except Skipped as reason:
        text = f"Skipped: {reason}."
    print(text, flush=True)
    return text


def circumstances() -> str:
    """When and on what this was measured."""
    load = os.getloadavg()[0]
    return (
        f"`make bench`, {datetime.now(UTC).date().isoformat()}, {os.cpu_count()} cores ({platform.machine()}), "
        f"Python {platform.python_version()}, "
        f"load average before {load:.1f}. Client and server share the cores. *times must*: how many times better than it must be."
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"{', '.join(PARTS)} (all but {', '.join(ASKED_FOR)} when none is named)")
    parser.add_argument("--without", action="append", default=[], choices=PARTS, help="leave a part out (large takes the longest)")
    parser.add_argument("--write", type=Path, metavar="FILE.md")
    arguments = parser.parse_args()
    unknown = [part for part in arguments.parts if part not in PARTS]
    if unknown:
        parser.error(f"unknown part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
