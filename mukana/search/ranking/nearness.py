"""Near comes before far: a lift in the index for what lies around the asker, then kilometres among the best.

The lift is needed because of thousand equal answers in the country only the first few
hundred are looked at closer.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import cos, radians

import tantivy

from mukana.lib.geo import KM_PER_DEGREE, box_around, haversine_km
from mukana.search.index.cells import cells

Point = tuple[float, float]  # lat, lon

AROUND_KM, AROUND = 35.0, 0.15  # what lying within it adds to a score
FAR, HALF_FAR_KM = 0.65, 60.0  # an entry loses at most FAR of its score, half of that at HALF_FAR_KM, little nearby
NOWHERE = 0.85  # what is remote or on no map keeps
_SQUARE_KM = KM_PER_DEGREE**2
_KEPT = 400  # points whose lift is remembered; more than there are municipalities


class Nearness:
    """Lifts for one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema
        self._lift = lru_cache(maxsize=_KEPT)(self._made)

    def nearer(self, query: tantivy.Query, near: Point | None) -> tantivy.Query:
        """The query with a lift for what lies around `near`."""
        if near is None:
            return query
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Should, self._lift(near))])

    def _made(self, near: Point) -> tantivy.Query:
        around = cells(*box_around(*near, AROUND_KM)) or []
        terms = [tantivy.Query.term_query(self._schema, "cell", name, index_option="basic") for name in around]
        lying = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])  # quicker than the query for sets
        return tantivy.Query.const_score_query(lying, AROUND)


def distances(searcher: tantivy.Searcher, addresses: Sequence[tantivy.DocAddress], origin: Point) -> list[float | None]:
    """Kilometres of each entry from a point; None for what has no place."""
    lats, lons = (searcher.fast_field_values(name, list(addresses)) for name in ("lat", "lon"))
    return [_distance(origin, lat, lon) for lat, lon in zip(lats, lons, strict=True)]


def closeness(searcher: tantivy.Searcher, addresses: Sequence[tantivy.DocAddress], near: Point) -> list[float]:
    """The share of its score that each entry keeps, seen from `near`.

    Counted on a flat map, which is wrong by a hundredth within Finland and costs a quarter.
    """
    lat0, lon0 = near
    wide = cos(radians(lat0))
    lats, lons = (searcher.fast_field_values(name, list(addresses)) for name in ("lat", "lon"))
    return [
        NOWHERE if lat is None or lon is None else share(((lat - lat0) ** 2 + ((lon - lon0) * wide) ** 2) * _SQUARE_KM)
        for lat, lon in zip(lats, lons, strict=True)
    ]


def share(square_km: float) -> float:
    """What is kept at a distance, given as its square."""
    return 1.0 - FAR * square_km / (square_km + HALF_FAR_KM**2)


def _distance(origin: Point, lat: object, lon: object) -> float | None:
    if not isinstance(lat, float) or not isinstance(lon, float):
        return None
    return haversine_km(*origin, lat, lon)
