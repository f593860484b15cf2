"""Judged entries → what is suggested, best first, and what was left out for which condition.  Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mukana.guidance.rules.facts import Facts
from mukana.guidance.rules.judging import Judgement, judge
from mukana.guidance.rules.wish import Wish

MOST = 10
POOR = 0.2  # of the best one's score: less is not suggested at all
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
    """The best that break nothing; nothing poor to fill the list with.

    Where there is nothing in the wished language, and it was not said that only that will do, other languages come
    with a word about it.
    """
    weighed = list(found)
    judged = [(facts, score, judge(wish, facts)) for facts, score in weighed]
    good = _good(judged)
    if not good and wish.language_must and not wish.language_only:
        good = _good([(facts, score, judge(wish.but(language_must=False), facts)) for facts, score in weighed])
    return Chosen(good[:most], _left_out(judged))


def _good(judged: Sequence[tuple[Facts, float, Judgement]]) -> tuple[Suggestion, ...]:
    kept = sorted(
        (Suggestion(facts, score * judgement.share, judgement) for facts, score, judgement in judged if not judgement.bars),
        key=lambda one: -one.score,
    )
    least = max(POOR * kept[0].score, LEAST) if kept else 0.0
    return tuple([one for one in kept if one.score >= least] or kept[:1])


def _left_out(judged: Sequence[tuple[Facts, float, Judgement]]) -> dict[str, int]:
    """Counted once for each condition that an answer breaks; only answers that would have been shown."""
    highest = max((score for _, score, _ in judged), default=0.0)
    counts = Counter(bar for _, score, judgement in judged if score >= LOOKED_AT * highest for bar in judgement.bars)
    return dict(counts.most_common())
