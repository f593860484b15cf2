"""The last touch on the best entries: soon and near weigh a little, never more than relevance."""

from __future__ import annotations

from datetime import datetime

import tantivy

SOON_S = 14 * 24 * 3600
SOON, NEAR = 0.03, 0.05
_HALF_NEAR_KM = 10.0
_MOST = 200

Found = tuple[float, tantivy.DocAddress, float | None]
"""Score, address and kilometres of an entry on its way to a hit; a plain tuple, because there are hundreds of each search."""


def reordered(found: list[Found], searcher: tantivy.Searcher, now: datetime) -> list[Found]:
    """The best ones in the order of their touched scores; the rest follow as they were."""
    best, rest = found[:_MOST], found[_MOST:]
    if not best or not best[0][0]:
        return found
    moment = now.timestamp()
    last = moment + SOON_S
    starts = searcher.fast_field_values("next_start", [address for _, address, _ in best])
    touched = [
        (score * (1.0 + (SOON if start is not None and moment <= start <= last else 0.0) + _nearness(km)), address, km)
        for (score, address, km), start in zip(best, starts, strict=True)
    ]
    touched.sort(key=_score, reverse=True)
    return touched + rest


def _score(one: Found) -> float:
    return one[0]


def _nearness(km: float | None) -> float:
    return 0.0 if km is None else NEAR * _HALF_NEAR_KM / (_HALF_NEAR_KM + km)
