"""A point alone tells its municipality where no other comes into question."""

from __future__ import annotations

import json
import math
import random

from mukana.directory.drafts import EntryDraft, PlaceDraft, WithdrawnDraft
from mukana.importers.whereabouts import located, municipality_at
from mukana.lib.geo import inside_ring
from mukana.lib.testing import shared_path
from mukana.organisations.reference import municipalities

KUOPIO = (62.8924, 27.6770)


def test_a_point_in_the_middle_of_a_town_is_in_that_town_and_one_between_two_is_in_none() -> None:
    siilinjarvi = municipalities()["749"]
    assert municipality_at(*KUOPIO) == "297"
    assert municipality_at((KUOPIO[0] + (siilinjarvi.lat or 0)) / 2, (KUOPIO[1] + (siilinjarvi.lon or 0)) / 2) == ""


def test_what_is_told_stays_and_an_entry_in_a_place_waits_for_the_place() -> None:
    lat, lon = KUOPIO
    told = PlaceDraft(row_id="a", texts={}, municipality="Jossakin", lat=lat, lon=lon)
    inside = EntryDraft(row_id="b", kind="event", texts={}, place="a", lat=lat, lon=lon)
    assert located([told, inside, WithdrawnDraft("c")]) == [told, inside, WithdrawnDraft("c")]
    bare = EntryDraft(row_id="d", kind="route", texts={}, lat=lat, lon=lon)
    nowhere = PlaceDraft(row_id="e", texts={})
    assert [getattr(draft, "municipality", None) for draft in located([bare, nowhere])] == ["297", ""]


def test_nearly_all_that_get_a_municipality_get_the_right_one() -> None:
    shapes = json.loads(shared_path("data/municipalities/yle_munis_2021.geojson").read_text(encoding="utf-8"))["features"]
    chance = random.Random(1)
    towns = [one for one in municipalities().values() if one.lat and one.lon]
    right = wrong = 0
    for _ in range(300):
        town = chance.choice(towns)
        away, turn = chance.expovariate(1 / 10) / 111, chance.uniform(0, 2 * math.pi)
        lat = (town.lat or 0) + away * math.sin(turn)
        lon = (town.lon or 0) + away * math.cos(turn) / math.cos(math.radians(lat))
        true, given = _true(shapes, lat, lon), municipality_at(lat, lon)
        if true and given:
            right, wrong = right + (given == true), wrong + (given != true)
    assert right > 90
    assert wrong <= 0.05 * right


def _true(shapes: list[dict[str, object]], lat: float, lon: float) -> str:
    for shape in shapes:
        geometry: dict[str, list[list[list[list[float]]]]] = shape["geometry"]  # type: ignore[assignment]  # GeoJSON
        parts = geometry["coordinates"] if str(geometry["type"]) == "MultiPolygon" else [geometry["coordinates"]]
        if any(inside_ring(lat, lon, [(corner[1], corner[0]) for corner in part[0]]) for part in parts):  # type: ignore[misc]
            return str(shape["properties"]["id"])  # type: ignore[index]
    return ""
