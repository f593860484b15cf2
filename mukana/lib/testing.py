"""I/O: help for tests (needs pytest)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared_path(relative: str) -> Path:
    """A file of the material folder named by the environment variable `MUKANA_SHARED`.

    The test is skipped when the variable is unset, and fails when it is set but the
    file is missing, so that a mistyped name never passes silently.
    """
    folder = os.environ.get("MUKANA_SHARED", "")
    if not folder:
        pytest.skip("MUKANA_SHARED is not set")
    path = Path(folder) / relative
    if not path.exists():
        pytest.fail(f"{path} is missing")
    return path
