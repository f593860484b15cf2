"""What the best entries are about lifts entries that are about the same (relevance feedback).

The first answer to "valvon öisin" names sleep, worry and rest; entries that name these
too come before those that only share a word with the question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache

import tantivy

from mukana.search.asking.plan import Leaf, Plan, Slot
from mukana.search.asking.vocabulary import Vocabulary
from mukana.search.ranking.ordering import Found
from mukana.search.ranking.scoring import Reach, Scorer

BEST = 5  # entries that are asked
_CONCEPTS = 8
_WEIGHT = 0.4
_STRONG, _FAINT = 1.0, 0.25  # leaves under 0.3 count as if their concept were rare
_KEPT = 1_024  # entries, and concepts, whose part is remembered


class Feedback:
    """Lifts questions against one state of the index."""

    def __init__(self, searcher: tantivy.Searcher, vocabulary: Vocabulary, scorer: Scorer) -> None:
        self._searcher = searcher
        self._vocabulary = vocabulary
        self._scorer = scorer
        self._named = lru_cache(maxsize=_KEPT)(self._read_named)
        self._rarity = lru_cache(maxsize=_KEPT)(self._rarity_of)
        self._lifts: dict[tuple[str, float, int], tantivy.Query | None] = {}

    def lifted(self, query: tantivy.Query, reach: Reach, found: Sequence[Found], asked: Collection[str]) -> tantivy.Query | None:
        """The query with what the best entries name and nobody asked; None when they name nothing else."""
        best = found[:BEST]
        if not best or not best[0][0]:
            return None
        shares: dict[str, float] = defaultdict(float)
        for score, address, _ in best:
            for term in self._named(address.segment_ord, address.doc):
                if term not in asked:
                    shares[term] += score / best[0][0]
        weights = ((share / len(best) * self._rarity(term), term) for term, share in shares.items())
        strongest = sorted(weights, key=lambda pair: (-pair[0], pair[1]))[:_CONCEPTS]
        lifts = [lift for weight, term in strongest if (lift := self._lift(term, weight, reach)) is not None]
        return (
            tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *((tantivy.Occur.Should, lift) for lift in lifts)]) if lifts else None
        )

    def _lift(self, term: str, weight: float, reach: Reach) -> tantivy.Query | None:
        unit = _STRONG if weight >= 0.3 else _FAINT
        key = (term, unit, len(reach.zones))
        if key not in self._lifts:
            if len(self._lifts) > _KEPT:
                self._lifts.clear()
            self._lifts[key] = self._scorer.query(Plan((Slot("", (Leaf(term, unit),), _WEIGHT),)), reach)
        made = self._lifts[key]
        return None if made is None else tantivy.Query.boost_query(made, weight / unit)

    def _read_named(self, segment: int, number: int) -> tuple[str, ...]:
        """Concepts that an entry names, each once."""
        stored = self._searcher.doc(tantivy.DocAddress(segment, number)).get_first("words") or b""
        return tuple({term for term in stored.decode().split() if term.startswith("#") and term[1] != "?"})

    def _rarity_of(self, term: str) -> float:
        return self._vocabulary.rarity(self._vocabulary.widest(term)) / self._vocabulary.rarity(1)
