"""What an import brings twice over is noticed at its end."""

from __future__ import annotations

from typing import Any

import pytest

from mukana.duplicates.queries import waiting
from mukana.importers.actions import bring_in
from mukana.importers.registry import SOURCES
from mukana.lib.testing import shared_path
from mukana.organisations.actions import load_municipalities

pytestmark = pytest.mark.django_db


def test_the_manala_pair_is_offered_once(settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    settings.INDEX_ROOT = tmp_path / "index"
    load_municipalities()
    files = [str(shared_path(f"data/ical/manala_collision_{name}.ics")) for name in ("gcal", "suomijazz")]
    suggested = [bring_in(SOURCES["ical"], file, by="system").duplicates_suggested for file in [*files, *files]]
    assert suggested == [0, 1, 0, 0]
    assert "Manala" in str(waiting().get().first)
