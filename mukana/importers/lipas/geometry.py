"""GeoJSON of a sports place: where it is, and a route drawn lightly enough for a page.  Pure."""

from __future__ import annotations

from math import cos, radians, sqrt
from typing import Any

from mukana.importers.values import as_dict, point
from mukana.lib.geo import KM_PER_DEGREE, line_length_m

Point = tuple[float, float]  # lon, lat as in GeoJSON
TOLERANCE_M = 8.0  # what simplifying may move a line sideways
MAX_POINTS = 20_000  # of one line as it comes
MAX_LINES = 200


def first_point(features: list[dict[str, Any]]) -> tuple[float | None, float | None]:
    """(lat, lon): a point itself, the start of a line, the middle of an area's corners."""
    for feature in features:
        geometry = as_dict(feature.get("geometry"))
        points = _points(geometry)
        if points and geometry.get("type") == "Polygon":
            ring = points[:-1] if len(points) > 1 and points[0] == points[-1] else points
            count = len(ring)
            return round(sum(lat for _, lat in ring) / count, 6), round(sum(lon for lon, _ in ring) / count, 6)
        if points:
            return points[0][1], points[0][0]
    return None, None


def route(features: list[dict[str, Any]]) -> tuple[dict[str, Any] | None, int]:
    """The lines as one GeoJSON geometry, simplified, and their true length in metres; (None, 0) without lines."""
    lines = [_points(geometry) for geometry in (as_dict(f.get("geometry")) for f in features) if geometry.get("type") == "LineString"]
    lines = [one for one in lines[:MAX_LINES] if len(one) > 1]
    if not lines:
        return None, 0
    length = round(sum(line_length_m(one) for one in lines))
    light = [[list(corner) for corner in simplified(one)] for one in lines]
    if len(light) == 1:
        return {"type": "LineString", "coordinates": light[0]}, length
    return {"type": "MultiLineString", "coordinates": light}, length


def simplified(line: list[Point], tolerance_m: float = TOLERANCE_M) -> list[Point]:
    """The line without the corners that lie within the tolerance (Douglas–Peucker, without recursion)."""
    kept = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        farthest, distance = _farthest(line, first, last)
        if distance > tolerance_m:
            kept.add(farthest)
            waiting += [(first, farthest), (farthest, last)]
    return [line[index] for index in sorted(kept)]


def _farthest(line: list[Point], first: int, last: int) -> tuple[int, float]:
    """The corner farthest from the segment and its metres, on a plane that fits Finland's few kilometres."""
    lon, lat = line[first]
    east, north = KM_PER_DEGREE * 1000 * cos(radians(lat)), KM_PER_DEGREE * 1000
    dx, dy = (line[last][0] - lon) * east, (line[last][1] - lat) * north
    length = dx * dx + dy * dy
    best, farthest = first, 0.0  # squares are enough to compare
    for index in range(first + 1, last):
        corner = line[index]
        x, y = (corner[0] - lon) * east, (corner[1] - lat) * north
        share = (x * dx + y * dy) / length if length else 0.0
        if share > 0:
            share = min(share, 1.0)
            x, y = x - share * dx, y - share * dy
        away = x * x + y * y
        if away > farthest:
            best, farthest = index, away
    return best, sqrt(farthest)


def _points(geometry: dict[str, Any]) -> list[Point]:
    """Corners that lie in Finland, heights left out; the outer ring of an area."""
    given: Any = geometry.get("coordinates")
    if geometry.get("type") == "Point":
        given = [given]
    elif geometry.get("type") == "Polygon":
        given = given[0] if isinstance(given, list) and given else []
    if not isinstance(given, list):
        return []
    corners = (point(corner[1], corner[0]) for corner in given[:MAX_POINTS] if isinstance(corner, list) and len(corner) > 1)
    return [(lon, lat) for lat, lon in corners if lat is not None and lon is not None]
