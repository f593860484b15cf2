"""Whole sites for tests: a data folder and a database of its own, the real command, real servers.

The database is of the kind the test run uses: SQLite, or the server that
`MUKANA_TEST_DATABASE_URL` names, where each site gets a database and drops it.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
DEMO_DATA = ROOT / "mukana" / "importers" / "demo" / "data"
SERVER_URL = os.environ.get("MUKANA_TEST_DATABASE_URL", "")
PATIENCE_S = 240


class Site:
    """One data folder with its database, and the commands that act on it."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "MUKANA_DATA": str(folder),
            "MUKANA_DATABASE_URL": database_url,
            "MUKANA_NOW": "2026-11-22T10:00",
            "PYTHONWARNINGS": "default",
        }

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Begin `mukana …` and go on."""
        command = [sys.executable, "-m", "mukana.config.cli", *words]
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *words: str, code: int | None = 0) -> str:
        """Run `mukana …` to its end; gives what it printed.  `code` is the expected exit code, None for any."""
        return finished(self.start(*words), code)

    def imported(self, source: str, address: Path | str, *words: str, code: int | None = 0) -> dict[str, Any]:
        """`mukana import`; gives its report with the printed words under "said"."""
        path = self.folder / f"report-{uuid4().hex}.json"
        said = self.run("import", source, str(address), "--report", str(path), *words, code=code)
        return {**json.loads(path.read_text(encoding="utf-8")), "said": said}

    def found(self, words: str, limit: int = 50) -> list[str]:
        """Ids of the answers to a question, the best first."""
        return [hit["id"] for hit in json.loads(self.run("search", words, "--json", "--limit", str(limit)))["hits"]]

    def count(self, expression: str) -> int:
        """A number out of the database, for example `Entry.objects.count()`."""
        code = (
            "import django; django.setup(); from mukana.directory.models import *; "
            f"from mukana.importers.models import ImportRun; print({expression})"
        )
        command = [sys.executable, "-c", code]
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "mukana.config.settings"}
        return int(subprocess.run(command, env=environment, cwd=ROOT, text=True, check=True, capture_output=True).stdout)

    @contextmanager
    def served(self) -> Iterator[int]:
        """The site on a free port of loopback while the block runs."""
        port = free_port()
        server = self.start("serve", "--port", str(port))
        try:
            wait_for(port)
            yield port
        finally:
            server.terminate()
            self.log = "".join(server.communicate(timeout=30))


def finished(process: subprocess.Popen[str], code: int | None = 0) -> str:
    """Wait for its end; gives everything it printed."""
    out, problems = process.communicate(timeout=PATIENCE_S)
    said = out + "".join(line for line in problems.splitlines(keepends=True) if "Warning" not in line)
    assert code is None or process.returncode == code, f"exit code {process.returncode}\n{said}"
    return said


def fetch(port: int, path: str) -> tuple[int, str]:
    """Status and body of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", quote(path, safe="/?=&%"))
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def wait_for(port: int, seconds: float = 90) -> None:
    """Wait until the site answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            fetch(port, "/tietosuoja/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(port)


def free_port() -> int:
    """A port nobody listens at just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ready_site(folder: Path, url: str) -> Site:
    """A site that has been set up and holds no rows."""
    site = Site(folder, url)
    folder.mkdir(parents=True, exist_ok=True)
    site.run("setup")
    return site


@contextmanager
def copied(model: Site, folder: Path) -> Iterator[Site]:
    """A site just like the model, for one test to change."""
    shutil.copytree(model.folder, folder, ignore=shutil.ignore_patterns("locks", "*-shm", "*-wal"))
    with database(_name(model.environment["MUKANA_DATABASE_URL"])) as url:
        yield Site(folder, url)


@contextmanager
def database(template: str = "template0") -> Iterator[str]:
    """The address of a database of one's own; "" (SQLite in the data folder) where no server was named."""
    if not SERVER_URL:
        yield ""
        return
    name = f"mukana_site_{uuid4().hex[:12]}"
    _execute(f'CREATE DATABASE "{name}" TEMPLATE "{template or "template0"}"')
    try:
        yield urlunsplit(urlsplit(SERVER_URL)._replace(path=f"/{name}"))
    finally:
        _execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _execute(statement: str) -> None:
    import psycopg  # only where the tests run on PostgreSQL

    with psycopg.connect(SERVER_URL, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]  # names are our own
