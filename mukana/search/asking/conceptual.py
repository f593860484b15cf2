"""Leaves of a concept: entries that name it, hint at it, name a neighbour, or carry its codes.  Pure."""

from __future__ import annotations

from collections.abc import Iterator

from mukana.search.asking.plan import Leaf
from mukana.search.lexicon.rules import Concept, Lexicon

NAMED, HINTED = 0.62, 0.27
NEIGHBOUR, NEIGHBOUR_HINTED = 0.5, 0.15
TOPIC, AUDIENCE, FEATURE, FACET = 0.45, 0.3, 0.42, 0.6
_FACET_FIELDS = {
    "kind": "kind",
    "form": "form",
    "price": "price",
    "access": "accessibility",
    "weekday": "weekday",
    "daypart": "daypart",
    "language": "languages",
}


def concept_leaves(concept: Concept, strength: float, lexicon: Lexicon, kind: str) -> Iterator[Leaf]:
    """Leaves of one concept found with `strength` 0…1; `kind` is the reason's kind."""
    yield from _of(concept, NAMED * strength, HINTED * strength, kind)
    yield from code_leaves(concept, strength, kind)
    for neighbour_id, closeness in concept.expands:
        neighbour = lexicon.by_id.get(neighbour_id)
        if neighbour is not None:
            share = closeness * strength
            yield from _of(neighbour, NEIGHBOUR * share, NEIGHBOUR_HINTED * share, kind)


def _of(concept: Concept, named: float, hinted: float, kind: str) -> Iterator[Leaf]:
    yield Leaf(f"#{concept.id}", named, kind, concept.name)
    yield Leaf(f"#?{concept.id}", hinted, kind, concept.name)


def code_leaves(concept: Concept, strength: float, kind: str) -> Iterator[Leaf]:
    """The directory's own codes the concept stands for."""
    for field, codes, weight in (
        ("topics", concept.topics, TOPIC),
        ("audiences", concept.audience, AUDIENCE),
        ("features", concept.features, FEATURE),
    ):
        yield from (Leaf(code, weight * strength, kind, concept.name, field) for code in codes)
    for facet, code in concept.facets:
        yield Leaf(code, FACET * strength, kind, concept.name, _FACET_FIELDS[facet])
