"""Shapes of a file as points, lines and areas in degrees.  Pure.

Corners outside Finland are left out: a line is cut there, and nothing is drawn over the
gap.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mukana.importers.geo.crs import Point, Reader, numbers, reader
from mukana.importers.lipas.geometry import simplified
from mukana.importers.values import as_dict
from mukana.lib.geo import line_length_m

MAX_CORNERS = 5_000  # of one line after thinning; simplifying takes their square in the worst case
MAX_PARTS = 500
MAX_NESTED = 5


@dataclass(slots=True)
class Shape:
    """The parts of a geometry, corners as they came."""

    points: list[Any] = field(default_factory=list)
    lines: list[list[Any]] = field(default_factory=list)
    rings: list[list[Any]] = field(default_factory=list)

    def first_corner(self) -> object:
        """A corner to tell the coordinate system by."""
        whole = (*self.points, *(corner for part in (*self.lines, *self.rings) for corner in part[:1]))
        return next((corner for corner in whole if numbers(corner)), None)


@dataclass(frozen=True, slots=True)
class Route:
    """Lines drawn lightly, and what they were before."""

    geometry: dict[str, Any]  # GeoJSON
    length_m: int
    start: Point
    cut: bool  # some corners were not in Finland


def shape_of(geometry: object, depth: int = 0) -> Shape:
    """The parts of a GeoJSON geometry; what is no geometry has none."""
    given = as_dict(geometry)
    coordinates = given.get("coordinates")
    kind = given.get("type")
    found = Shape()
    if kind == "GeometryCollection" and depth < MAX_NESTED:
        for part in _list(given.get("geometries"))[:MAX_PARTS]:
            inner = shape_of(part, depth + 1)
            found.points += inner.points
            found.lines += inner.lines
            found.rings += inner.rings
    elif kind == "Point":
        found.points = [coordinates]
    elif kind == "MultiPoint":
        found.points = _list(coordinates)[:MAX_PARTS]
    elif kind in ("LineString", "MultiLineString"):
        found.lines = _lists([coordinates] if kind == "LineString" else coordinates)
    elif kind in ("Polygon", "MultiPolygon"):
        polygons = _lists([coordinates] if kind == "Polygon" else coordinates)
        found.rings = [ring for polygon in polygons for ring in _lists(polygon)[:1]]
    return found


def route(shape: Shape, code: int) -> Route | None:
    """The lines of a shape as a route; None when no line is in Finland."""
    read = reader(code, shape.first_corner())
    runs: list[list[tuple[float, float]]] = []
    cut = False
    for line in shape.lines:
        found, gaps = _runs(line, read) if read else ([], True)
        runs += found
        cut = cut or gaps
    if not runs:
        return None
    length = round(sum(line_length_m(run) for run in runs))
    light = [[list(corner) for corner in simplified(thinned(run))] for run in runs[:MAX_PARTS]]
    geometry = {"type": "LineString", "coordinates": light[0]} if len(light) == 1 else {"type": "MultiLineString", "coordinates": light}
    return Route(geometry, length, (runs[0][0][1], runs[0][0][0]), cut)


def spot(shape: Shape, code: int) -> Point | None:
    """The first point, or the middle of an area's corners; None when it is not in Finland."""
    read = reader(code, shape.first_corner())
    if read is None:
        return None
    if shape.points:
        return next((found for corner in shape.points if (found := read(corner))), None)
    corners = [found for ring in shape.rings[:1] for corner in ring[:MAX_CORNERS] if (found := read(corner))]
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if not corners:
        return None
    return round(sum(lat for lat, _ in corners) / len(corners), 6), round(sum(lon for _, lon in corners) / len(corners), 6)


def thinned(line: list[Any]) -> list[Any]:
    """Every n-th corner of a long line, its last one kept."""
    if len(line) <= MAX_CORNERS:
        return line
    step = -(-len(line) // MAX_CORNERS)
    return [*line[:-1:step], line[-1]]


def _runs(line: list[Any], read: Reader) -> tuple[list[list[tuple[float, float]]], bool]:
    """The stretches of a line in Finland as (lon, lat), and whether something was left out."""
    runs: list[list[tuple[float, float]]] = [[]]
    gaps = False
    for corner in line:
        found = read(corner)
        if found is None:
            gaps = True
            if runs[-1]:
                runs.append([])
        elif not runs[-1] or runs[-1][-1] != (found[1], found[0]):
            runs[-1].append((found[1], found[0]))
    return [run for run in runs if len(run) > 1], gaps


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _lists(value: object) -> list[list[Any]]:
    return [part for part in _list(value)[:MAX_PARTS] if isinstance(part, list)]
