"""The last touch on the best entries: soon weighs a little, far away weighs more the farther it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import tantivy

from mukana.search.ranking.nearness import Point, closeness

SOON_S = 14 * 24 * 3600
SOON = 0.03
LATE = 0.85  # what nobody has confirmed in time stands behind equally good entries
_MOST = 200
ALIKE = 0.7  # share of the way to the best of those told in the same words
NEARLY = 0.9  # of the best one's score: so near, an asked word of the name decides
WELL = 0.4  # share of the best score from which an entry answers well

Found = tuple[float, tantivy.DocAddress, float | None]
"""Score, address and kilometres of an entry on its way to a hit; a plain tuple, because there are hundreds of each search."""


def reordered(
    found: list[Found], searcher: tantivy.Searcher, now: datetime, near: Point | None = None, placed: bool = False
) -> list[Found]:
    """The best ones in the order of their touched scores, seen from `near`; the rest follow as they were.

    `placed`: a place was named, so that those told alike differ by where they are.
    """
    best, rest = found[:_MOST], found[_MOST:]
    if not best or not best[0][0]:
        return found
    moment = now.timestamp()
    last = moment + SOON_S
    addresses = [address for _, address, _ in best]
    if not placed:
        best = _evened(best, searcher.fast_field_values("told_alike", addresses))
    starts = searcher.fast_field_values("next_start", addresses)
    today = now.date().toordinal()
    lates = searcher.fast_field_values("late_on", addresses)
    shares = closeness(searcher, addresses, near) if near else [1.0] * len(best)
    touched = [
        (score * (1.0 + (SOON if start is not None and moment <= start <= last else 0.0)) * share * _trust(late, today), address, km)
        for (score, address, km), start, share, late in zip(best, starts, shares, lates, strict=True)
    ]
    touched.sort(key=_score, reverse=True)
    return touched + rest


def _evened(found: list[Found], alike: Sequence[float | None]) -> list[Found]:
    """Of two told in the same words, the one with fewer labels is no worse an answer."""
    best: dict[float, float] = {}
    for (score, _, _), told in zip(found, alike, strict=True):
        if told is not None:
            best[told] = max(best.get(told, 0.0), score)
    return [
        (score if told is None or score >= NEARLY * best[told] else score + ALIKE * (best[told] - score), address, km)
        for (score, address, km), told in zip(found, alike, strict=True)
    ]


def _trust(late_on: float | None, today: int) -> float:
    return LATE if late_on is not None and late_on <= today else 1.0


def well_answering(scores: Sequence[float]) -> int:
    """How many answer nearly as well as the best one."""
    best = max(scores, default=0.0)
    return sum(score >= WELL * best for score in scores) if best else len(scores)


def _score(one: Found) -> float:
    return one[0]
