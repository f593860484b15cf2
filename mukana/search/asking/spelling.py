"""A word nobody wrote: which one was meant?

Order: the same letters with dots (kavelyryhma), one or two slips of the finger
(kuntoslai), a word begun but not finished (senioritan).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from rapidfuzz.distance import OSA

from mukana.search.analysis.words import folded

_TWO_SLIPS_FROM = 8  # letters; shorter words allow one
_FINISHED_FROM = 4  # letters a beginning must have
_POPULAR = 0.15  # how much popularity may outweigh closeness


class Forms(Protocol):
    """Where known word forms come from."""

    def spelled(self, word: str) -> list[str]: ...

    def forms(self, prefix: str) -> list[tuple[str, str, int]]: ...


def corrections(word: str, sources: Iterable[Forms]) -> list[str]:
    """Known forms that `word` may stand for, best first; empty when nothing is near."""
    held = list(sources)
    dotted = [form for source in held for form in source.spelled(word)]
    if dotted:
        return list(dict.fromkeys(dotted))[:3]
    plain = folded(word)
    if len(plain) < 4:
        return []
    near = _near(plain, held)
    return near or _finished(plain, held)


def _near(plain: str, sources: list[Forms]) -> list[str]:
    allowed = 2 if len(plain) >= _TWO_SLIPS_FROM else 1
    best: dict[str, float] = {}
    for prefix in _prefixes(plain):
        for source in sources:
            for other, form, count in source.forms(prefix):
                if abs(len(other) - len(plain)) > allowed:
                    continue
                distance = OSA.distance(plain, other, score_cutoff=allowed)
                if distance <= allowed:
                    rank = distance - _POPULAR * min(count, 5)
                    best[form] = min(rank, best.get(form, rank))
        if best:
            break
    return sorted(best, key=lambda form: (best[form], form))[:3]


def _prefixes(plain: str) -> Iterator[str]:
    """Beginnings under which the meant word may stand, likeliest first."""
    yield plain[:2]
    yield plain[1] + plain[0]
    yield plain[1:3]
    yield plain[0] + plain[2]
    yield plain[0]


def _finished(plain: str, sources: list[Forms]) -> list[str]:
    if len(plain) < _FINISHED_FROM:
        return []
    found = [(len(other), -count, form) for source in sources for other, form, count in source.forms(plain)]
    return [form for _, _, form in sorted(found)[:3]]
