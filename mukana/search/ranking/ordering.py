"""The last touch on the best entries: soon, confirmed and near weigh a little, never more than relevance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import tantivy

SOON_S = 14 * 24 * 3600
SOON, CONFIRMED, NEAR = 0.03, 0.03, 0.05
_HALF_NEAR_KM = 10.0
_MOST = 200


@dataclass(frozen=True, slots=True)
class Found:
    """One entry on its way to a hit."""

    address: tantivy.DocAddress
    score: float
    km: float | None = None

    def at(self, km: float | None) -> Found:
        """The same with its distance."""
        return Found(self.address, self.score, km)


def reordered(found: list[Found], searcher: tantivy.Searcher, now: datetime) -> list[Found]:
    """The best ones in the order of their touched scores; the rest follow as they were."""
    best, rest = found[:_MOST], found[_MOST:]
    if not best or not best[0].score:
        return found
    addresses = [one.address for one in best]
    starts = searcher.fast_field_values("next_start", addresses)
    qualities = searcher.fast_field_values("quality", addresses)
    moment = now.timestamp()
    touched = [
        Found(one.address, one.score * (1 + _soonness(start, moment) + CONFIRMED * (quality or 0.0) + _nearness(one.km)), one.km)
        for one, start, quality in zip(best, starts, qualities, strict=True)
    ]
    return sorted(touched, key=lambda one: -one.score) + rest


def _soonness(start: float | None, moment: float) -> float:
    if start is None or not moment <= start <= moment + SOON_S:
        return 0.0
    return SOON


def _nearness(km: float | None) -> float:
    return 0.0 if km is None else NEAR * _HALF_NEAR_KM / (_HALF_NEAR_KM + km)
