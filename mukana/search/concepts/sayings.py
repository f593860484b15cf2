"""What people say, not what the thing is called: a question against the sayings of the lexicon.  Pure.

A question seldom repeats a saying word for word, so the best-covered sayings vote for
their concepts: "iltaisin pyörii ajatukset" is near "ajatukset pyörivät öisin".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from mukana.search.concepts.compiling import STOP_WEIGHT, Tables
from mukana.search.concepts.stopwords import STOP

ALL = 0.97
ENOUGH = 0.5  # share of a saying's weight that the question must hold
_VOTES = 3


def sayings(said: Sequence[Mapping[str, float]], tables: Tables) -> list[tuple[str, float]]:
    """(concept, strength 0…1), strongest first, of the terms of each word of a question (see `saying_terms`)."""
    covered: dict[int, dict[str, float]] = defaultdict(dict)  # number of a saying → its words heard; one said twice is heard once
    for terms in said:
        for number in {n for term in terms for n in tables.phrase_index.get(term, ())}:
            weights = tables.phrases[number][2]
            weight, term = max((weights.get(term, 0.0) * share, term) for term, share in terms.items())
            covered[number][term] = max(weight, covered[number].get(term, 0.0))
    votes: dict[str, list[float]] = defaultdict(list)
    asked = sum(not STOP.issuperset(terms) and "ei" not in terms for terms in said)
    for number, words in covered.items():
        concept, whole, _ = tables.phrases[number]
        strong = sum(weight > STOP_WEIGHT for weight in words.values())
        strength = _strength(sum(words.values()) / whole, strong, asked)
        if strength:
            votes[concept].append(strength)
    joined = ((concept, _join(strengths)) for concept, strengths in votes.items())
    return sorted(joined, key=lambda pair: (-pair[1], pair[0]))


def _strength(covered: float, strong: int, asked: int) -> float:
    """One word in common is enough only when it is all that the saying says."""
    if covered < ENOUGH or (strong < 2 and covered < ALL):
        return 0.0
    explained = min(1.0, strong / asked) if asked else 1.0
    return min(1.0, covered) * (0.5 + 0.5 * explained)


def _join(strengths: list[float]) -> float:
    """The best vote, a little raised by the next ones."""
    best = sorted(strengths, reverse=True)[:_VOTES]
    return min(1.0, best[0] + 0.1 * sum(best[1:]))
