"""What the index knows of words: how many entries hold a term, which word forms there are."""

from __future__ import annotations

import math
from functools import lru_cache

from mukana.search.analysis.words import folded
from mukana.search.index.reading import Opened
from mukana.search.index.schema import ZONES
from mukana.search.index.terms import FORM_MARK

_MOST_FORMS = 6_000


class Vocabulary:
    """Questions to one state of the index."""

    def __init__(self, opened: Opened) -> None:
        self._searcher = opened.searcher
        self.documents = max(1, opened.documents)
        self.frequency = lru_cache(maxsize=4096)(self._frequency)

    def _frequency(self, field: str, term: str) -> int:
        return self._searcher.doc_freq(field, term)

    def holds(self, term: str) -> bool:
        """Whether any zone of any entry has the term."""
        return any(self.frequency(zone, term) for zone in ZONES)

    def widest(self, term: str) -> int:
        """Entries that have the term in the zone where it is commonest."""
        return max(self.frequency(zone, term) for zone in ZONES)

    def rarity(self, frequency: int) -> float:
        """The idf that the index's own scoring (BM25) uses for a term in `frequency` entries."""
        return math.log(1 + (self.documents - frequency + 0.5) / (frequency + 0.5))

    def spelled(self, word: str) -> list[str]:
        """Word forms that are `word` but for dots and accents."""
        found = self._searcher.terms_with_prefix("forms", folded(word) + FORM_MARK)
        return [term.partition(FORM_MARK)[2] for term, _ in found]

    def forms(self, prefix: str) -> list[tuple[str, str, int]]:
        """(folded form, form, entries) of word forms whose folded form begins with `prefix`."""
        found = self._searcher.terms_with_prefix("forms", prefix, limit=_MOST_FORMS)
        return [(*_parted(term), count) for term, count in found]


def _parted(term: str) -> tuple[str, str]:
    plain, _, form = term.partition(FORM_MARK)
    return plain, form
