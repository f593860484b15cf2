"""A new edition of the lexicon: the old one answers while it is made."""

from __future__ import annotations

import threading

import pytest

from mukana.search import knowledge as module
from mukana.search.actions import save_lexicon
from mukana.search.asking.planning import Knowledge
from mukana.search.models import LexiconEdition

pytestmark = pytest.mark.django_db
SMALL = "[dance] toiminta\nfi: tanssi\n"


@pytest.fixture
def current(monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: object) -> module.Current:
    """The knowledge of a process that looks for a new edition at every question."""
    monkeypatch.setattr(module, "LOOK_EVERY_S", 0.0)
    settings.DATA = tmp_path  # type: ignore[attr-defined]  # pytest-django's settings take anything
    return module.Current()


def test_the_old_edition_answers_until_the_new_one_is_ready(current: module.Current, monkeypatch: pytest.MonkeyPatch) -> None:
    old = current.get(fresh=True)
    ready, compiled = threading.Event(), module.compile_lexicon
    monkeypatch.setattr(module, "compile_lexicon", lambda *given: (ready.wait(20), compiled(*given))[1])
    save_lexicon(SMALL, by="test")
    assert current.get(fresh=False) is old
    assert current.get(fresh=False) is old
    ready.set()
    current.wait()
    new = current.get(fresh=False)
    assert new.version != old.version
    assert "dance" in new.lexicon.by_id


def test_a_fresh_one_is_waited_for(current: module.Current) -> None:
    old = current.get(fresh=True)
    save_lexicon(SMALL, by="test")
    assert current.get(fresh=True).version != old.version


def test_what_another_process_compiled_is_only_read(current: module.Current, monkeypatch: pytest.MonkeyPatch) -> None:
    LexiconEdition.objects.create(text=SMALL, saved_by="test", saved_at="2026-11-22T10:00:00+02:00")
    made: Knowledge = current.get(fresh=True)
    monkeypatch.setattr(module, "compile_lexicon", lambda *_: pytest.fail("compiled twice"))
    again = module.Current().get(fresh=True)
    assert set(again.tables.single) == set(made.tables.single)
