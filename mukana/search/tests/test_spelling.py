"""Slips of typing are mended towards words somebody has written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.search.analysis.words import folded
from mukana.search.asking.spelling import corrections


class Written:
    """A few written forms with how many entries have them."""

    def __init__(self, **counts: int) -> None:
        self._rows = sorted((folded(form), form, count) for form, count in counts.items())

    def spelled(self, word: str) -> list[str]:
        return [form for plain, form, _ in self._rows if plain == folded(word)]

    def forms(self, prefix: str) -> list[tuple[str, str, int]]:
        return [row for row in self._rows if row[0].startswith(prefix)]


WORDS = Written(kuntosali=9, kävelyryhmä=4, jooga=7, jogga=1, senioritanssi=3, vauva=5)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kuntoslai", "kuntosali"),
        ("kavelyryhma", "kävelyryhmä"),
        ("joga", "jooga"),
        ("senioritan", "senioritanssi"),
        ("vaauva", "vauva"),
        ("ukntosali", "kuntosali"),
    ],
)
def test_the_nearest_written_word_is_meant(typed: str, meant: str) -> None:
    assert corrections(typed, [WORDS])[0] == meant


def test_nothing_near_means_no_correction() -> None:
    assert corrections("xyzzyq", [WORDS]) == []


@given(st.text(max_size=40))
def test_a_correction_is_always_a_written_word(typed: str) -> None:
    assert set(corrections(typed, [WORDS])) <= {"kuntosali", "kävelyryhmä", "jooga", "jogga", "senioritanssi", "vauva"}
