import json

from hypothesis import given
from hypothesis import strategies as st

from mukana.lib.geo import haversine_km
from mukana.lib.projections import (
    looks_tm35fin,
    tm35fin_to_wgs84,
    web_mercator_to_wgs84,
    wgs84_to_tm35fin,
    wgs84_to_web_mercator,
)
from mukana.lib.testing import shared_path

LATS = st.floats(59.5, 70.1)
LONS = st.floats(19.0, 32.0)


def test_the_middle_meridian_keeps_its_easting() -> None:
    northing, easting = wgs84_to_tm35fin(60.0, 27.0)
    assert abs(easting - 500_000) < 0.001
    assert abs(northing - 6_651_411.190) < 0.01  # meridian arc of GRS 80 times 0.9996


@given(LATS, LONS)
def test_there_and_back_gives_the_same_point_to_a_tenth_of_a_millimetre(lat: float, lon: float) -> None:
    northing, easting = wgs84_to_tm35fin(lat, lon)
    assert looks_tm35fin(northing, easting) or not 20 < lon < 31
    back = tm35fin_to_wgs84(northing, easting)
    assert haversine_km(lat, lon, *back) * 1e6 < 0.1


@given(st.floats(-85, 85), st.floats(-180, 180))
def test_web_mercator_there_and_back(lat: float, lon: float) -> None:
    back = web_mercator_to_wgs84(*wgs84_to_web_mercator(lat, lon))
    assert abs(back[0] - lat) < 1e-9
    assert abs(back[1] - lon) < 1e-9


def test_the_edge_of_web_mercator_is_its_known_half_width() -> None:
    assert abs(wgs84_to_web_mercator(0, 180)[0] - 20_037_508.3428) < 0.001


def test_sports_places_that_carry_both_systems_agree_to_centimetres() -> None:
    rows = json.loads(shared_path("data/lipas/lipas_v1_sports_places_sample.json").read_text("utf-8-sig"))
    points = [row["location"]["coordinates"] for row in rows if row["location"].get("coordinates")]
    assert len(points) > 700
    for point in points:
        wgs84, metres = point["wgs84"], point["tm35fin"]
        lat, lon = tm35fin_to_wgs84(metres["lat"], metres["lon"])
        assert haversine_km(lat, lon, wgs84["lat"], wgs84["lon"]) * 100_000 < 5
