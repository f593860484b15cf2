"""Distances and plain checks of points in degrees (WGS84), always latitude first.

GeoJSON coordinates (longitude first) stand only where the name says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import asin, cos, isfinite, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
RINGS_KM = (1.0, 3.0, 5.0, 10.0, 20.0, 50.0)  # how a search is widened step by step
KM_PER_DEGREE = 111.32

# Finland with Åland and the sea near the coast, drawn by hand with a margin of some
# ten kilometres: good for noticing slips, not for deciding about borders. (lat, lon)
_OUTLINE = (
    (59.55, 22.2), (59.6, 20.0), (60.0, 19.0), (60.6, 19.0), (60.9, 20.4), (62.4, 20.6),
    (63.1, 20.3), (63.9, 21.9), (64.6, 23.4), (65.4, 24.0), (65.7, 23.9), (66.2, 23.5),
    (66.8, 23.5), (67.5, 23.1), (68.2, 22.6), (68.4, 21.3), (68.9, 20.1), (69.3, 20.7),
    (69.5, 21.7), (69.0, 23.5), (69.0, 24.7), (69.7, 25.4), (70.0, 26.2), (70.1, 28.2),
    (69.6, 29.7), (68.9, 29.2), (68.2, 29.0), (67.7, 30.4), (66.9, 29.7), (66.0, 30.5),
    (65.3, 30.2), (64.7, 30.4), (64.2, 31.0), (63.5, 31.6), (62.9, 32.0), (62.3, 31.7),
    (61.4, 30.3), (60.8, 28.9), (60.3, 28.0), (59.9, 27.3), (59.7, 25.0), (59.4, 23.0),
)  # fmt: skip
_WELL_INSIDE = (60.6, 24.2, 68.9, 28.5)  # south, west, north, east of a box that the outline does not cut


def haversine_km(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """Great-circle distance of two points in kilometres (error under 0.6 %)."""
    lat_1, lat_2 = radians(a_lat), radians(b_lat)
    half = sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin(radians(b_lon - a_lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def in_finland(lat: float, lon: float) -> bool:
    """Whether a point lies in Finland, roughly (with the coast and a margin)."""
    if _WELL_INSIDE[0] <= lat <= _WELL_INSIDE[2] and _WELL_INSIDE[1] <= lon <= _WELL_INSIDE[3]:
        return True
    return 59.4 <= lat <= 70.2 and 19.0 <= lon <= 32.0 and inside_ring(lat, lon, _OUTLINE)


def axes_swapped(lat: float, lon: float) -> bool:
    """Whether latitude and longitude have changed places (no Finnish point reads both ways)."""
    return not in_finland(lat, lon) and in_finland(lon, lat)


def finnish_point(lat: object, lon: object) -> tuple[float, float] | None:
    """`(lat, lon)` when the values are a point in Finland, swapped back if need be; else None.

    Numbers may come as text with a decimal point or comma.
    """
    pair = (_number(lat), _number(lon))
    if pair[0] is None or pair[1] is None:
        return None
    if in_finland(pair[0], pair[1]):
        return pair[0], pair[1]
    return (pair[1], pair[0]) if axes_swapped(pair[0], pair[1]) else None


def inside_ring(lat: float, lon: float, ring: Sequence[tuple[float, float]]) -> bool:
    """Whether a point lies inside a closed ring of `(lat, lon)` corners (even-odd rule)."""
    inside = False
    before_lat, before_lon = ring[-1]
    for corner_lat, corner_lon in ring:
        if (corner_lat > lat) != (before_lat > lat):
            share = (lat - corner_lat) / (before_lat - corner_lat)
            inside ^= lon < corner_lon + share * (before_lon - corner_lon)
        before_lat, before_lon = corner_lat, corner_lon
    return inside


def box_around(lat: float, lon: float, km: float) -> tuple[float, float, float, float]:
    """`(south, west, north, east)` of a box that holds the circle of `km` around a point."""
    high = km / KM_PER_DEGREE * 1.01  # the sphere of haversine_km is a little smaller
    edge = min(89.0, abs(lat) + high)
    wide = high / cos(radians(edge))
    return lat - high, lon - wide, lat + high, lon + wide


def rings(km: float) -> float:
    """The smallest search ring (1, 3, 5, 10, 20, 50 km) that holds a distance; 50 beyond it."""
    return next((ring for ring in RINGS_KM if km <= ring), RINGS_KM[-1])


def line_length_m(coordinates: Sequence[Sequence[float]]) -> float:
    """Length in metres of a GeoJSON line: `[[lon, lat, …], …]`."""
    return 1000 * sum(haversine_km(a[1], a[0], b[1], b[0]) for a, b in pairwise(coordinates))


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value.strip().replace(",", ".") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None
