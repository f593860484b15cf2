"""A process makes itself ready before it answers, and starts whatever is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from mukana.config import warming


def test_a_site_without_an_index_starts(settings: Any, tmp_path: Path) -> None:
    settings.INDEX_ROOT = tmp_path
    warming.warm_up()


def test_a_site_whose_database_does_not_answer_starts_and_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def unanswered(_request: object) -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(warming, "search", unanswered)
    warming.warm_up()
    assert "no such table" in caplog.text
