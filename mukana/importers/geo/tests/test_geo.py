"""Routes and points as devices and map programs really write them, each oddity a sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mukana.directory.drafts import EntryDraft, PlaceDraft
from mukana.importers.adapter import Context, RawRow, Rejected
from mukana.importers.geo import client
from mukana.importers.geo.crs import declared, reader
from mukana.importers.geo.mapping import file_title, to_drafts
from mukana.importers.geo.shapes import MAX_CORNERS, thinned
from mukana.importers.tests.helpers import anything, entry_in, place_in
from mukana.lib.testing import shared_path

# Kuopio's market square and a few steps from it, as the map library itself gives them.
KUOPIO = (62.892, 27.678)
IN_SYSTEMS = {
    4326: (27.678, 62.892),
    3067: (534468.77, 6973737.8),
    3857: (3081100.87, 9073817.91),
    3879: (25636173.91, 6979180.33),
    3035: (5213108.25, 4534184.83),
    2393: (3534653.48, 6976660.5),
}


def rows(path: Path) -> list[tuple[RawRow, Any]]:
    context = Context()
    return [(row, to_drafts(row, context)) for row in client.read(str(path), context)]


def gpx(body: str) -> str:
    return f'<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{body}</gpx>'


def corners(tag: str = "trkpt", lat: float = 62.892, lon: float = 27.678) -> str:
    return "".join(f'<{tag} lat="{lat + n / 1000}" lon="{lon}"/>' for n in range(4))


@pytest.fixture
def put(tmp_path: Path) -> Any:
    def write(content: str | bytes | dict[str, Any], name: str = "harjun_polku.gpx") -> list[tuple[RawRow, Any]]:
        text = json.dumps(content) if isinstance(content, dict) else content
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return rows(tmp_path / name)

    return write


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: dict[str, Any], crs: str = "") -> dict[str, Any]:
    told = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    return {"type": "FeatureCollection", **told, "features": list(features)}


def line_at(x: float, y: float, step: float = 100.0) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [[x, y], [x, y + step]]}


# Real files


def test_the_trail_of_ounasvaara_is_a_route_with_its_length() -> None:
    ((_, drafts),) = rows(shared_path("data/routes/luontopolku.gpx"))
    entry = entry_in(drafts)
    assert (entry.texts["fi"]["name"], entry.kind, entry.form) == ("Ounasvaaran luontopolku", "route", "outdoor_route")
    assert 3000 < entry.media["length_m"] < 9000
    assert entry.geometry is not None
    assert (round(entry.lat or 0, 3), round(entry.lon or 0, 3)) == (66.497, 25.784)
    assert "outdoor_route" in entry.topics


def test_a_system_declared_only_in_crs_is_followed_and_xml_in_a_property_is_not_shown() -> None:
    found = {entry_in(drafts).texts["fi"]["name"]: entry_in(drafts) for _, drafts in rows(shared_path("data/routes/luontopolku.geojson"))}
    entry = found["Korkalovaaran luontopolku"]
    assert (round(entry.lat or 0, 2), round(entry.lon or 0, 2)) == (66.52, 25.66)
    assert "gpxx" not in json.dumps([one.texts for one in found.values()])
    assert 1000 < entry.media["length_m"] < 20_000


# Coordinates


@pytest.mark.parametrize("code", IN_SYSTEMS)
@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("turned", [False, True])
def test_every_system_leads_to_the_same_spot_declared_or_not_and_axes_turned(put: Any, code: int, told: bool, turned: bool) -> None:
    x, y = reversed(IN_SYSTEMS[code]) if turned else IN_SYSTEMS[code]
    point = feature({"type": "Point", "coordinates": [x, y, 82.0]}, nimi="Tori")
    crs = f"urn:ogc:def:crs:EPSG::{code}" if told else ""
    ((_, drafts),) = put(collection(point, crs=crs), "pisteet.geojson")
    place = place_in(drafts)
    assert place.lat == pytest.approx(KUOPIO[0], abs=2e-4)
    assert place.lon == pytest.approx(KUOPIO[1], abs=2e-4)


def test_the_map_library_is_not_loaded_before_a_file_needs_it() -> None:
    script = "import mukana.importers.geo.client, mukana.importers.geo.mapping, sys; sys.exit('pyproj' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_declaration_that_leads_out_of_finland_is_not_believed(put: Any) -> None:
    point = feature({"type": "Point", "coordinates": [27.678, 62.892]}, nimi="Tori")
    for crs in ("EPSG:3067", "EPSG:999999", "urn:ogc:def:crs:OGC:1.3:CRS84"):
        ((_, drafts),) = put(collection(point, crs=crs), "pisteet.geojson")
        assert place_in(drafts).lat == 62.892


def test_a_declaration_after_the_shapes_is_found(put: Any) -> None:
    content = collection(feature({"type": "Point", "coordinates": list(IN_SYSTEMS[3857])}, nimi="Tori"))
    content["crs"] = {"type": "name", "properties": {"name": "EPSG:3857"}}
    ((row, drafts),) = put(content, "pisteet.geojson")
    assert (row.data or {})["crs"] == "EPSG:3857"
    assert place_in(drafts).lat == pytest.approx(KUOPIO[0], abs=1e-4)


def test_names_of_systems_in_every_writing_are_read() -> None:
    told = ("EPSG:3067", "urn:ogc:def:crs:EPSG::3067", "urn:ogc:def:crs:EPSG:6.9:3067", "http://www.opengis.net/def/crs/EPSG/0/3067")
    assert [declared(name) for name in told] == [3067] * 4
    assert [declared(None), declared({"type": "name"}), declared("urn:ogc:def:crs:OGC:1.3:CRS84"), declared("oma")] == [0, 0, 4326, 0]


def test_what_is_at_sea_or_abroad_is_refused(put: Any) -> None:
    for x, y in ((0, 0), (18.06, 59.33), (27.678, -62.892), (1e12, 1e12)):
        ((_, outcome),) = put(collection(feature({"type": "Point", "coordinates": [x, y]}, nimi="Muualla")), "pisteet.geojson")
        assert outcome == Rejected("Kohde ei ole Suomessa, tai sen koordinaatteja ei voi lukea.")


def test_a_route_over_the_border_is_cut_there_and_says_so(put: Any) -> None:
    line = {"type": "LineString", "coordinates": [[27.6, 62.9], [27.61, 62.9], [40.0, 62.9], [27.7, 62.9], [27.71, 62.9]]}
    ((_, drafts),) = put(collection(feature(line, nimi="Rajan reitti")), "reitit.geojson")
    entry = entry_in(drafts)
    assert entry.geometry is not None
    assert entry.geometry["type"] == "MultiLineString"
    assert 950 < entry.media["length_m"] < 1100
    assert "Suomen ulkopuolella" in entry.texts["fi"]["summary"]


# GPX


def test_a_track_without_a_name_has_the_files_name_and_says_so(put: Any) -> None:
    ((_, drafts),) = put(gpx(f"<trk><trkseg>{corners()}</trkseg></trk>"))
    entry = entry_in(drafts)
    assert entry.texts["fi"]["name"] == "Harjun polku"
    assert "Reitillä ei ole lähteessä nimeä, joten nimi on tiedoston nimestä." in entry.texts["fi"]["summary"]
    assert entry.media["length_m"] == 334


@pytest.mark.parametrize(
    "name", ["2023-01-15T10:23:45Z", "20230115_102345", "15-JAN-23 10:23:45", "Track 2023-01-15 10:23", "15.1.2023 10.23"]
)
def test_a_moment_is_no_name(put: Any, name: str) -> None:
    ((_, drafts),) = put(gpx(f"<trk><name>{name}</name><trkseg>{corners()}</trkseg></trk>"))
    assert entry_in(drafts).texts["fi"]["name"] == "Harjun polku"


def test_the_name_of_the_whole_file_serves_its_track(put: Any) -> None:
    ((_, drafts),) = put(gpx(f"<metadata><name>Lenkki</name></metadata><trk><trkseg>{corners()}</trkseg></trk>"))
    assert entry_in(drafts).texts["fi"]["name"] == "Lenkki"


def test_waypoints_are_places_routes_and_tracks_are_routes(put: Any) -> None:
    body = '<wpt lat="62.892" lon="27.678"><name>Rantalaavu</name><sym>Laavu</sym><link href="https://laavu.fi/"/></wpt>'
    body += '<wpt lat="62.9" lon="27.7"/>'
    body += f"<rte><name>Rantareitti</name>{corners('rtept')}</rte>"
    body += f"<trk><name>Metsäreitti</name><trkseg>{corners()}</trkseg><trkseg>{corners(lon=27.7)}</trkseg></trk>"
    found = put(gpx(body))
    assert [row.row_id for row, _ in found] == [
        "harjun_polku:wpt:Rantalaavu", "harjun_polku:wpt:", "harjun_polku:rte:Rantareitti", "harjun_polku:trk:Metsäreitti",
    ]  # fmt: skip
    place, entry = place_in(found[0][1]), entry_in(found[0][1])
    assert (place.lat, place.contact.url, entry.kind, entry.place) == (62.892, "https://laavu.fi/", "place", place.row_id)
    assert found[1][1] == Rejected("Pisteellä ei ole nimeä.")
    track = entry_in(found[3][1])
    assert track.geometry is not None
    assert track.geometry["type"] == "MultiLineString"
    assert track.media["length_m"] == 667


def test_turned_axes_of_a_track_are_set_right(put: Any) -> None:
    body = f"<trk><name>Lenkki</name><trkseg>{corners(lat=27.678, lon=62.892)}</trkseg></trk>"
    entry = entry_in(put(gpx(body))[0][1])
    assert (entry.lat, entry.lon) == (62.892, 27.678)
    assert entry.media["length_m"] > 100


def test_equal_names_are_numbered_and_a_second_reading_is_the_same(put: Any) -> None:
    body = f"<trk><name>Lenkki</name><trkseg>{corners()}</trkseg></trk>" * 2
    first, second = put(gpx(body)), put(gpx(body))
    assert [row.row_id for row, _ in first] == ["harjun_polku:trk:Lenkki", "harjun_polku:trk:Lenkki#2"]
    assert [row.digest_source for row, _ in first] == [row.digest_source for row, _ in second]


def test_a_very_long_track_is_thinned_but_measured_whole(put: Any) -> None:
    points = "".join(f'<trkpt lat="{62 + n / 100_000}" lon="{27.5 + (n % 2) / 100_000}"/>' for n in range(90_000))
    ((_, drafts),) = put(gpx(f"<trk><name>Pitkä</name><trkseg>{points}</trkseg></trk>"))
    entry = entry_in(drafts)
    assert entry.geometry is not None
    assert len(json.dumps(entry.geometry)) < 300_000
    assert 110_000 < entry.media["length_m"] < 120_000


# GeoJSON


@pytest.mark.parametrize(
    "content",
    [
        collection(feature(line_at(27.6, 62.9, 0.01), nimi="Reitti")),
        feature(line_at(27.6, 62.9, 0.01), nimi="Reitti"),
        line_at(27.6, 62.9, 0.01),
    ],
    ids=["collection", "feature", "geometry"],
)
def test_a_collection_a_feature_and_a_bare_geometry_are_read(put: Any, content: dict[str, Any]) -> None:
    ((_, drafts),) = put(content, "rantareitti.geojson")
    entry = entry_in(drafts)
    assert entry.texts["fi"]["name"] in ("Reitti", "Rantareitti")
    assert 1100 < entry.media["length_m"] < 1120


def test_an_area_is_a_place_in_its_middle_and_nested_geometries_are_opened(put: Any) -> None:
    ring = [[27.0, 62.0], [27.2, 62.0], [27.2, 62.2], [27.0, 62.2], [27.0, 62.0]]
    area = {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [ring]}]}
    ((_, drafts),) = put(collection(feature(area, nimi="Uimaranta", kunta="Kuopio")), "alueet.geojson")
    place = place_in(drafts)
    assert (place.lat, place.lon, place.municipality) == (62.1, 27.1, "Kuopio")


def test_a_car_park_is_a_place_without_an_entry(put: Any) -> None:
    ((_, drafts),) = put(collection(feature({"type": "Point", "coordinates": [27.6, 62.9]}, nimi="P1")), "pisteet.geojson")
    assert [type(draft) for draft in drafts] == [PlaceDraft]


def test_ids_of_the_file_are_kept_and_texts_are_plain(put: Any) -> None:
    point = feature(
        {"type": "Point", "coordinates": [27.6, 62.9]},
        fid=7,
        nimi="Laavu",
        namn="Vindskydd",
        kuvaus="<p>Kota.</p> Kysy matti.meikalainen@posti.fi",
    )
    ((row, drafts),) = put(collection(point), "laavut.geojson")
    assert row.row_id == "laavut:7"
    assert place_in(drafts).texts == {
        "fi": {"name": "Laavu", "summary": "Kota. Kysy …"},
        "sv": {"name": "Vindskydd"},
    }


@pytest.mark.parametrize(
    "geometry",
    [None, {}, {"type": "Point"}, {"type": "LineString", "coordinates": [[1]]}, {"type": "Point", "coordinates": ["a", "b"]}, "x"],
)
def test_a_shape_nobody_can_read_is_told(put: Any, geometry: Any) -> None:
    ((_, outcome),) = put(collection(feature(geometry, nimi="x")), "pisteet.geojson")
    assert outcome == Rejected("Kohteella ei ole geometriaa, jota voi lukea.")


# Bad files

BOMB = '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><gpx><trk><name>&b;</name></trk></gpx>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty"),
        ("<!DOCTYPE html><html><head><title>Kirjaudu</title></head></html>", "not_geo"),
        ("jotain muuta", "not_geo"),
        (BOMB, "bomb"),
        (gpx(f"<trk><name>Lenkki</name><trkseg>{corners()}</trkseg></trk><trk><trkseg>")[:-6], "broken"),
        (gpx(f'<trk><name a="{"x" * 9_000_000}">Lenkki</name></trk>'), "too_large"),
        ("<gpx>" + "<a>" * 5000, "broken"),
        ('{"type": "FeatureCollection", "features": [{"type": "Feature"}, {"ty', "broken_off"),
    ],
    ids=["empty", "html", "text", "bomb", "cut", "long tag", "deep", "cut json"],
)
def test_what_can_not_be_read_is_told_in_words(put: Any, content: str, code: str) -> None:
    with pytest.raises(client.GeoError) as caught:
        put(content)
    assert caught.value.code == code


def test_wrong_letters_blanks_before_the_beginning_and_bare_ampersands_are_borne(put: Any) -> None:
    text = gpx(f"<trk><name>Hölkkä & kävely &nbsp;\x0b</name><trkseg>{corners()}</trkseg></trk>")
    for content in (text.encode("cp1252"), b"\n \n" + text.encode(), text.encode("utf-16"), b"\xef\xbb\xbf" + text.encode()):
        assert entry_in(put(content)[0][1]).texts["fi"]["name"] == "Hölkkä & kävely"


def test_the_name_of_a_file_becomes_a_title() -> None:
    assert [file_title(stem) for stem in ("harjun_polku-2", "2023-01-15", "")] == ["Harjun polku 2", "Reitti 2023 01 15", "Reitti"]


@given(st.integers(0, 30_000))
def test_a_thinned_line_keeps_its_ends(count: int) -> None:
    found = thinned(list(range(count)))
    assert len(found) <= MAX_CORNERS + 1
    assert not count or (found[0], found[-1]) == (0, count - 1)


@given(st.integers(0, 99_999), st.floats(), st.floats())
@settings(deadline=None)
def test_any_numbers_of_any_system_are_in_finland_or_nowhere(code: int, x: float, y: float) -> None:
    found = reader(code, [x, y])
    assert found is None or found([x, y]) is not None


@given(anything, anything)
def test_any_json_is_mapped_or_rejected(row: dict[str, Any], properties: dict[str, Any]) -> None:
    for shape in (
        row,
        feature(line_at(27.6, 62.9, 0.01), **properties),
        feature({"type": "Point", "coordinates": [27.6, 62.9]}, **properties),
    ):
        outcome = to_drafts(RawRow(1, "x", "feature", {"feature": shape, "file": "x"}, b""), Context())
        assert isinstance(outcome, Rejected) or all(isinstance(one, EntryDraft | PlaceDraft) for one in outcome)
