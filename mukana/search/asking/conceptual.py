"""Leaves of a concept: entries that name it, hint at it, name a neighbour, or carry its codes.  Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mukana.search.asking.plan import Leaf
from mukana.search.lexicon.rules import Concept, Lexicon

NAMED, HINTED = 0.62, 0.27
NEIGHBOUR, NEIGHBOUR_HINTED = 0.45, 0.18
THE_SAME = 0.95  # strength from which a word means the very concept
OWNERS, SHARED = 2, 0.5  # a topic of more concepts than this tells less of each, by this power
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


class Codes:
    """How much each topic code tells of one concept: a code that many concepts share tells less of each."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._counts = Counter(code for concept in lexicon for code in concept.topics)

    def share(self, topic: str) -> float:
        """0…1."""
        return min(1.0, (OWNERS / self._counts[topic]) ** SHARED) if topic in self._counts else 1.0


def concept_leaves(concept: Concept, strength: float, kind: str, codes: Codes) -> Iterator[Leaf]:
    """What is the concept itself, found with `strength` 0…1; `kind` is the reason's kind."""
    yield from _of(concept, NAMED * strength, HINTED * strength, kind if strength >= THE_SAME else _near(kind))
    yield from code_leaves(concept, strength, kind, codes)


def neighbour_leaves(concept: Concept, strength: float, kind: str, lexicon: Lexicon) -> Iterator[Leaf]:
    """Concepts near it."""
    for neighbour_id, closeness in concept.expands:
        neighbour = lexicon.by_id.get(neighbour_id)
        if neighbour is not None:
            share = closeness * strength
            yield from _of(neighbour, NEIGHBOUR * share, NEIGHBOUR_HINTED * share, _near(kind))


def _of(concept: Concept, named: float, hinted: float, kind: str) -> Iterator[Leaf]:
    yield Leaf(f"#{concept.id}", named, kind, concept.name)
    yield Leaf(f"#?{concept.id}", hinted, _near(kind), concept.name)


def _near(kind: str) -> str:
    """Only the concept itself, surely named, is the same thing; all else has to do with it."""
    return "need" if kind == "synonym" else kind


def code_leaves(concept: Concept, strength: float, kind: str, codes: Codes) -> Iterator[Leaf]:
    """The directory's own codes the concept stands for."""
    for code in concept.topics:
        yield Leaf(code, TOPIC * codes.share(code) * strength, kind, concept.name, "topics")
    for field, held, weight in (("audiences", concept.audience, AUDIENCE), ("features", concept.features, FEATURE)):
        yield from (Leaf(code, weight * strength, kind, concept.name, field) for code in held)
    for facet, code in concept.facets:
        yield Leaf(code, FACET * strength, kind, concept.name, _FACET_FIELDS[facet])
