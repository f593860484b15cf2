"""What tests of referrals share: a clock that may be moved, and what must hold when they end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mukana.referrals.tests.invariants import broken_chains, orphans, sent_to_nobody
from mukana.referrals.tests.make import Time


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """Monday 23.11.2026 at nine, until the test moves it."""
    return Time(monkeypatch)


@pytest.fixture
def nothing_lost(db: None) -> Iterator[None]:
    """When the test ends, nothing open is nobody's, every history is whole and no message went to nobody."""
    yield
    assert orphans() == []
    assert broken_chains() == []
    assert sent_to_nobody() == 0
