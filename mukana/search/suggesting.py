"""Finishing what is being typed: names of the lexicon that find something, then titles of entries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from mukana.search.analysis.words import folded
from mukana.search.asking.planning import Knowledge
from mukana.search.index.reading import Opened
from mukana.search.index.schema import ZONES
from mukana.search.index.terms import FORM_MARK
from mukana.search.lexicon.rules import Lexicon

SHORTEST = 2
_LOOKED_AT = 200
_KINDS = ("activity", "service", "need", "place")


def suggestions(prefix: str, limit: int, languages: tuple[str, ...], opened: Opened, knowledge: Knowledge) -> list[str]:
    """At most `limit` distinct suggestions."""
    plain = folded(" ".join(prefix.split()))
    if len(plain) < SHORTEST or limit < 1:
        return []
    ordered = [*_names(plain, languages, opened, knowledge), *_titles(plain, opened)]
    distinct = {folded(words): words for words in reversed(ordered)}
    kept = [words for words in ordered if distinct.get(folded(words)) == words]
    return list(dict.fromkeys(kept))[:limit]


def _names(plain: str, languages: tuple[str, ...], opened: Opened, knowledge: Knowledge) -> list[str]:
    """Labels of concepts that some entry names; the concept's own name before its other labels."""
    found: list[tuple[int, int, str]] = []
    for spelled, label, concept, order in _labels(knowledge, languages):
        if spelled.startswith(plain):
            entries = max(opened.searcher.doc_freq(zone, f"#{concept}") for zone in ZONES)
            if entries:
                found.append((min(order, 3), -entries, label))
    return [label for _, _, label in sorted(found)]


@lru_cache(maxsize=1)
def _labels(knowledge: Knowledge, languages: tuple[str, ...]) -> tuple[tuple[str, str, str, int], ...]:
    return tuple(_rows(knowledge.lexicon, languages))


def _rows(lexicon: Lexicon, languages: tuple[str, ...]) -> Iterator[tuple[str, str, str, int]]:
    for concept in lexicon:
        if concept.kind in _KINDS:
            for language in languages:
                for order, label in enumerate(concept.labels.get(language, ())):
                    yield folded(label), label, concept.id, order


def _titles(plain: str, opened: Opened) -> list[str]:
    rows = opened.searcher.terms_with_prefix("phrases", plain, limit=_LOOKED_AT)
    ordered = sorted(rows, key=lambda row: (-row[1], len(row[0]), row[0]))
    return [term.partition(FORM_MARK)[2] for term, _ in ordered]
