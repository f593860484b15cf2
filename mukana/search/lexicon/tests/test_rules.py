"""A concept has a name whatever languages it is told in."""

from __future__ import annotations

import pytest

from mukana.search.lexicon.rules import Concept


@pytest.mark.parametrize(
    ("labels", "name"),
    [
        ({"en": ("dance",), "fi": ("tanssi", "tanssiminen"), "sv": ("dans",)}, "tanssi"),
        ({"fi": (), "sv": ("dans",)}, "dans"),
        ({"en": ("dance",)}, "dance"),
        ({}, "dance_id"),
    ],
)
def test_a_concept_is_named_in_finnish_else_swedish_else_english_else_by_its_id(labels: dict[str, tuple[str, ...]], name: str) -> None:
    assert Concept("dance_id", "toiminta", labels).name == name
