"""Counts of codes among what was found, as the boxes of the search page show them."""

from __future__ import annotations

from typing import Any

import tantivy

from mukana.search.ranking.filtering import Condition, within

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


def facet_counts(
    searcher: tantivy.Searcher, query: tantivy.Query, always: list[tantivy.Query], chosen: list[Condition]
) -> dict[str, dict[str, int]]:
    """Facet → code → count.  A facet with a choice of its own is counted as if it had none."""
    on = {condition.name for condition in chosen}
    plain = [name for name, (_, condition) in FACETS.items() if condition not in on]
    counts = _count(searcher, within(query, [*always, *(c.query for c in chosen)]), plain)
    for name in FACETS.keys() - set(plain):
        others = [c.query for c in chosen if c.name != FACETS[name][1]]
        counts |= _count(searcher, within(query, [*always, *others]), [name])
    return counts


def count_of(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """How many entries a query finds; counting does not score, so it costs less than searching."""
    answer: dict[str, Any] = searcher.aggregate(query, {"all": {"value_count": {"field": "last_end"}}})
    return int(answer["all"]["value"])


def _count(searcher: tantivy.Searcher, query: tantivy.Query, names: list[str]) -> dict[str, dict[str, int]]:
    wanted = {name: {"terms": {"field": FACETS[name][0], "size": _MOST_CODES}} for name in names}
    answer: dict[str, Any] = searcher.aggregate(query, wanted)
    return {name: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer[name]["buckets"]} for name in names}
