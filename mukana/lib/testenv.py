"""I/O: the environment of a test run, loaded by pytest before Django's settings are.

Every test process gets a data folder of its own, a fixed clock, plain static files,
and no way to the outside: only loopback addresses may be reached.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="mukana-test-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
(FOLDER / "static").mkdir()
os.environ["MUKANA_DATA"] = str(FOLDER)
os.environ.setdefault("MUKANA_PRIVATE_NETWORKS", "1")  # other ends of tests are on loopback
os.environ["MUKANA_DATABASE_URL"] = os.environ.get("MUKANA_TEST_DATABASE_URL", "")
os.environ["MUKANA_STATIC"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
os.environ["MUKANA_SECRET_KEY"] = "only-for-tests"  # noqa: S105  # signs nothing that leaves a test
os.environ.setdefault("PYTHONHASHSEED", "0")  # the processes of xdist must name the same tests
os.environ["MUKANA_NOW"] = "2026-11-22T10:00"
for name in ("MUKANA_DEMO", "MUKANA_BASE_URL", "MUKANA_TILE_URL", "MUKANA_REGION"):
    os.environ.pop(name, None)

_connect = socket.socket.connect


def _only_loopback(self: socket.socket, address: object) -> None:
    host = address[0] if isinstance(address, tuple) else ""
    if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"a test reached outside: {host}")
    _connect(self, address)  # type: ignore[arg-type]  # passed on as it came


socket.socket.connect = _only_loopback  # type: ignore[method-assign,assignment]
