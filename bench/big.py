"""Sources of a gigabyte: how much memory reading and mapping them takes, and how fast rows come.

MUKANA_BENCH_MB sets another size, MUKANA_BENCH_FORMATS (a comma between) only some formats.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from bench.bigsources import FORMATS, write
from bench.measure import Measure
from bench.site import Site, new_site

MEGABYTES = 1024
MUST = 300  # megabytes of memory


def run() -> list[Measure]:
    """One format after another; each file goes before the next is made."""
    size = int(os.environ.get("MUKANA_BENCH_MB", MEGABYTES))
    kinds = [kind for kind in os.environ.get("MUKANA_BENCH_FORMATS", "").split(",") if kind] or list(FORMATS)
    with new_site() as site:
        return [_dry_run(site, kind, size) for kind in kinds]


def _dry_run(site: Site, kind: str, size: int) -> Measure:
    file = site.folder / f"big.{FORMATS[kind].ending}"
    made = write(kind, file, size * 1024 * 1024)
    peak, seconds, read = dry_run(site, FORMATS[kind].source, file)
    file.unlink()
    note = f"{made} rows read as {read} in {seconds:.0f} s: {seconds / read * 1000:.2f} ms a row"
    print(f"{kind}: {peak:.0f} MB, {note}", file=sys.stderr, flush=True)
    return Measure(f"{size} MB of {kind}, memory", peak, "MB", must=MUST, less_is_better=True, note=note)


def dry_run(site: Site, source: str, file: Path) -> tuple[float, float, int]:
    """(the most memory the command held in megabytes, seconds, rows read)."""
    report = site.folder / "report.json"
    command = [sys.executable, "-m", "mukana.config.cli", "import", source, str(file), "--dry-run", "--report", str(report)]
    started = time.perf_counter()
    process = subprocess.Popen(command, env=site.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return used.ru_maxrss / 1024, time.perf_counter() - started, int(json.loads(report.read_text())["read"])
