"""A question made ready for one index and one lexicon.  It holds what was understood, never what was found."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import tantivy

from mukana.search.asking.plan import Plan
from mukana.search.ranking.reasons import Explainer
from mukana.search.ranking.scoring import ANY, RELATED, STRICT, SURE, Scorer

REACHES = (SURE, STRICT, RELATED, ANY)


class Prepared:
    """The plan, and its query for each reach, made when first asked for."""

    def __init__(self, plan: Plan, scorer: Scorer, widened: Callable[[Plan], Plan]) -> None:
        self.plan = plan
        self._scorer = scorer
        self._widened = widened
        self._queries: dict[int, tantivy.Query | None] = {}

    def query(self, number: int) -> tantivy.Query | None:
        """The query for REACHES[number]; None when no entry has any of the terms."""
        if number not in self._queries:
            reach = REACHES[number]
            plan = self._widened(self.plan) if reach is ANY else self.plan
            self._queries[number] = self._scorer.query(plan, reach)
        return self._queries[number]

    @cached_property
    def asked(self) -> frozenset[str]:
        """Terms that the question itself stands for."""
        return frozenset(leaf.term for slot in (*self.plan.slots, *self.plan.boosts) for leaf in slot.leaves)

    @cached_property
    def explainer(self) -> Explainer:
        """Tells why an entry answers."""
        return Explainer(self.plan)
