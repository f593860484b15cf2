"""Lists of events and single events, as readers of Linked Events know them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from mukana.api.tests.conftest import CALENDAR, Get, Row, event
from mukana.directory.models import Entry, Occurrence

pytestmark = pytest.mark.usefixtures("calendar")
FIELD_NAMES = (
    "@context @id @type audience created_time custom_data data_source date_published description end_time event_status external_links id "
    "images in_language info_url has_user_editable_resources keywords last_modified_time location location_extra_info name offers provider "
    "provider_contact_info publisher short_description audience_min_age audience_max_age start_time sub_events super_event "
    "super_event_type videos replaced_by deleted local type_id enrolment_start_time enrolment_end_time maximum_attendee_capacity "
    "minimum_attendee_capacity registration environment environmental_certificate publication_status"
)
FIELDS = set(FIELD_NAMES.split())
Ids = Callable[..., list[str]]


def path_of(address: str) -> str:
    assert address.startswith("http://localhost:8000/v1/")
    return urlsplit(address).path


def test_a_list_has_the_envelope(get: Get) -> None:
    answer = get("/v1/event/")
    assert set(answer) == {"meta", "data"}
    assert answer["meta"] == {"count": 4, "next": None, "previous": None}


def test_every_event_has_every_field(get: Get) -> None:
    for one in [*get("/v1/event/")["data"], get("/v1/event/neutral:e1/"), get("/v1/event/neutral:s1/")]:
        assert set(one) == FIELDS


def test_the_facts_are_those_imported(get: Get) -> None:
    one = get("/v1/event/neutral:e2/")
    assert one["name"] == {"fi": "Tuolijumppa", "sv": "Stolgymnastik"}
    assert one["short_description"] == {"fi": "Jumppaa istuen."}
    assert one["description"]["fi"] == "<p>Tule mukaan.</p><p>Kahvit &lt; tunti &gt; jälkeen.</p>"
    assert (one["start_time"], one["end_time"]) == ("2026-11-24T08:00:00Z", "2026-11-24T21:00:00Z")
    assert (one["audience_min_age"], one["audience_max_age"]) == (65, None)
    assert one["offers"][0]["price"] == {"fi": "2 €"}
    assert one["offers"][0]["is_free"] is False
    assert one["provider"] == {"fi": "Kuopion eläkeyhdistys"}
    assert (one["publisher"], one["data_source"]) == ("neutral:o1", "neutral")
    assert one["event_status"] == "EventScheduled"


def test_what_is_pointed_at_can_be_fetched(get: Get) -> None:
    one = get("/v1/event/neutral:e2/")
    links = [one["@id"], one["location"]["@id"], one["super_event"]["@id"], *(word["@id"] for word in one["keywords"] + one["audience"])]
    links += [language["@id"] for language in one["in_language"]]
    assert {get(path_of(link))["@id"] for link in links} == set(links)


def test_places_and_keywords_are_told_whole_when_included(get: Get) -> None:
    both = get("/v1/event/neutral:e2/", include="location,keywords")
    assert both["location"]["name"] == {"fi": "Puijon palvelukeskus"}
    assert both["location"]["position"] == {"type": "Point", "coordinates": [27.7, 62.9]}
    assert both["location"]["divisions"][0]["name"] == {"fi": "Kuopio", "sv": "Kuopio"}
    assert "tuolijumppa" in {word["name"]["fi"] for word in both["keywords"]}
    place_only = get("/v1/event/neutral:e2/", include="location")
    assert set(place_only["keywords"][0]) == {"@id"}
    assert place_only["location"] == both["location"]


def test_a_series_tells_its_events_and_they_tell_it(get: Get) -> None:
    series = get("/v1/event/neutral:s1/")
    assert series["super_event_type"] == "recurring"
    assert [one["@id"].rsplit("/", 2)[1] for one in series["sub_events"]] == ["neutral:e1", "neutral:e2", "neutral:e3"]
    assert (series["start_time"], series["end_time"]) == ("2026-11-17T08:00:00Z", "2026-12-01T21:00:00Z")


def test_an_event_is_found_by_its_bare_id_too(get: Get) -> None:
    assert get("/v1/event/e2/")["id"] == "neutral:e2"


def test_what_no_source_sent_has_an_id_of_ours(get: Get, ids: Ids) -> None:
    entry = Entry.objects.create(kind="event", texts={"fi": {"name": "Pihatalkoot"}})
    date = Occurrence.objects.create(id="0" * 31 + "1", entry=entry, starts_at="2026-11-28T08:00:00Z")
    date.refresh_from_db()
    assert f"mukana:{date.pk}" in ids()
    assert get(f"/v1/event/mukana:{date.pk}/")["name"] == {"fi": "Pihatalkoot"}
    assert get(f"/v1/event/mukana:{entry.pk}/")["super_event_type"] is None


def test_an_event_without_a_date_waits_for_one(get: Get) -> None:
    entry = Entry.objects.create(kind="event", texts={"fi": {"name": "Konsertti"}})
    one = get(f"/v1/event/mukana:{entry.pk}/")
    assert (one["start_time"], one["event_status"]) == (None, "EventPostponed")


def test_a_cancelled_date_says_so_and_why(get: Get) -> None:
    Occurrence.objects.filter(row_id="e3").update(status="cancelled", reason={"fi": "Ohjaaja on sairas"})
    one = get("/v1/event/neutral:e3/")
    assert one["event_status"] == "EventCancelled"
    assert one["custom_data"] == {"status_reason_fi": "Ohjaaja on sairas"}


# paging and order


def test_pages_lead_to_each_other_and_keep_the_question(get: Get) -> None:
    first = get("/v1/event/", page_size=2, sort="start_time", keyword="mukana:keyword.tuolijumppa")
    assert first["meta"]["count"] == 3
    assert first["meta"]["previous"] is None
    second = get(first["meta"]["next"])
    assert [one["id"] for one in first["data"] + second["data"]] == ["neutral:e1", "neutral:e2", "neutral:e3"]
    assert second["meta"]["next"] is None
    assert get(second["meta"]["previous"])["data"] == first["data"]


def test_a_page_past_the_end_is_not_there(get: Get) -> None:
    assert "past the end" in get("/v1/event/?page=2", 404)["detail"]


@pytest.mark.parametrize(
    ("sort", "first"), [("start_time", "neutral:e1"), ("-start_time", "neutral:e3"), ("name", "neutral:e4"), ("-end_time", "neutral:e3")]
)
def test_a_list_is_in_the_order_asked(ids: Ids, sort: str, first: str) -> None:
    assert ids(sort=sort)[0] == first


def test_what_changed_last_comes_first(ids: Ids, bring: Callable[[list[Row]], None]) -> None:
    bring([event("e4", "2026-11-26T18:00:00+02:00", name={"fi": "Lukupiiri"}) if row["id"] == "e4" else row for row in CALENDAR])
    assert ids()[0] == "neutral:e4"
    assert ids(sort="last_modified_time")[-1] == "neutral:e4"


# conditions


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"start": "today"}, "e2 e4 e3"),
        ({"start": "2026-11-25"}, "e4 e3"),
        ({"start": "2026-11-24T12:00:00Z", "end": "2026-11-24"}, "e2"),
        ({"end": "2026-11-24"}, "e1 e2"),
        ({"weekday": "2"}, "e1 e2 e3"),
        ({"weekday": "3,4"}, "e4"),
        ({"location": "neutral:p2"}, "e4"),
        ({"location": "neutral:p1,neutral:p2"}, "e1 e2 e4 e3"),
        ({"location": "neutral:p9"}, ""),
        ({"keyword": "mukana:keyword.kuljetus%20j%C3%A4rjestyy"}, "e1 e2 e3"),
        ({"keyword": "mukana:keyword.kuljetus järjestyy"}, "e1 e2 e3"),
        ({"keyword": "mukana:keyword.lukupiiri,mukana:keyword.tuolijumppa", "start": "today"}, "e2 e4 e3"),
        ({"keyword": "yso:p1"}, ""),
        ({"ids": "neutral:e3,neutral:e1,neutral:e99"}, "e1 e3"),
        ({"super_event": "neutral:s1", "start": "now"}, "e2 e3"),
        ({"is_free": "true"}, ""),
        ({"last_modified_since": "2100-01-01"}, ""),
    ],
)
def test_conditions_all_hold(get: Get, parameters: dict[str, str], found: str) -> None:
    answer = get("/v1/event/", sort="start_time", **parameters)
    assert [one["id"].removeprefix("neutral:") for one in answer["data"]] == found.split()
    assert answer["meta"]["count"] == len(found.split())


def test_the_weekday_is_that_of_the_finnish_clock(ids: Ids, bring: Callable[[list[Row]], None]) -> None:
    bring([*CALENDAR, event("e5", "2026-12-07T00:30:00+02:00"), event("e6", "2026-06-08T00:30:00+03:00")])
    assert set(ids(weekday="1")) == {"neutral:e5", "neutral:e6"}
    assert ids(weekday="7") == []


def test_what_is_not_published_is_nowhere(get: Get, ids: Ids) -> None:
    Entry.objects.filter(texts__fi__name="Lukupiiri").update(status="draft")
    assert "neutral:e4" not in ids()
    get("/v1/event/neutral:e4/", 404)


def test_what_was_withdrawn_is_gone(get: Get) -> None:
    Entry.objects.filter(texts__fi__name="Lukupiiri").update(status="withdrawn")
    assert "withdrawn" in get("/v1/event/neutral:e4/", 410)["detail"]


@pytest.mark.parametrize(
    "whole_id", ["neutral:nothing", "mukana:nothing", "neutral:p1", "x", "mukana:00000000-0000-0000-0000-000000000000", "%00"]
)
def test_an_id_that_names_no_event_is_not_found(get: Get, whole_id: str) -> None:
    assert get(f"/v1/event/{whole_id}/", 404)["code"] == "not_found"


@pytest.mark.parametrize("query", ["page=x", "start=x", "weekday=9", "sort=x", "page_size=0", "text=%00", "page=99999999999"])
def test_bad_values_are_refused_with_a_sentence(client: Client, query: str) -> None:
    response = client.get(f"/v1/event/?{query}")
    assert response.status_code == 400
    answer: dict[str, Any] = response.json()
    assert answer["detail"].startswith(query.partition("=")[0])
    assert answer["code"] == "bad_parameter"


# places and keywords


def test_places_are_listed_with_how_many_events_they_have(get: Get) -> None:
    answer = get("/v1/place/")
    assert {one["id"]: one["n_events"] for one in answer["data"]} == {"neutral:p1": 3, "neutral:p2": 1}
    assert get("/v1/place/", text="Männistön")["meta"]["count"] == 1
    get("/v1/place/neutral:p9/", 404)


def test_keywords_are_listed_with_how_many_events_they_have(get: Get) -> None:
    found = {one["id"]: one["n_events"] for one in get("/v1/keyword/", page_size=100)["data"]}
    assert found["mukana:keyword.lukupiiri"] == 1
    assert found["mukana:keyword.tuolijumppa"] == 3
    assert get("/v1/keyword/", text="lukup", show_all_keywords="true")["meta"]["count"] >= 1
    get("/v1/keyword/mukana:keyword.x/", 404)


def test_the_root_tells_what_there_is_and_languages_have_names(get: Get) -> None:
    assert set(get("/v1/")) == {"event", "place", "keyword", "keyword_set", "organization", "language", "search"}
    assert get("/v1/language/")["meta"]["count"] == 6
    assert get("/v1/language/se/")["name"]["fi"] == "pohjoissaame"
    get("/v1/language/zz/", 404)
