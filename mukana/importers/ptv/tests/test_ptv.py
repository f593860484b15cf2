"""PTV: versions 8 and 11, the pilot before them, and general descriptions, from real files and fixtures."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.directory.drafts import EntryDraft, OrganisationDraft, PlaceDraft
from mukana.directory.models import Entry
from mukana.importers.actions import bring_in
from mukana.importers.adapter import Context, RawRow, Rejected
from mukana.importers.ptv import client
from mukana.importers.ptv.general import general_description
from mukana.importers.ptv.hours import weekly
from mukana.importers.ptv.mapping import to_drafts
from mukana.importers.ptv.shapes import MARKS, codes, localized
from mukana.importers.registry import SOURCES
from mukana.importers.tests.helpers import anything, entry_in, place_in
from mukana.lib.testing import shared_path
from mukana.organisations.actions import load_municipalities

HERE = Path(__file__).parent
POOL = "11111111-0000-4000-8000-000000000001"
HALL = "22222222-0000-4000-8000-000000000001"


def outcome(*paths: Path) -> dict[str, Any]:
    context = Context()
    rows = [row for path in paths for row in client.read(str(path), context)]
    return {row.row_id: to_drafts(row, context) for row in rows}


def fixture() -> dict[str, Any]:
    return outcome(HERE / "v11_channels.json", HERE / "v11_services.json")


def real(*names: str) -> dict[str, Any]:
    return outcome(*(shared_path(f"data/ptv/{name}.json") for name in names))


def drafts_of(found: dict[str, Any], kind: type[Any]) -> list[Any]:
    return [draft for drafts in found.values() for draft in drafts if isinstance(draft, kind)]


# Texts and codes


def test_languages_come_in_any_order_and_empty_values_are_left_out() -> None:
    texts = entry_in(fixture()[POOL]).texts
    assert list(texts) == ["fi", "sv", "en"]
    assert (texts["fi"]["name"], texts["sv"]["name"]) == ("Uimahalli", "Simhallen")


def test_texts_of_the_general_description_fill_in_where_the_service_is_silent() -> None:
    texts = entry_in(fixture()[POOL]).texts
    assert texts["fi"]["summary"] == "Uimahalli on avoinna kaikille."
    assert texts["fi"]["description"] == "Pohjakuvauksen teksti."
    assert texts["sv"]["summary"] == "Grundbeskrivning."


def test_instructions_and_charges_find_their_fields() -> None:
    entry = entry_in(fixture()[POOL])
    assert entry.texts["fi"]["join"] == "Tule uimaan ilman varausta."
    assert (entry.price_kind, entry.price_cents) == ("paid", 650)


def test_classes_concepts_and_groups_become_topics_and_audiences() -> None:
    entry = entry_in(fixture()[POOL])
    assert entry.topics == ("water_exercise", "swimming")
    assert entry.audience == ("older",)
    assert entry.service_classes == ("P27.1",)
    assert entry.keywords[:3] == ("vesijumppa", "uinti", "Uikku")
    assert entry.languages == ("fi", "sv")


def test_old_addresses_of_classes_are_understood_by_their_label() -> None:
    assert codes([{"Key": "http://urn.fi/URN:NBN:fi:au:ptvl:v2003", "Value": "Lapset ja lapsiperheet"}]) == ("KR1.2",)
    assert codes(["kansalaiset", "Omaishoitajana toimiminen"]) == ("KR1", "KE13")


def test_a_missing_description_of_163_is_no_trouble() -> None:
    entries = drafts_of(real("ptv_v8_services"), EntryDraft)
    assert len(entries) == 20
    assert "None" not in repr([entry.texts for entry in entries])


# Places and joins


def test_a_service_stands_in_the_place_that_names_it_and_the_other_way_round() -> None:
    assert entry_in(fixture()[POOL]).place == HALL
    found = real("ptv_v8_servicechannels", "ptv_v8_services")
    assert sum(1 for entry in drafts_of(found, EntryDraft) if entry.place) == 4


def test_services_alone_point_at_their_first_channel() -> None:
    found = outcome(HERE / "v11_services.json")
    assert entry_in(found["11111111-0000-4000-8000-000000000002"]).place == "22222222-0000-4000-8000-000000000003"


def test_metres_written_as_text_become_degrees() -> None:
    place = place_in(fixture()[HALL])
    assert (place.lat, place.lon) == (62.896195, 27.673729)


def test_a_post_box_is_no_address_and_example_values_beside_the_street_are_passed_by() -> None:
    place = place_in(fixture()[HALL])
    assert (place.address, place.postal_code, place.city, place.municipality) == ("Uimahallinkatu 2", "70100", "Kuopio", "297")
    assert all(place.lat != 61.6887 for place in drafts_of(real("ptv_v8_servicechannels"), PlaceDraft))


def test_a_phone_parted_into_prefix_and_number_is_joined_and_a_fax_is_none() -> None:
    assert place_in(fixture()[HALL]).contact.phone == "+35863253122"


def test_a_persons_address_is_passed_by_for_the_office() -> None:
    assert place_in(fixture()[HALL]).contact.email == "uimahalli@kuopio.example.fi"


def test_hours_with_an_empty_last_day_a_range_and_a_night_are_read_and_exceptions_left_out() -> None:
    hours = place_in(fixture()[HALL]).hours
    assert [one["day"] for one in hours] == ["mon", "tue", "wed", "thu", "fri", "sat"]
    assert hours[4] == {"day": "fri", "opens": "6.30", "closes": "19.00"}
    assert hours[5] == {"day": "sat", "opens": "22.00", "closes": "2.00"}


def test_always_open_is_every_day() -> None:
    assert len(weekly([{"serviceHourType": "DaysOfTheWeek", "isAlwaysOpen": True}])) == 7


def test_an_address_of_null_is_borne_and_an_unpublished_place_gives_nothing() -> None:
    assert fixture()["22222222-0000-4000-8000-000000000003"] == []


def test_only_published_services_are_shown() -> None:
    assert entry_in(fixture()["11111111-0000-4000-8000-000000000002"]).status == "withdrawn"


def test_a_phone_channel_means_that_a_call_is_enough() -> None:
    assert "phone_ok" in entry_in(fixture()[POOL]).features


def test_the_responsible_organisation_is_the_organiser() -> None:
    assert entry_in(fixture()[POOL]).organisation == "33333333-0000-4000-8000-000000000002"


def test_a_changed_channel_makes_its_service_look_changed(tmp_path: Path) -> None:
    text = (HERE / "v11_channels.json").read_text(encoding="utf-8")
    digests = []
    for change in ("Niiralan uimahalli", "Uusi uimahalli"):
        (tmp_path / "a.json").write_text(text.replace("Niiralan uimahalli", change), encoding="utf-8")
        shutil.copy(HERE / "v11_services.json", tmp_path / "b.json")
        digests.append({row.row_id: row.digest_source for row in client.read(str(tmp_path), Context())}[POOL])
    assert digests[0] != digests[1]


def test_a_byte_order_mark_and_a_page_are_read() -> None:
    path = shared_path("data/ptv/ptv_v11_servicechannel_page_testdata.json")
    rows = list(client.read(str(path), Context()))
    assert len(rows) == 2
    assert [place_in(to_drafts(row, Context())).municipality for row in rows] == ["297", "297"]
    assert len({row.row_id for row in rows}) == 1  # the file gives one id twice; the sync keeps the first


def test_organisations_keep_their_business_code_and_kind() -> None:
    found = {draft.texts["fi"]["name"]: draft for draft in drafts_of(real("ptv_v8_organizations"), OrganisationDraft)}
    assert (found["Naantalin kaupunki"].kind, found["Naantalin kaupunki"].business_id) == ("municipality", "0135457-2")
    assert found["Väestörekisterikeskus"].texts["sv"]["name"] == "Befolkningsregistercentralen"


# General descriptions


def test_every_draft_js_body_becomes_plain_text() -> None:
    rows = json.loads(shared_path("data/ptv/ptv_general_descriptions.json").read_text(encoding="utf-8"))
    found = [general_description(row) for row in rows]
    assert len(found) == 458
    assert "entityMap" not in repr(found)
    assert sum(1 for one in found if one.texts["description"].get("fi")) > 300


def test_a_general_description_joins_its_service_and_is_no_entry_of_its_own() -> None:
    found = outcome(shared_path("data/ptv/ptv_general_descriptions.json"), HERE / "v11_services.json")
    assert found["00101b14-33b7-4da8-8c13-3a994c50a472"] == []
    assert "P4.13" in entry_in(found[POOL]).service_classes


# The pilot


def test_whole_numbers_and_labels_of_the_pilot_are_joined(tmp_path: Path) -> None:
    for name in ("organizations", "services", "servicelocations"):
        shutil.copy(shared_path(f"data/ptv/pilot_mikkeli_{name}.json"), tmp_path / f"{name}.json")
    found = outcome(tmp_path)
    assert len(found) == 306 + 165 + 89
    places = drafts_of(found, PlaceDraft)
    assert sum(1 for place in places if place.lat is None) == 8
    first = place_in(found["pilot:133"])
    assert (first.municipality, first.contact.phone) == ("491", "+358151941")
    assert first.hours[0] == {"day": "mon", "opens": "8.00", "closes": "16.15"}
    assert sum(1 for entry in drafts_of(found, EntryDraft) if entry.place) > 15
    assert entry_in(found["pilot:151"]).organisation == "pilot:105"


def test_an_organisation_listed_twice_comes_twice_for_staff_to_join() -> None:
    named = [one for one in drafts_of(real("pilot_mikkeli_organizations"), OrganisationDraft) if one.texts["fi"]["name"] == "Verohallinto"]
    assert len(named) == 2
    assert sorted(one.business_id for one in named) == ["", "0245458-3"]


# Reading


def test_a_folder_is_read_in_the_order_in_which_rows_point_back() -> None:
    kinds = [row.kind for row in client.read(str(shared_path("data/ptv")), Context())]
    assert [kind for place, kind in enumerate(kinds) if place == 0 or kinds[place - 1] != kind] == list(client.ORDER)


def test_one_address_reads_the_three_lists_of_a_municipality() -> None:
    found = client.addresses("https://api.example.fi/api/v11?municipality=297")
    assert found[0] == "https://api.example.fi/api/v11/Organization/list/area/Municipality/code/297"
    assert len(found) == 3
    url = "https://api.example.fi/api/v11/Service/list/area/Municipality/code/297"
    assert client.addresses(url) == [url]
    assert client.next_page({"pageNumber": 1, "pageCount": 3}, url) == f"{url}?page=2"


def test_a_row_that_is_nothing_of_ptv_is_refused() -> None:
    assert isinstance(to_drafts(RawRow(1, "x", "", {"name": "x"}, b""), Context()), Rejected)


def test_northern_sami_stays_northern_sami() -> None:
    assert list(localized([{"language": "se", "value": "a"}, {"language": "sv", "value": "b"}])) == ["sv", "se"]


@given(anything, st.sampled_from([kind for _, kind in MARKS] + [""]))
def test_any_json_is_mapped_or_rejected(row: dict[str, Any], kind: str) -> None:
    name = [{"language": "fi", "value": "x", "type": "Name"}]
    names = {"serviceNames": name, "serviceChannelNames": name, "organizationNames": name, "name": "x"}
    base = names | {"serviceChannelType": "ServiceLocation"}
    assert isinstance(to_drafts(RawRow(1, "x", kind, base | row, b""), Context()), list | Rejected)


@pytest.mark.django_db
def test_services_alone_leave_the_contacts_and_places_of_their_channels_as_they_stood(tmp_path: Path) -> None:
    load_municipalities()
    for name in ("v11_channels.json", "v11_services.json"):
        shutil.copy(HERE / name, tmp_path / name)
    bring_in(SOURCES["ptv"], str(tmp_path), by="system")
    facts = ("pk", "phone", "email", "url", "place_id")
    before = list(Entry.objects.order_by("pk").values_list(*facts))
    assert any(row[1] for row in before)
    bring_in(SOURCES["ptv"], str(HERE / "v11_services.json"), by="system")
    assert list(Entry.objects.order_by("pk").values_list(*facts)) == before
