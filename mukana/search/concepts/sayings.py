"""What people say, not what the thing is called: a question against the sayings of the lexicon.  Pure.

A question seldom repeats a saying word for word, so the best-covered sayings vote for
their concepts: "iltaisin pyörii ajatukset" is near "ajatukset pyörivät öisin".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from mukana.search.concepts.compiling import STOP_WEIGHT, Saying, Tables
from mukana.search.concepts.stopwords import STOP

ALL = 0.97
ENOUGH = 0.5  # share of a saying's weight that the question must hold
_VOTES = 3


def sayings(said: Sequence[Mapping[str, float]], tables: Tables) -> list[tuple[str, float]]:
    """(concept, strength 0…1), strongest first, of the terms of each word of a question (see `saying_terms`)."""
    votes: dict[str, list[float]] = defaultdict(list)
    asked = sum(not STOP.issuperset(terms) and "ei" not in terms for terms in said)
    for number, words in _covered(said, tables).items():
        concept, whole, _ = tables.phrases[number]
        covered = sum(words.values()) / whole
        if covered < ENOUGH:
            continue  # nearly all: every saying that shares a "minä" with the question
        strength = _strength(covered, sum(weight > STOP_WEIGHT for weight in words.values()), asked)
        if strength:
            votes[concept].append(strength)
    joined = ((concept, _join(strengths)) for concept, strengths in votes.items())
    return sorted(joined, key=lambda pair: (-pair[1], pair[0]))


def _covered(said: Sequence[Mapping[str, float]], tables: Tables) -> dict[int, dict[str, float]]:
    """Number of a saying → its words heard; one said twice is heard once, and a word of the question is one word of a saying."""
    covered: dict[int, dict[str, float]] = {}
    phrases, index = tables.phrases, tables.phrase_index
    for terms in said:
        for number, (weight, term) in _heard(terms, phrases, index).items():
            words = covered.get(number)
            if words is None:
                covered[number] = {term: weight}
            elif weight > words.get(term, 0.0):
                words[term] = weight
    return covered


def _heard(terms: Mapping[str, float], phrases: Sequence[Saying], index: Mapping[str, Sequence[int]]) -> dict[int, tuple[float, str]]:
    """Number of a saying → the term of one word that weighs most in it."""
    best: dict[int, tuple[float, str]] = {}
    for term, share in terms.items():
        for number in index.get(term, ()):
            heard = (phrases[number][2][term] * share, term)
            if number not in best or heard > best[number]:
                best[number] = heard
    return best


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
