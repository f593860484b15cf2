"""No message leaves a test, and each has a lexicon of its own."""

from __future__ import annotations

import pytest

from mukana.search import knowledge as knowledge_module


@pytest.fixture
def fresh_knowledge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge_module, "_current", knowledge_module.Current())


@pytest.fixture(autouse=True)
def nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mukana.outbox.actions.queueing.Thread", lambda **_: pytest.fail("sent inside a test"))
