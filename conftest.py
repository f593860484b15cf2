"""Every test gets a data folder of its own, a fixed clock and plain static files."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_FOLDER = tempfile.TemporaryDirectory(prefix="mukana-test-")
os.environ["MUKANA_DATA"] = _FOLDER.name
os.environ["MUKANA_DATABASE_URL"] = os.environ.get("MUKANA_TEST_DATABASE_URL", "")
os.environ["MUKANA_STATIC"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
os.environ["MUKANA_SECRET_KEY"] = "only-for-tests"
os.environ["MUKANA_NOW"] = "2026-11-22T10:00"
os.environ.pop("MUKANA_DEMO", None)


@pytest.fixture
def data_folder() -> Path:
    """The folder that `MUKANA_DATA` names in this test process."""
    return Path(_FOLDER.name)


@pytest.fixture
def fresh_index(settings: object, tmp_path: Path) -> Iterator[Path]:
    """An empty search index that no other test sees."""
    folder = tmp_path / "index"
    settings.INDEX_ROOT = folder  # type: ignore[attr-defined]  # pytest-django's settings take anything
    yield folder


_connect = socket.socket.connect


def _only_loopback(self: socket.socket, address: object) -> None:
    """Refuse every address that is not this machine's own."""
    host = address[0] if isinstance(address, tuple) else ""
    if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"a test reached outside: {host}")
    _connect(self, address)  # type: ignore[arg-type]


socket.socket.connect = _only_loopback  # type: ignore[method-assign]
