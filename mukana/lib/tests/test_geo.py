import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib import geo
from mukana.lib.geo import (
    axes_swapped,
    box_around,
    finnish_point,
    haversine_km,
    in_finland,
    inside_ring,
    line_length_m,
    rings,
)
from mukana.lib.testing import shared_path

LATS = st.floats(59.5, 70.0)
LONS = st.floats(19.0, 32.0)


def test_known_distances() -> None:
    assert haversine_km(60.1699, 24.9384, 62.8924, 27.6770) == pytest.approx(335, abs=3)
    assert haversine_km(60, 25, 60, 25) == 0


@given(st.tuples(LATS, LONS), st.tuples(LATS, LONS), st.tuples(LATS, LONS))
def test_distance_is_the_same_both_ways_and_a_detour_is_never_shorter(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> None:
    assert haversine_km(*a, *b) == pytest.approx(haversine_km(*b, *a))
    assert haversine_km(*a, *c) <= haversine_km(*a, *b) + haversine_km(*b, *c) + 1e-6


@pytest.mark.parametrize(
    "point",
    [
        (60.17, 24.94),
        (62.89, 27.68),
        (69.91, 27.02),
        (60.10, 19.94),
        (65.97, 29.18),
        (59.82, 22.97),
    ],
)
def test_finnish_points_are_in_finland_and_never_read_as_swapped(
    point: tuple[float, float],
) -> None:
    assert in_finland(*point)
    assert not axes_swapped(*point)
    assert axes_swapped(point[1], point[0])


@pytest.mark.parametrize(
    "point",
    [
        (59.33, 18.07),
        (59.44, 24.75),
        (59.93, 30.33),
        (69.65, 18.96),
        (0.0, 0.0),
        (64.0, 20.0),
        (61.79, 34.36),
    ],
)
def test_neighbours_are_not_in_finland(point: tuple[float, float]) -> None:
    assert not in_finland(*point)


def test_every_municipality_lies_in_finland() -> None:
    lines = shared_path("data/municipalities/municipalities_2026.tsv").read_text("utf-8").splitlines()
    names = lines[0].split("\t")
    lat, lon = (next(n for n, name in enumerate(names) if name.lower().endswith(end)) for end in ("lat", "lon"))
    rows = [line.split("\t") for line in lines[1:]]
    points = [(float(row[lat]), float(row[lon])) for row in rows if row[lat]]
    assert len(points) > 300
    assert [point for point in points if not in_finland(*point)] == []


def test_points_are_mended_or_refused() -> None:
    assert finnish_point("62,89", "27.68") == (62.89, 27.68)
    assert finnish_point(27.68, 62.89) == (62.89, 27.68)
    for lat, lon in ((None, 27), ("-", ""), (0, 0), ("nan", 27), (True, 27), (10**400, 27)):
        assert finnish_point(lat, lon) is None


@given(LATS, LONS, st.floats(0.1, 100), st.floats(-2, 2), st.floats(-3, 3))
def test_a_box_holds_its_circle(lat: float, lon: float, km: float, up: float, right: float) -> None:
    south, west, north, east = box_around(lat, lon, km)
    if haversine_km(lat, lon, lat + up, lon + right) <= km:
        assert south <= lat + up <= north
        assert west <= lon + right <= east


def test_a_search_widens_in_rings() -> None:
    assert [rings(km) for km in (0.2, 1.0, 4, 49, 400)] == [1.0, 1.0, 5.0, 50.0, 50.0]


def test_a_ring_has_an_inside() -> None:
    square = ((0.0, 0.0), (0.0, 2.0), (2.0, 2.0), (2.0, 0.0))
    assert inside_ring(1, 1, square)
    assert not inside_ring(3, 1, square)


def test_the_length_of_a_route_is_told_in_metres() -> None:
    assert line_length_m([[25.0, 60.0], [25.0, 60.01, 100.0]]) == pytest.approx(1112, abs=2)
    assert line_length_m([[25.0, 60.0]]) == 0


def test_the_box_that_is_taken_for_finland_at_once_lies_within_the_outline() -> None:
    south, west, north, east = geo._WELL_INSIDE
    steps = [number / 200 for number in range(201)]
    edge = [(south + (north - south) * part, lon) for part in steps for lon in (west, east)]
    edge += [(lat, west + (east - west) * part) for part in steps for lat in (south, north)]
    assert all(geo.inside_ring(lat, lon, geo._OUTLINE) for lat, lon in edge)
    assert not any(south <= lat <= north and west <= lon <= east for lat, lon in geo._OUTLINE)
