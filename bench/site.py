"""A site of its own for measuring: a data folder under the temporary folder, the real command, a real server."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from bench import data

NOW = "2026-11-22T10:00"


class Site:
    """One data folder and the commands that act on it."""

    def __init__(self, folder: Path, now: str = NOW) -> None:
        self.folder = folder
        self.environment = {**os.environ, "MUKANA_DATA": str(folder), "MUKANA_NOW": now, "MUKANA_SECRET_KEY": "bench"}
        self.environment.pop("MUKANA_BASE_URL", None)

    def command(self, *words: str, capture: bool = False) -> str:
        """Run `mukana …`; gives what it printed when asked to."""
        done = self.python("-m", "mukana.config.cli", *words, capture=capture)
        return done if capture else ""

    def python(self, *words: str, capture: bool = True) -> str:
        """Run Python with this site's settings; gives what it printed.  Progress bars are kept out of the way."""
        error = subprocess.DEVNULL if capture else None
        done = subprocess.run(
            [sys.executable, *words], env=self.environment, check=True, stdout=subprocess.PIPE if capture else None, stderr=error, text=True
        )
        return done.stdout or ""

    @contextmanager
    def served(self, workers: int) -> Iterator[Server]:
        """The site on a free port of loopback while the block runs."""
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", "mukana.config.cli", "serve", "--port", str(port), "--workers", str(workers)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/v1/")
            yield Server(port, process.pid)
        finally:
            stop(process)


class Server:
    """A running site."""

    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid

    def web_processes(self) -> list[int]:
        """The processes that answer, without those that only watch over them."""
        web = [pid for pid in children(self.pid) if "granian" in command_line(pid)]
        return [pid for pid in web if not any("granian" in command_line(child) for child in children(pid))] or web

    def cpu_seconds(self) -> float:
        """Processor time that the answering processes have used."""
        ticks = sum(sum(map(int, _stat(pid)[11:13])) for pid in self.web_processes())
        return ticks / os.sysconf("SC_CLK_TCK")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and what it started."""
    below = children(process.pid)
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
    for pid in below:
        try:
            os.kill(pid, 15)
        except ProcessLookupError:
            continue


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


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


@contextmanager
def filled_site() -> Iterator[Site]:
    """A fresh site that holds the neutral data; imported once in a run, then copied."""
    with tempfile.TemporaryDirectory(prefix="mukana-bench-") as folder:
        shutil.copytree(_filled(), folder, dirs_exist_ok=True)
        yield Site(Path(folder))


@cache
def _filled() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="mukana-bench-filled-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    site = Site(folder)
    site.command("setup", capture=True)
    site.command("import", "neutral", str(data.write(folder / "rows.jsonl")), capture=True)
    return folder


def resident_mb(pid: int) -> float:
    """Resident memory of a process in megabytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def command_line(pid: int) -> str:
    """What a process was started with; "" when it has gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def children(pid: int) -> list[int]:
    """The processes below one, however deep."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        child = int(path.parent.name)
        fields = _stat(child)
        if fields and int(fields[1]) == pid:
            found += [child, *children(child)]
    return found


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name: state, parent …; times are 11 and 12."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []
