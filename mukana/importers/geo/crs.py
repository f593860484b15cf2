"""Coordinates of any system to degrees: as the file declares, else by what fits Finland.  Pure.

The map library is loaded at the first file that needs it, so that web processes never
carry it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from mukana.importers.values import as_dict, decimal
from mukana.lib.geo import in_finland
from mukana.lib.projections import looks_tm35fin, tm35fin_to_wgs84, web_mercator_to_wgs84

Point = tuple[float, float]  # lat, lon
Reader = Callable[[object], Point | None]
_CODE = re.compile(r"(?:EPSG.{1,40}|^)\b(\d{4,6})\)?\s*$", re.IGNORECASE)
_DEGREES = (4326, 4258, 4937, 4979)
_TM35FIN = (3067, 32635, 25835, 3047)
_NORTH = (6_500_000, 7_900_000)  # metres from the equator, of every system with its middle in Finland


def declared(crs: object) -> int:
    """The EPSG code of GeoJSON's old `crs` member, or of its name alone; 0 when it tells none, 4326 for CRS84."""
    told = crs if isinstance(crs, str) else as_dict(as_dict(crs).get("properties")).get("name")
    if not isinstance(told, str) or len(told) > 200:
        return 0
    if "CRS84" in told.upper():
        return 4326
    found = _CODE.search(told)
    return int(found[1]) if found else 0


def reader(code: int, sample: object) -> Reader | None:
    """How to read the corners of a shape whose first corner is `sample`: the first way that leads to Finland."""
    pair = numbers(sample)
    if pair is None:
        return None
    for candidate in dict.fromkeys((*([code] if code else []), *_guesses(*pair))):
        for swapped in (False, True):
            found = _Reader(candidate, swapped)
            if found(sample) is not None:
                return found
    return None


def numbers(corner: object) -> Point | None:
    """The first two numbers of a corner."""
    if not isinstance(corner, Sequence) or isinstance(corner, str) or len(corner) < 2:
        return None
    x, y = decimal(corner[0]), decimal(corner[1])
    return None if x is None or y is None else (x, y)


class _Reader:
    """A corner as (lat, lon) in Finland, else None."""

    def __init__(self, code: int, swapped: bool) -> None:
        self._to_degrees = _to_degrees(code)
        self._swapped = swapped

    def __call__(self, corner: object) -> Point | None:
        pair = numbers(corner)
        if pair is None or self._to_degrees is None:
            return None
        x, y = reversed(pair) if self._swapped else pair
        found = self._to_degrees(x, y)
        if found is None or not in_finland(*found):
            return None
        return round(found[0], 6), round(found[1], 6)


def _guesses(x: float, y: float) -> Iterator[int]:
    """Codes that two numbers may be of, by their size."""
    if abs(x) <= 180 and abs(y) <= 180:
        yield 4326
    for east, north in ((x, y), (y, x)):
        if looks_tm35fin(north, east):
            yield 3067
        elif 2_000_000 <= east <= 3_700_000 and 8_100_000 <= north <= 11_300_000:
            yield 3857
        elif _NORTH[0] <= north <= _NORTH[1]:
            yield from _zones(int(east // 1_000_000))
        elif 4_600_000 <= east <= 5_600_000 and 4_000_000 <= north <= 5_500_000:
            yield 3035


def _zones(zone: int) -> Iterator[int]:
    """Systems whose east coordinate begins with the number of its zone."""
    if 19 <= zone <= 31:
        yield 3873 + zone - 19  # ETRS-GK19FIN … GK31FIN
    if 1 <= zone <= 4:
        yield 2391 + zone - 1  # KKJ, its third zone the old map of the whole country


@lru_cache(maxsize=64)
def _to_degrees(code: int) -> Callable[[float, float], Point | None] | None:
    """(east, north) to (lat, lon); None for a system nobody knows."""
    if code in _DEGREES:
        return lambda east, north: (north, east)
    if code in _TM35FIN:
        return lambda east, north: tm35fin_to_wgs84(north, east) if looks_tm35fin(north, east) else None
    if code in (3857, 900913, 3785):
        return lambda east, north: web_mercator_to_wgs84(east, north) if abs(east) < 2.1e7 and abs(north) < 2.1e7 else None
    return _by_library(code)


def _by_library(code: int) -> Callable[[float, float], Point | None] | None:
    from pyproj import Transformer
    from pyproj.exceptions import ProjError

    try:
        transformer = Transformer.from_crs(f"EPSG:{code}", "EPSG:4326", always_xy=True)
    except ProjError:
        return None

    def found(east: float, north: float) -> Point | None:
        lon, lat = transformer.transform(east, north)
        return (lat, lon)  # infinite when it can not be; the caller asks whether it is in Finland

    return found
