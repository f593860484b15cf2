"""Villages and former municipalities lead to the municipality of today."""

from __future__ import annotations

import pytest

from mukana.organisations.reference import municipalities
from mukana.organisations.villages import village_named, villages


@pytest.mark.parametrize(
    ("word", "town"),
    [("nilsiä", "Kuopio"), ("riistavesi", "Kuopio"), ("kuusankoski", "Kouvola"), ("palokassa", "Jyväskylä"), ("vehmersalmi", "Kuopio")],
)
def test_a_village_lies_in_its_municipality(word: str, town: str) -> None:
    assert municipalities()[villages()[village_named(word)]].name_fi == town


def test_an_ordinary_word_or_a_municipality_is_no_village() -> None:
    assert not any(village_named(word) for word in ("kallio", "asema", "keskusta", "kuopio", "jumppaa"))


def test_every_village_lies_in_a_municipality_that_exists() -> None:
    assert set(villages().values()) <= municipalities().keys()
