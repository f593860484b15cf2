"""Listeners hear of events in order, once each."""

from __future__ import annotations

import pytest

from mukana.lib.listeners import Listeners


def test_everybody_who_listens_hears_once_until_they_stop() -> None:
    told: Listeners[str] = Listeners()
    heard: list[str] = []
    told.listen(heard.append)
    first = told.listen(lambda word: heard.append(word.upper()))
    told.listen(first)
    assert (told.tell("a"), heard) == (2, ["a", "A"])
    told.forget(first)
    assert (told.tell("b"), heard) == (1, ["a", "A", "b"])


def test_what_a_listener_raises_reaches_the_teller() -> None:
    told: Listeners[str] = Listeners()
    told.listen(lambda word: int(word))  # noqa: PLW0108  # a function of its own
    with pytest.raises(ValueError):
        told.tell("x")
