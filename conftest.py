"""Fixtures that every test may use; the environment itself is set by `mukana.lib.testenv`."""

from __future__ import annotations

from pathlib import Path

import pytest

from mukana.lib import testenv


@pytest.fixture
def data_folder() -> Path:
    """The folder that `MUKANA_DATA` names in this test process."""
    return testenv.FOLDER


@pytest.fixture
def fresh_index(settings: object, tmp_path: Path) -> Path:
    """An empty search index that no other test sees."""
    folder = tmp_path / "index"
    settings.INDEX_ROOT = folder  # type: ignore[attr-defined]  # pytest-django's settings take anything
    return folder
