"""Judged entries → what is suggested, best first, and what was left out for which condition.  Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mukana.guidance.rules.facts import Facts
from mukana.guidance.rules.judging import Judgement, judge
from mukana.guidance.rules.wish import Wish

MOST = 10
POOR = 0.15  # of the best one's score: less is not suggested at all
LEAST = 0.22  # of the search's own scale, in which a sure answer is 1 or more
LOOKED_AT = 0.3  # of the best score before judging: what is left out below this was no answer anyway


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One entry with its reasons."""

    facts: Facts
    score: float
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Chosen:
    """`left_out`: condition → how many good answers it kept away."""

    suggestions: tuple[Suggestion, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)


def choose(wish: Wish, found: Iterable[tuple[Facts, float]], most: int = MOST) -> Chosen:
    """The best that break nothing; nothing poor to fill the list with."""
    judged = [(facts, score, judge(wish, facts)) for facts, score in found]
    kept = sorted(
        (Suggestion(facts, score * judgement.share, judgement) for facts, score, judgement in judged if not judgement.bars),
        key=lambda one: -one.score,
    )
    best = kept[0].score if kept else 0.0
    good = [one for one in kept if one.score >= max(POOR * best, LEAST)] or kept[:1]
    return Chosen(_unlike(good, most), _left_out(judged))


def _unlike(good: Sequence[Suggestion], most: int) -> tuple[Suggestion, ...]:
    return tuple(good[:most])


def _left_out(judged: Sequence[tuple[Facts, float, Judgement]]) -> dict[str, int]:
    """Counted once for each condition that an answer breaks; only answers that would have been shown."""
    highest = max((score for _, score, _ in judged), default=0.0)
    counts = Counter(bar for _, score, judgement in judged if score >= LOOKED_AT * highest for bar in judgement.bars)
    return dict(counts.most_common())
