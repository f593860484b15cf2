"""Counts of codes among what was found, as the boxes of the search page show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import tantivy

from mukana.search.ranking.filtering import Limits, within

# Facet of the page → (field of the index, condition whose own choice must not empty it).
FACETS = {
    "kind": ("kind", "kinds"),
    "form": ("form", "forms"),
    "municipality": ("municipality", "municipalities"),
    "topic": ("topics", "topics"),
    "audience": ("audiences", "audiences"),
    "feature": ("features", ""),
    "accessibility": ("accessibility", ""),
    "language": ("languages", "languages"),
    "weekday": ("weekday", "weekdays"),
    "daypart": ("daypart", "dayparts"),
    "price": ("price", ""),
}
_MOST_CODES = 400  # more than there are municipalities
_ALL: dict[str, Any] = {"all": {"value_count": {"field": "last_end"}}}  # every entry has the field


@dataclass(frozen=True, slots=True)
class Counts:
    """`facets`: facet → code → count.  `without`: condition → how many there would be without it."""

    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)


def counts(searcher: tantivy.Searcher, query: tantivy.Query, limits: Limits, *, facets: bool, without: bool) -> Counts:
    """What is asked for, in one passage through the index and one more for each condition.

    A facet with a choice of its own is counted as if it had none.
    """
    found = Counts()
    on = {condition.name for condition in limits.chosen}
    if facets:
        plain = [name for name, (_, condition) in FACETS.items() if condition not in on]
        found.facets.update(_read(searcher.aggregate(within(query, limits.queries), _terms(plain)), plain))
    for name in (condition.name for condition in limits.chosen):
        own = [facet for facet, (_, condition) in FACETS.items() if condition == name] if facets else []
        if own or without:
            answer = searcher.aggregate(within(query, limits.but(name)), _terms(own) | _ALL)
            found.facets.update(_read(answer, own))
            found.without[name] = int(answer["all"]["value"])
    return found


def _terms(names: list[str]) -> dict[str, Any]:
    return {name: {"terms": {"field": FACETS[name][0], "size": _MOST_CODES}} for name in names}


def _read(answer: dict[str, Any], names: list[str]) -> dict[str, dict[str, int]]:
    return {name: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer[name]["buckets"]} for name in names}
