"""What tests of whole sites share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sites import Site, copied, database, ready_site


@pytest.fixture(scope="session")
def empty_model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site without rows that tests only copy."""
    with database() as url:
        yield ready_site(tmp_path_factory.mktemp("model") / "data", url)


@pytest.fixture
def site(empty_model: Site, tmp_path: Path) -> Iterator[Site]:
    """A site of one's own, set up and without rows."""
    with copied(empty_model, tmp_path / "data") as own:
        yield own
