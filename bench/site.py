"""A site of its own for measuring: a data folder under the temporary folder, the real command, a real server."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Site:
    """One data folder and the commands that act on it."""

    def __init__(self, folder: Path, now: str = "2026-11-22T10:00") -> None:
        self.folder = folder
        self.environment = {**os.environ, "MUKANA_DATA": str(folder), "MUKANA_NOW": now, "MUKANA_SECRET_KEY": "bench"}

    def command(self, *words: str, capture: bool = False) -> str:
        """Run `mukana …`; gives what it printed when asked to."""
        done = subprocess.run(
            [sys.executable, "-m", "mukana.config.cli", *words], env=self.environment, check=True, capture_output=capture, text=True
        )
        return done.stdout if capture else ""

    @contextmanager
    def served(self, port: int, workers: int) -> Iterator[subprocess.Popen[bytes]]:
        """The site on a port of loopback while the block runs."""
        server = subprocess.Popen(
            [sys.executable, "-m", "mukana.config.cli", "serve", "--port", str(port), "--workers", str(workers)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            yield server
        finally:
            server.terminate()
            server.wait(timeout=15)


def wait_for(address: str, seconds: float = 60) -> None:
    """Wait until the address answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


@contextmanager
def new_site() -> Iterator[Site]:
    """A fresh site, thrown away at the end."""
    with tempfile.TemporaryDirectory(prefix="mukana-bench-") as folder:
        site = Site(Path(folder))
        site.command("setup", capture=True)
        yield site


def resident_mb(pid: int) -> float:
    """Resident memory of a process in megabytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def children(pid: int) -> list[int]:
    """The processes below one, however deep."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except FileNotFoundError:
            continue
        if int(fields[1]) == pid:
            child = int(path.parent.name)
            found += [child, *children(child)]
    return found
