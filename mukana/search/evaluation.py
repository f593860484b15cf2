"""How good a ranking is against judgments, the usual measures.  Pure.

nDCG@10: gain 2^grade - 1, log2 discount, ideal from all judged documents
(Järvelin & Kekäläinen 2002).  Recall@20: found / min(relevant, 20).
MRR: reciprocal rank of the first relevant.  Relevant is grade 2 or more, or 1 where
a question has nothing better.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Grades = Mapping[str, int]  # document → 0…3


@dataclass(frozen=True, slots=True)
class Score:
    """Each 0…1."""

    ndcg: float
    recall: float
    mrr: float


def score(ranked: Sequence[str], grades: Grades) -> Score:
    """Measures of one question; all zero when it has nothing relevant."""
    relevant = _relevant(grades)
    if not relevant:
        return Score(0.0, 0.0, 0.0)
    ideal = _gain(sorted(grades.values(), reverse=True)[:10])
    found = len(relevant & set(ranked[:20]))
    first = next((rank for rank, document in enumerate(ranked, 1) if document in relevant), 0)
    return Score(
        ndcg=_gain([grades.get(document, 0) for document in ranked[:10]]) / ideal,
        recall=found / min(len(relevant), 20),
        mrr=1 / first if first else 0.0,
    )


def mean(scores: Iterable[Score]) -> Score:
    """The mean of several; zero of none."""
    held = list(scores)
    count = len(held) or 1
    sums = (sum(getattr(one, name) for one in held) / count for name in ("ndcg", "recall", "mrr"))
    return Score(*sums)


def _relevant(grades: Grades) -> set[str]:
    good = {document for document, grade in grades.items() if grade >= 2}
    return good or {document for document, grade in grades.items() if grade >= 1}


def _gain(grades: Iterable[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))
