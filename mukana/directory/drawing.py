"""The drawn map: where things are in relation to towns, without tiles and without a third party.  Pure.

A point is laid on a plane by an equirectangular projection around the middle of
what is shown, which is true enough for a few hundred kilometres.  All results are
whole pixels of a `SIZE` × `SIZE` box, so that a template can print them in any language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import cos, hypot, radians
from statistics import median

from mukana.lib.geo import KM_PER_DEGREE as KM_OF_DEGREE
from mukana.lib.geo import haversine_km

Point = tuple[float, float]  # lat, lon (WGS84 degrees)
SIZE = 560
MARGIN = 64
LEAST_KM = 4.0  # the narrowest view
LEAST_TRACK_KM = 0.3  # the narrowest view of a route
TOWNS_BESIDE = 3  # towns taken into a view that has no place of the reader's own
FAR_TIMES = 3.0  # a pin this many times farther than the usual one would shrink the rest
PIN = 40  # pixels between two pins
LABEL_HEIGHT = 26
LETTER = 9  # width of a letter in pixels, about
RINGS_KM = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200)
AROUND = ((0, 0), (1, 0), (-1, 0), (0, -1), (1, -1), (-1, -1), (0, 1), (1, 1), (-1, 1))


@dataclass(frozen=True, slots=True)
class Spot:
    """Something to mark: a result with its number in the list, or a town with its name."""

    label: str
    point: Point
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A spot on the picture.  `x`, `y` is where the pin's tip is, `true_x`, `true_y` the real place."""

    x: int
    y: int
    label: str
    name: str = ""
    url: str = ""
    true_x: int = 0
    true_y: int = 0

    @property
    def moved(self) -> bool:
        """Was it drawn aside of its place because another one was in the way?"""
        return (self.x, self.y) != (self.true_x, self.true_y)


@dataclass(frozen=True, slots=True)
class Ring:
    """A distance around `cx`, `cy`, with its words at `x`, `y`."""

    radius: int
    km: float
    x: int
    y: int
    cx: int
    cy: int

    @property
    def label(self) -> str:
        """ "5 km", "200 m"."""
        return f"{self.km:g} km" if self.km >= 1 else f"{self.km * 1000:g} m"


@dataclass(frozen=True, slots=True)
class Ground:
    """The whole picture; `track` is a list of "x,y x,y …" polylines."""

    size: int
    pins: tuple[Mark, ...]
    towns: tuple[Mark, ...]
    rings: tuple[Ring, ...]
    origin: Mark | None
    track: tuple[str, ...] = ()
    outside: int = 0


@dataclass(frozen=True, slots=True)
class _Plane:
    """Degrees → pixels."""

    middle: Point
    across: float  # pixels of a degree of longitude
    up: float  # and of latitude

    def at(self, point: Point) -> tuple[int, int]:
        east, north = (point[1] - self.middle[1]) * self.across, (point[0] - self.middle[0]) * self.up
        return round(SIZE / 2 + east), round(SIZE / 2 - north)

    def held(self, towns: Iterable[Spot]) -> list[Spot]:
        """Those that lie within the picture; most of a country does not."""
        south, north = (self.middle[0] + side * SIZE / 2 / self.up for side in (-1, 1))
        west, east = (self.middle[1] + side * SIZE / 2 / self.across for side in (-1, 1))
        return [town for town in towns if south <= town.point[0] <= north and west <= town.point[1] <= east]


def ground(
    pins: Sequence[Spot], towns: Iterable[Spot], *, origin: Spot | None = None, track: Sequence[Sequence[Point]] = ()
) -> Ground | None:
    """The picture around the pins (and the origin and the track); None when there is nothing to show.

    Pins much farther from the origin than the others are left outside and counted in `outside`.
    """
    centre = origin.point if origin else None
    near = _near(pins, centre)
    shown = [pin.point for pin in near] + [point for line in track for point in line]
    if not shown:
        return None
    names = [town for town in towns if origin is None or town.label != origin.label]
    context = [centre] if centre else [] if track else _towns_beside(shown[0], names)
    plane = _plane(shown + context, LEAST_TRACK_KM if track else LEAST_KM)
    marks = _pins(near, plane)
    middle = origin or (Spot("", shown[0]) if len(shown) == 1 or track else None)
    rings = _rings(plane, _mark(middle, plane), marks) if middle else ()
    return Ground(
        size=SIZE,
        pins=marks,
        towns=_towns(names, plane, marks, rings),
        outside=len(pins) - len(near),
        rings=rings,
        origin=_mark(origin, plane) if origin else None,
        track=tuple(_line(line, plane) for line in track if len(line) > 1),
    )


def lines_of(geometry: dict[str, object] | None) -> list[list[Point]]:
    """The lines of a GeoJSON LineString or MultiLineString as (lat, lon) points; [] for anything else."""
    if not geometry:
        return []
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list):
        return []
    if geometry.get("type") == "LineString":
        return [_points(coordinates)]
    if geometry.get("type") == "MultiLineString":
        return [_points(line) for line in coordinates if isinstance(line, list)]
    return []


def _points(coordinates: list[object]) -> list[Point]:
    """GeoJSON positions ([lon, lat, …]) → points; at most 400 of them, evenly."""
    step = max(1, len(coordinates) // 400)
    pairs = (pair for pair in coordinates[::step] if isinstance(pair, list) and len(pair) >= 2)
    return [(float(pair[1]), float(pair[0])) for pair in pairs]


def _near(pins: Sequence[Spot], origin: Point | None) -> list[Spot]:
    """The pins that fit one picture with the origin."""
    if origin is None or len(pins) < 3:
        return list(pins)
    far = [haversine_km(*origin, *pin.point) for pin in pins]
    limit = max(10.0, FAR_TIMES * median(far))
    return [pin for pin, km in zip(pins, far, strict=True) if km <= limit]


def _towns_beside(point: Point, towns: Sequence[Spot]) -> list[Point]:
    """The towns a reader knows the place by, so that some names are seen."""
    wide = cos(radians(point[0])) ** 2

    def apart(town: Spot) -> float:
        return (town.point[0] - point[0]) ** 2 + wide * (town.point[1] - point[1]) ** 2

    return [town.point for town in nsmallest(TOWNS_BESIDE, towns, key=apart)]


def _plane(points: Sequence[Point], least_km: float) -> _Plane:
    south, north = min(point[0] for point in points), max(point[0] for point in points)
    west, east = min(point[1] for point in points), max(point[1] for point in points)
    middle = ((south + north) / 2, (west + east) / 2)
    height = (north - south) * KM_OF_DEGREE
    width = (east - west) * KM_OF_DEGREE * cos(radians(middle[0]))
    up = KM_OF_DEGREE * (SIZE - 2 * MARGIN) / max(height, width, least_km)
    return _Plane(middle, up * cos(radians(middle[0])), up)


def _mark(spot: Spot, plane: _Plane, aside: tuple[int, int] = (0, 0)) -> Mark:
    x, y = plane.at(spot.point)
    return Mark(x + aside[0], y + aside[1], spot.label, spot.name, spot.url, x, y)


def _pins(pins: Sequence[Spot], plane: _Plane) -> tuple[Mark, ...]:
    """Each pin at its place, or beside it when another one is there already."""
    placed: list[Mark] = []
    for pin in pins:
        placed.append(_free(pin, plane, placed))
    return tuple(placed)


def _free(pin: Spot, plane: _Plane, placed: Sequence[Mark]) -> Mark:
    for ring in range(1, 6):
        for across, down in AROUND:
            mark = _mark(pin, plane, (across * ring * PIN, down * ring * PIN))
            if _inside(mark) and all(hypot(mark.x - other.x, mark.y - other.y) >= PIN - 1 for other in placed):
                return mark
    return _mark(pin, plane)


def _inside(mark: Mark) -> bool:
    return 20 <= mark.x <= SIZE - 20 and 44 <= mark.y <= SIZE - 4


def _towns(towns: Iterable[Spot], plane: _Plane, pins: Sequence[Mark], rings: Sequence[Ring]) -> tuple[Mark, ...]:
    """Names that fit without covering a pin, a ring's words or another name; the first ones first."""
    words = [Mark(ring.x - 30, ring.y, ring.label) for ring in rings]
    placed: list[Mark] = []
    for town in plane.held(towns):
        x, y = plane.at(town.point)
        if not (8 < x < SIZE - LETTER * len(town.label) - 8 and 16 < y < SIZE - 20):
            continue
        mark = _mark(town, plane)
        if not any(_covers(mark, other) for other in (*placed, *words)) and not any(_under(mark, pin) for pin in pins):
            placed.append(mark)
    return tuple(placed)


def _covers(mark: Mark, other: Mark) -> bool:
    apart = max(len(mark.label), len(other.label)) * LETTER + 16
    return abs(mark.y - other.y) < LABEL_HEIGHT and abs(mark.x - other.x) < apart


def _under(town: Mark, pin: Mark) -> bool:
    return -24 < pin.x - town.x < len(town.label) * LETTER + 28 and -18 < pin.y - town.y < 52


def _rings(plane: _Plane, origin: Mark, pins: Sequence[Mark]) -> tuple[Ring, ...]:
    """The two widest rings that are seen, their words where the ring is inside and no pin stands."""
    found = []
    for km in RINGS_KM:
        radius = round(km * plane.up / KM_OF_DEGREE)
        ways = [(origin.x + radius * east, origin.y + radius * south) for east, south in ((0, -1), (0, 1), (1, 0), (-1, 0))]
        free = [(x, y) for x, y in ways if 34 < x < SIZE - 34 and 24 < y < SIZE - 10 and not _on_pin(x, y, pins)]
        if radius >= 50 and free:
            found.append(Ring(radius, km, free[0][0], free[0][1] - 5, origin.x, origin.y))
    return tuple(found[-2:])


def _on_pin(x: int, y: int, pins: Sequence[Mark]) -> bool:
    return any(abs(pin.x - x) < 46 and -14 < pin.y - y < 52 for pin in pins)


def _line(points: Sequence[Point], plane: _Plane) -> str:
    return " ".join(f"{x},{y}" for x, y in (plane.at(point) for point in points))
