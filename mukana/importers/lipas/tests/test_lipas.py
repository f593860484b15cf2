"""LIPAS as it really comes: version 1 from a real file, version 2 from a page written by its description."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.directory.drafts import EntryDraft, PlaceDraft
from mukana.importers.adapter import Context, RawRow, Rejected
from mukana.importers.lipas import client
from mukana.importers.lipas.geometry import simplified
from mukana.importers.lipas.mapping import to_drafts
from mukana.importers.tests.helpers import anything, entry_in, place_in
from mukana.lib.testing import shared_path

PAGE = Path(__file__).parent / "v2_page.json"


def page() -> dict[str, list[Any]]:
    rows = client.read(str(PAGE), Context())
    return {row.row_id: to_drafts(row, Context()) for row in rows}  # type: ignore[misc]


def sample() -> list[tuple[dict[str, Any], PlaceDraft, EntryDraft | None]]:
    """Rows of the real file with what became of them."""
    rows = list(client.read(str(shared_path("data/lipas/lipas_v1_sports_places_sample.json")), Context()))
    mapped = [(row.data or {}, to_drafts(row, Context())) for row in rows]
    return [(data, place_in(drafts), drafts[1] if len(drafts) > 1 else None) for data, drafts in mapped]  # type: ignore[misc,arg-type]


def one(**changes: Any) -> dict[str, Any]:
    site = {"sportsPlaceId": 1, "name": "Laavu", "type": {"typeCode": 301}, "location": {"city": {"cityCode": 286}}}
    return site | changes


def mapped(row: dict[str, Any]) -> Any:
    return to_drafts(RawRow(1, "1", "sports_place", row, b""), Context())


def test_every_row_of_the_real_file_becomes_a_place_with_a_point_in_finland() -> None:
    found = sample()
    assert len(found) == 802
    assert all(place.lat is not None and place.lon is not None for _, place, _ in found)


def test_an_address_without_a_scheme_becomes_a_link() -> None:
    assert place_in(mapped(one(www="www.multia.fi"))).contact.url == "https://www.multia.fi"


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("0400-541638", "+358400541638"), ("014 569 4257", "+358145694257"), ("(014) 2671 266", "+358142671266"),
        ("0205645916", "+358205645916"), ("+358 9 816 589 84", "+358981658984"), ("040-510 75 36", "+358405107536"),
        ("(08)6155521", "+35886155521"), ("041 730 8168 (klo 9-16)", "+358417308168"),
    ],
)  # fmt: skip
def test_phones_in_every_writing_are_understood(written: str, dialled: str) -> None:
    assert place_in(mapped(one(phoneNumber=written))).contact.phone == dialled


def test_phones_of_the_real_file_survive() -> None:
    assert all(place.contact.phone for data, place, _ in sample() if data.get("phoneNumber", "19529000") != "19529000")


def test_a_dash_is_no_address() -> None:
    assert place_in(mapped(one(location={"address": "-", "city": {"cityCode": 286}}))).address == ""


def test_post_offices_in_capitals_get_small_letters() -> None:
    assert place_in(mapped(one(location={"postalOffice": "YLI-II", "city": {"cityCode": 286}}))).city == "Yli-Ii"
    assert not any(place.city.isupper() for _, place, _ in sample() if len(place.city) > 1)


def test_names_lose_trailing_and_double_blanks() -> None:
    names = {place.texts["fi"]["name"] for _, place, _ in sample()}
    assert {"Metelivaaran laavu (Konttajärvi)", "Mutkalammen laavu", "Tiiristupa"} <= names


def test_the_many_lines_of_the_info_stay_paragraphs_and_the_misspelt_key_is_known() -> None:
    _, place, _ = next(item for item in sample() if item[0]["sportsPlaceId"] == 72269)
    assert place.texts["fi"]["description"].endswith("Paikalla on: leikkipaikka, valaistus.")


def test_a_moment_without_a_zone_is_finnish_time() -> None:
    entry = entry_in(mapped(one(lastModified="2015-10-05 14:36:32.688")))
    assert entry.modified_at is not None
    assert entry.modified_at.isoformat().startswith("2015-10-05T14:36:32.688000+03:00")


def test_an_absent_yes_is_not_a_no() -> None:
    entry = entry_in(mapped(one()))
    assert (entry.price_kind, entry.registration) == ("unknown", "unknown")
    assert entry_in(mapped(one(freeUse=True))).price_kind == "free"


def test_addresses_that_name_a_person_are_left_out() -> None:
    assert all("sukunimi" not in place.contact.email for _, place, _ in sample())


def test_swedish_written_as_northern_sami_is_swedish() -> None:
    entry = entry_in(page()["500001"])
    assert entry.texts["sv"]["name"] == "Puijo naturstig"
    assert "se" not in entry.texts


def test_a_line_type_is_a_route_with_its_geometry_and_length() -> None:
    entry = entry_in(page()["500001"])
    assert (entry.kind, entry.form, entry.media) == ("route", "outdoor_route", {"length_m": 3200, "lit": True})
    assert entry.geometry is not None
    assert entry.geometry["type"] == "MultiLineString"
    assert entry.geometry["coordinates"][0] == [[27.65, 62.91], [27.652, 62.91015], [27.653, 62.911]]
    assert set(entry.topics) == {"outdoor_route", "nature_walk"}
    assert entry.service_classes == ("P27.2",)


def test_a_temporary_closing_is_shown() -> None:
    drafts = page()["500002"]
    assert place_in(drafts).temporarily_closed
    assert entry_in(drafts).status == "published"
    assert "tilapäisesti suljettu" in entry_in(drafts).texts["fi"]["description"]


def test_places_closed_for_good_or_only_planned_are_withdrawn() -> None:
    found = page()
    assert [entry_in(found[row_id]).status for row_id in ("500003", "500004")] == ["withdrawn", "withdrawn"]


def test_a_point_at_sea_off_africa_is_no_point_and_a_lost_zero_comes_back() -> None:
    place = place_in(page()["500004"])
    assert (place.lat, place.lon, place.municipality) == (None, None, "005")


def test_a_motor_track_is_a_place_without_an_entry_and_an_area_has_its_middle() -> None:
    (place,) = page()["500005"]
    assert (place.lat, place.lon) == (62.91, 27.61)


def test_the_next_page_is_asked_until_the_last() -> None:
    data = json.loads(PAGE.read_text(encoding="utf-8"))
    url = "https://api.lipas.example.fi/v2/sports-sites?city-codes=297"
    assert client.next_page(data, url) == f"{url}&page=2"
    assert client.next_page({"pagination": {"current-page": 2, "total-pages": 2}}, url) == ""


def test_a_row_without_an_id_a_name_or_a_known_type_is_told() -> None:
    assert isinstance(mapped(one(name=" ")), Rejected)
    assert isinstance(mapped(one(type={"typeCode": 9999})), Rejected)
    (row,) = [client._raw(1, {"name": "Laavu"})]
    assert "tunniste" in row.problem


coordinates = st.tuples(st.floats(24, 28), st.floats(61, 64))


@given(st.lists(coordinates, min_size=2, max_size=40))
def test_simplifying_keeps_the_ends_and_invents_no_corner(line: list[tuple[float, float]]) -> None:
    light = simplified(line)
    assert (light[0], light[-1]) == (line[0], line[-1])
    assert set(light) <= set(line)


@given(anything)
def test_any_json_is_mapped_or_rejected(row: dict[str, Any]) -> None:
    for base in ({}, one(), {"lipas-id": 7, "name": "x", "type": {"type-code": 4404}}):
        assert isinstance(mapped(base | row), list | Rejected)
