"""What the best entries are about lifts entries that are about the same (relevance feedback).

The first answer to "valvon öisin" names sleep, worry and rest; entries that name these
too come before those that only share a word with the question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from mukana.search.asking.plan import Leaf, Plan, Slot
from mukana.search.asking.vocabulary import Vocabulary

BEST = 5  # entries that are asked
_CONCEPTS = 8
_WEIGHT = 0.3


def fed(plan: Plan, answers: Iterable[tuple[float, bytes]], vocabulary: Vocabulary) -> Plan:
    """The plan lifted by concepts that (score, stored words) of the best entries name."""
    rows = list(answers)
    if not rows or not rows[0][0]:
        return plan
    asked = {leaf.term for slot in (*plan.slots, *plan.boosts) for leaf in slot.leaves}
    named: dict[str, float] = defaultdict(float)
    for score, stored in rows:
        for term in {term for term in stored.decode().split() if term.startswith("#") and term[1] != "?"} - asked:
            named[term] += score / rows[0][0]
    weights = {term: share / len(rows) * _rarity(term, vocabulary) for term, share in named.items()}
    best = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:_CONCEPTS]
    lifts = tuple(Slot("", (Leaf(term, weight),), _WEIGHT) for term, weight in best)
    return replace(plan, boosts=plan.boosts + lifts)


def _rarity(term: str, vocabulary: Vocabulary) -> float:
    return vocabulary.rarity(vocabulary.widest(term)) / vocabulary.rarity(1)
