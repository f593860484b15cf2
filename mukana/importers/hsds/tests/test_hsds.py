"""HSDS of every age: the county data it grew from, its tables, its API; each oddity a sentence."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.directory.drafts import EntryDraft, PlaceDraft
from mukana.directory.models import Entry
from mukana.importers import opening
from mukana.importers.actions import bring_in
from mukana.importers.adapter import Context, RawRow, Rejected, SourceError
from mukana.importers.hsds import client, tables
from mukana.importers.hsds.mapping import to_drafts
from mukana.importers.registry import SOURCES
from mukana.importers.tests.helpers import anything, entry_in, place_in
from mukana.lib.http import Fetched, FetchError
from mukana.lib.testing import shared_path
from mukana.organisations.actions import load_municipalities

API = "https://hsds.example.fi/api"
WEEK = ["mon", "tue", "wed", "thu", "fri"]


def outcome(path: Path) -> dict[str, Any]:
    context = Context()
    return {row.row_id or f"rivi {row.number}": row.problem or to_drafts(row, context) for row in client.read(str(path), context)}


def shared(name: str) -> dict[str, Any]:
    return outcome(shared_path(f"data/hsds/{name}"))


def drafts_of(found: dict[str, Any], kind: type) -> list[Any]:
    return [draft for drafts in found.values() if isinstance(drafts, list) for draft in drafts if isinstance(draft, kind)]


def named(found: dict[str, Any], name: str) -> EntryDraft:
    (entry,) = [one for one in drafts_of(found, EntryDraft) if next(iter(one.texts.values()))["name"] == name]
    return entry  # type: ignore[no-any-return]


def service(**changes: Any) -> Any:
    base = {"id": "s1", "name": "Neuvola", "status": "active", "description": "Neuvontaa."}
    return to_drafts(RawRow(1, "service:s1", "service", base | changes, b""), Context())


def told(tmp_path: Path, rows: Any) -> dict[str, Any]:
    target = tmp_path / "hsds.json"
    target.write_text(json.dumps(rows), encoding="utf-8")
    return outcome(target)


def served(monkeypatch: pytest.MonkeyPatch, pages: dict[str, Any]) -> list[str]:
    asked: list[str] = []

    def fetch(url: str, **_: object) -> Fetched:
        asked.append(url)
        if url not in pages:
            raise FetchError("status", url, "500", 500)
        return Fetched(url, 200, {}, json.dumps(pages[url]).encode())

    monkeypatch.setattr(opening, "fetch", fetch)
    return asked


def page(number: int, last: int, *rows: Any) -> dict[str, Any]:
    return {"total_items": 9, "total_pages": last, "page_number": number, "size": 1, "last_page": number == last, "contents": list(rows)}


# County data of 2013


def test_libraries_by_name_have_their_hours_day_by_day() -> None:
    found = shared("smc_libraries_2013.json")
    entry = named(found, "Atherton Library")
    place = place_in(found[entry.place])
    assert (place.address, place.municipality, place.lat) == ("2 Dinkelspiel Station Lane", "Atherton", None)
    assert place.hours[0] == {"day": "sun", "opens": "13.00", "closes": "17.00"}
    assert (entry.topics, entry.contact.phone) == (("library",), "+16503282422")
    assert len(drafts_of(found, EntryDraft)) == 34


def test_markets_have_hours_in_words() -> None:
    found = shared("smc_farmers_markets_2013.jsonl")
    entry = named(found, "25th Avenue Farmers' Market")
    assert entry.texts["en"]["summary"] == "Hours: May - October Tuesday 4:00 PM to 7:30 PM"
    assert place_in(found[entry.place]).hours == [{"day": "tue", "opens": "16.00", "closes": "19.30"}]


def test_every_programme_of_the_county_comes_in() -> None:
    found = shared("smc_cip_2013_quarter_a.jsonl")
    rows = [json.loads(line) for line in shared_path("data/hsds/smc_cip_2013_quarter_a.jsonl").read_text().splitlines()]
    assert not [drafts for drafts in found.values() if not isinstance(drafts, list)]
    assert len(drafts_of(found, EntryDraft)) == len(rows) == 423
    assert sum(not row.get("street_address") for row in rows) == 63  # of the quarter that is here


def test_phones_two_lists_deep_hours_as_text_and_fees_in_words() -> None:
    found = shared("smc_cip_2013_quarter_a.jsonl")
    entry = named(found, "Central Region., Veterans Service Office")
    assert (entry.contact.phone, entry.price_kind, entry.organisation.partition(":")[0]) == ("+16508026598", "free", "organisation")
    place = place_in(found[entry.place])
    assert [row["day"] for row in place.hours] == WEEK
    assert place.accessibility == {"step_free": "yes", "toilet": "yes", "parking": "yes"}
    assert entry.contact.email == "dkremer@co.sanmateo.ca.us"
    assert "Veterans, dependents of veterans" in entry.texts["en"]["description"]


def test_a_programme_without_street_or_hours_is_kept() -> None:
    entry = named(shared("smc_cip_2013_quarter_a.jsonl"), "Singing Through History Folk Music Programs")
    assert (entry.place, entry.price_kind, entry.price_cents) == ("", "paid", None)
    assert "$400 for library program" in entry.texts[next(iter(entry.texts))]["price_note"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["smc_libraries_2013.json", "smc_farmers_markets_2013.jsonl", "smc_cip_2013_quarter_a.jsonl", "ohana_sample_csv"]
)
def test_a_second_import_changes_nothing(name: str) -> None:
    address = str(shared_path(f"data/hsds/{name}"))
    load_municipalities()
    first, again = (bring_in(SOURCES["hsds"], address, by="test") for _ in range(2))
    assert (first.problem, first.read) == ("", first.created + first.updated + first.unchanged + first.rejected_count)
    assert (again.created, again.updated, again.unchanged + again.rejected_count) == (0, 0, first.read)
    assert Entry.objects.filter(visible=True, municipality=None).exists()  # a municipality abroad is kept as text


# Tables


def test_tables_are_joined_by_their_ids() -> None:
    found = shared("ohana_sample_csv")
    entry = entry_in(found["service:1"])
    assert (entry.place, entry.organisation, entry.municipality) == ("place:1", "organisation:1", "Redwood City")
    assert (entry.contact.phone, entry.price_kind, "older" in entry.audience) == ("+16507807525", "paid", True)
    assert entry.texts["en"]["join"] == "Walk in or apply by phone."
    place = place_in(found["place:1"])
    assert (place.address, place.city, place.hours) == (
        "2600 Middlefield Road", "Redwood City", [{"day": "mon", "opens": "9.00", "closes": "15.00"}])  # fmt: skip
    assert place.accessibility == {"step_free": "yes", "toilet": "yes", "parking": "yes"}
    assert len(drafts_of(found, EntryDraft)) == 23


def test_holidays_of_the_year_one_and_short_years_do_no_harm() -> None:
    cells = (shared_path("data/hsds/ohana_sample_csv") / "holiday_schedules.csv").read_text()
    assert '"January 01, 0001"' in cells
    assert '"12/24/15"' in cells
    assert len(place_in(shared("ohana_sample_csv")["place:22"]).hours) == 7
    assert entry_in(service(assured_date="January 01, 0001")).modified_at is None
    modified = entry_in(service(assured_date="12/24/15")).modified_at
    assert modified is not None
    assert modified.date() == date(2015, 12, 24)


def packed(folder: Path, **files: str) -> Path:
    target = folder / "hsds.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(f"set/{name}.csv", body)
    return target


def test_a_tabular_data_package_of_version_3_is_read_out_of_a_zip(tmp_path: Path) -> None:
    found = outcome(packed(
        tmp_path,
        organization="id,name\no1,Vire ry\n", service="id,organization_id,name,status\ns1,o1,Kahvila,temporarily closed\n",
        location="id,name,latitude,longitude\nl1,Pirtti,62.893,27.677\n", service_at_location="id,service_id,location_id\nx,s1,l1\n",
        address="id,location_id,address_1,city,postal_code,country,address_type\na,l1,PL 1,Kuopio,70101,FI,postal\n"
        "b,l1,Puijonkatu 1,Kuopio,70100,FI,physical\n",
        taxonomy_term="id,name\nt1,Kohtaamispaikka\n", attribute="id,link_id,link_entity,taxonomy_term_id\nq,s1,service,t1\n",
        accessibility="id,location_id,description\nw,l1,Esteetön sisäänkäynti\n",
    ))  # fmt: skip
    entry = entry_in(found["service:s1"])
    assert (entry.topics, entry.keywords, entry.organisation) == (("meeting_place",), ("Kohtaamispaikka",), "organisation:o1")
    assert entry.texts["fi"]["summary"] == "Palvelu on tilapäisesti suljettu."
    place = place_in(found["place:l1"])
    assert (place.address, place.postal_code, place.municipality, place.lat) == ("Puijonkatu 1", "70100", "Kuopio", 62.893)
    assert place.accessibility == {"step_free": "yes"}


def test_a_broken_zip_and_a_bomb_are_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 nothing more")
    with pytest.raises(SourceError, match="broken_zip"):
        outcome(broken)
    with pytest.raises(SourceError, match="bomb"):
        outcome(packed(tmp_path, service="id,name\n" + "0" * 40_000_000))


def test_tables_in_latin_1_and_with_torn_rows_are_read(tmp_path: Path) -> None:
    (tmp_path / "services.csv").write_bytes("id,name,status\n1,Jämsän neuvola,active,one too many\n2\n".encode("latin-1"))
    found = outcome(tmp_path)
    assert entry_in(found["service:1"]).texts["fi"]["name"] == "Jämsän neuvola"
    assert found["service:2"] == Rejected("Riviltä puuttuu nimi.")
    with pytest.raises(SourceError, match="bad_table"):
        tables.rows_of(b'id,name\n1,"' + b"x" * 2_000_000, "services.csv")


# Version 3


def test_a_whole_service_of_the_specification_is_read() -> None:
    found = outcome(shared_path("schemas/hsds-3.0/examples/service_full.json"))
    entry = entry_in(found["service:ac148810-d857-441c-9679-408f346de14b"])
    assert (entry.age_min, entry.age_max, entry.contact.phone, entry.status) == (12, 100, "+441234234567", "published")
    assert entry.texts["en"]["description"].startswith("Following COVID-19")
    assert entry.modified_at is not None
    assert place_in(found[entry.place]).city == "MyCity"


def test_a_list_of_services_at_locations_and_of_organisations_is_read() -> None:
    examples = shared_path("schemas/hsds-3.0/examples")
    assert drafts_of(outcome(examples / "service_at_location_list.json"), PlaceDraft)
    assert "organisation:d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610" in outcome(examples / "organization_list.json")
    assert drafts_of(outcome(examples / "taxonomy_term_list.json"), object) == []


@pytest.mark.parametrize(
    ("status", "stands"),
    [
        ("active", "published"),
        ("inactive", "withdrawn"),
        ("defunct", "withdrawn"),
        ("temporarily closed", "published"),
        (None, "published"),
    ],
)
def test_statuses(status: str | None, stands: str) -> None:
    entry = entry_in(service(status=status))
    assert entry.status == stands
    assert ("tilapäisesti suljettu" in repr(entry.texts)) == (status == "temporarily closed")


def test_a_weekly_and_a_monthly_schedule_are_rhythms() -> None:
    weekly = {
        "freq": "WEEKLY",
        "byday": "TH,FR",
        "opens_at": "10:00:00",
        "closes_at": "11:30:00",
        "dtstart": "2026-09-03",
        "until": "2026-12-18",
        "interval": 2,
    }
    monthly = {
        "freq": "MONTHLY",
        "byday": "-1TU",
        "opens_at": "17:00",
        "closes_at": "18:00",
        "valid_from": "2026-09-01",
        "valid_to": "2026-12-31",
    }
    first, second = entry_in(service(schedules=[weekly], service_at_locations=[{"schedules": [monthly]}])).schedules
    assert (first.days, first.start, first.end, first.interval, first.until) == (
        ("thu", "fri"),
        time(10),
        time(11, 30),
        2,
        date(2026, 12, 18),
    )
    assert (second.days, second.nth) == (("tue",), -1)


@pytest.mark.parametrize("changes", [{"freq": "DAILY"}, {"byday": ""}, {"dtstart": None}, {"opens_at": None}, {"closes_at": "18:00"}])
def test_what_does_not_tell_a_meeting_is_no_rhythm(changes: dict[str, Any]) -> None:
    weekly = {"freq": "WEEKLY", "byday": "TH", "opens_at": "10:00", "closes_at": "11:00", "dtstart": "2026-09-03"}
    assert len(entry_in(service(schedules=[weekly])).schedules) == 1
    assert entry_in(service(schedules=[weekly | changes])).schedules == ()


@pytest.mark.parametrize(
    ("changes", "kind", "cents"),
    [
        ({"cost_options": [{"amount": 5, "currency": "EUR"}, {"amount": "2.50", "option": "Opiskelijat"}]}, "paid", 250),
        ({"cost_options": [{"amount": 0}]}, "free", 0),
        ({"cost_options": [{"amount": 50, "currency": "GBP"}]}, "paid", None),
        ({"fees": "None. Donations welcome"}, "free", 0),
        ({"fees_description": "Hinta 5 €"}, "paid", 500),
        ({"fees": "$35 per year"}, "paid", None),
        ({"fees": "Vary"}, "unknown", None),
    ],
)
def test_costs(changes: dict[str, Any], kind: str, cents: int | None) -> None:
    entry = entry_in(service(**changes))
    assert (entry.price_kind, entry.price_cents) == (kind, cents)


def test_languages_terms_and_several_locations() -> None:
    places = [{"location": {"id": str(number), "name": f"Paikka {number}"}} for number in (1, 2)]
    entry = entry_in(service(
        languages=[{"code": "sv"}, {"name": "Finnish"}, {"code": "ur"}], attributes=[{"taxonomy_term": {"name": "Vertaistuki"}}],
        service_at_locations=places,
    ))  # fmt: skip
    assert (entry.languages, entry.topics, entry.place) == (("fi", "sv"), ("peer_support", "family_support"), "place:1")
    assert "Myös: Paikka 2" in entry.texts["fi"]["summary"]


# The API


def test_pages_are_followed_and_whole_services_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = served(monkeypatch, {f"{API}/services?full=true": page(1, 2, {"id": "1", "name": "A", "status": "active"}),
                                 f"{API}/services?full=true&page=2": page(2, 2, {"id": "2", "name": "B", "status": "active"})})  # fmt: skip
    assert [row.row_id for row in client.read(API, Context())] == ["service:1", "service:2"]
    assert len(asked) == 2


def test_a_server_that_gives_the_same_page_again_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    first = page(1, 5, {"id": "1", "name": "A", "status": "active"})
    served(monkeypatch, {f"{API}/services?full=true": first, f"{API}/services?full=true&page=2": first})
    rows = client.read(API, Context())
    assert next(rows).row_id == "service:1"
    with pytest.raises(SourceError, match="loop"):
        list(rows)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<html>503</html>", "not_json"),
        (b"", "empty"),
        (b'[{"id": 1, "name": "A", "status', "broken_off"),
        ('{"a": "ä"}'.encode("utf-16"), "encoding"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_clear_problem(tmp_path: Path, body: bytes, code: str) -> None:
    target = tmp_path / "services.json"
    target.write_bytes(body)
    with pytest.raises(SourceError) as problem:
        outcome(target)
    assert problem.value.code == code


def test_rows_that_are_nothing_are_refused_one_by_one(tmp_path: Path) -> None:
    found = told(tmp_path, [{"x": 1}, {"status": "active", "name": "A"}, 5, {"id": "9", "status": "active"}])
    assert found == {
        "rivi 1": client.NOT_HSDS,
        "rivi 2": client.NO_ID,
        "rivi 3": "Rivi ei ole JSON-olio.",
        "service:9": Rejected("Riviltä puuttuu nimi."),
    }


@given(anything, st.sampled_from(["service", "place", "organisation", "term", ""]))
def test_anything_at_all_gives_drafts_or_a_reason(row: dict[str, Any], kind: str) -> None:
    assert isinstance(to_drafts(RawRow(1, "x", kind, row, b""), Context()), list | Rejected)


INNER = ("name", "id", "location", "addresses", "schedules", "services", "city", "number")
OUTER = (
    "id", "name", "status", "locs", "locations", "phones", "service", "service_at_locations", "organization", "agency", "accessibility",
    "business_hours", "cost_options", "schedules", "service_hours", "street_address",
)  # fmt: skip
inner = st.dictionaries(st.sampled_from(INNER), anything | st.text(max_size=5), max_size=4)
outer = inner | st.lists(inner | st.lists(inner, max_size=2), max_size=3) | st.text(max_size=9)


@given(st.dictionaries(st.sampled_from(OUTER), outer, max_size=6))
def test_any_document_gives_rows(row: dict[str, Any]) -> None:
    for one in client._Splitter().rows(1, row):
        assert isinstance(one.problem or to_drafts(one, Context()), str | list | Rejected)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_a_problem(body: bytes) -> None:
    try:
        assert isinstance(list(tables.services({"service": tables.rows_of(body, "x")})), list)
        assert tables.from_zip(io.BytesIO(body), "x") == {}
    except tables.TablesError:
        return
