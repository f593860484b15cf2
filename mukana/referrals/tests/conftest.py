"""Every test of referrals may move its clock."""

from __future__ import annotations

import pytest

from mukana.referrals.tests.make import Time


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """Monday 23.11.2026 at nine, until the test moves it."""
    return Time(monkeypatch)
