import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mukana.formats.linkedevents import Entry, Head, Offer, Site, entry_part, event_bytes, page_bytes
from mukana.formats.linkedevents_parts import Keyword, Organisation, Place, keyword, language, organisation, place
from mukana.lib.text import clean_html

FIELDS = {
    "@context", "@id", "@type", "audience", "created_time", "custom_data", "data_source", "date_published", "description",
    "end_time", "event_status", "external_links", "id", "images", "in_language", "info_url", "has_user_editable_resources",
    "keywords", "last_modified_time", "location", "location_extra_info", "name", "offers", "provider", "provider_contact_info",
    "publisher", "short_description", "audience_min_age", "audience_max_age", "start_time", "sub_events", "super_event",
    "super_event_type", "videos", "replaced_by", "deleted", "local", "type_id", "enrolment_start_time", "enrolment_end_time",
    "maximum_attendee_capacity", "minimum_attendee_capacity", "registration", "environment", "environmental_certificate",
    "publication_status",
}  # fmt: skip
PLACE_FIELDS = {
    "id", "divisions", "created_time", "last_modified_time", "custom_data", "email", "contact_type", "address_region",
    "postal_code", "post_office_box_num", "address_country", "deleted", "has_upcoming_events", "n_events", "image", "data_source",
    "publisher", "parent", "replaced_by", "position", "telephone", "name", "street_address", "address_locality", "info_url",
    "description", "@id", "@context", "@type",
}  # fmt: skip
SITE = Site("https://mukana.example/v1")
WHEN = datetime(2026, 11, 24, 8, tzinfo=UTC)
HALL = Place("p1", {"fi": "Uimahalli"}, lat=62.9, lon=27.7, municipality=("297", {"fi": "Kuopio", "sv": "Kuopio"}), phone="+35817182111")
ENTRY = Entry(
    name={"fi": "Vesijumppa", "sv": "", "fi-x-selko": "Jumppa vedessä"},
    publisher="o1",
    created_at=WHEN,
    description={"fi": "Tervetuloa!\n\nOta <pyyhe> & juoma.\nKahvia."},
    location=HALL,
    keywords=(Keyword("yso:p4354", {"fi": "lapset"}),),
    audience=(Keyword("mukana:older", {"fi": "Ikäihmiset"}),),
    in_language=("fi", "xx"),
    offers=(Offer(False, {"fi": "2,50 €"}),),
    videos=("https://video.example/1",),
    outdoors=False,
)
HEAD = Head("e1", WHEN, None, WHEN, super_event="s1", age_min=60)


def built(head: Head = HEAD, entry: Entry = ENTRY, *include: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(event_bytes(head, SITE, entry_part(entry, SITE, frozenset(include))))
    return found


def test_an_event_has_every_field_of_the_api_and_no_other() -> None:
    assert set(built()) == FIELDS
    assert set(built(Head("e1", None, None, WHEN), Entry({"fi": "x"}, "o1", WHEN))) == FIELDS


def test_no_field_is_written_twice() -> None:
    raw = event_bytes(HEAD, SITE, entry_part(ENTRY, SITE))
    pairs = json.loads(raw, object_pairs_hook=lambda found: found)
    assert len(pairs) == len({key for key, _ in pairs})


def test_relations_are_links_unless_asked_for_whole() -> None:
    plain = built()
    assert plain["location"] == {"@id": "https://mukana.example/v1/place/mukana:p1/"}
    assert plain["keywords"] == [{"@id": "https://mukana.example/v1/keyword/yso:p4354/"}]
    assert plain["super_event"] == {"@id": "https://mukana.example/v1/event/mukana:s1/"}
    assert plain["in_language"] == [{"@id": "https://mukana.example/v1/language/fi/"}]
    whole = built(HEAD, ENTRY, "location", "keywords")
    assert whole["location"]["name"] == {"fi": "Uimahalli"}
    assert whole["audience"][0]["id"] == "mukana:older"


def test_texts_are_by_language_without_empty_ones_and_null_when_there_are_none() -> None:
    event = built()
    assert event["name"] == {"fi": "Vesijumppa"}
    assert event["provider"] is None
    assert event["description"]["fi"] == "<p>Tervetuloa!</p><p>Ota &lt;pyyhe&gt; &amp; juoma.<br>Kahvia.</p>"


@given(st.text(alphabet="aä<>&;b \n.p/", max_size=60))
def test_a_description_read_back_is_the_same_plain_text(text: str) -> None:
    plain = clean_html(text).replace("<", "‹").replace("&", "ja")
    event = built(HEAD, replace(ENTRY, description={"fi": plain}))
    assert clean_html((event["description"] or {}).get("fi")) == plain


def test_states_and_times_are_told_as_the_api_does() -> None:
    event = built(replace(HEAD, status="cancelled", reason={"fi": "Ohjaaja sairaana"}, ends_at=WHEN, replaced_by="e2"))
    assert event["event_status"] == "EventCancelled"
    assert event["start_time"] == "2026-11-24T08:00:00Z"
    assert event["custom_data"] == {"status_reason_fi": "Ohjaaja sairaana"}
    assert event["replaced_by"].endswith("/event/mukana:e2/")
    assert (event["environment"], event["publication_status"], event["audience_min_age"]) == ("in", "public", 60)
    assert built(HEAD, replace(ENTRY, draft=True))["publication_status"] == "draft"


def test_a_series_points_to_its_happenings() -> None:
    event = built(Head("s1", WHEN, None, WHEN, super_event_type="recurring", sub_events=("e1", "e2")))
    assert event["super_event_type"] == "recurring"
    assert [one["@id"][-4:] for one in event["sub_events"]] == [":e1/", ":e2/"]


def test_a_page_has_the_envelope_of_the_api() -> None:
    event = event_bytes(HEAD, SITE, entry_part(ENTRY, SITE))
    page = json.loads(page_bytes([event, event], 2, None, "https://mukana.example/v1/event/"))
    assert page["meta"] == {"count": 2, "next": None, "previous": "https://mukana.example/v1/event/"}
    assert len(page["data"]) == 2
    assert json.loads(page_bytes([], 0, None, None))["data"] == []


def test_putting_a_head_on_is_cheap() -> None:
    shared = entry_part(ENTRY, SITE)
    started = time.perf_counter()
    for _ in range(2000):
        event_bytes(HEAD, SITE, shared)
    assert time.perf_counter() - started < 1


def test_places_keywords_organisations_and_languages_have_their_shapes() -> None:
    hall = place(HALL, SITE)
    assert set(hall) == PLACE_FIELDS
    assert hall["position"] == {"type": "Point", "coordinates": [27.7, 62.9]}
    assert hall["divisions"][0]["ocd_id"] == "ocd-division/country:fi/kunta:kuopio"
    assert place(Place("p2", {"fi": "Laavu"}), SITE)["position"] is None
    assert keyword(Keyword("yso:p1", {"fi": "x"}, ("y",)), SITE)["data_source"] == "yso"
    assert organisation(Organisation("o1", "Kuopio", parent="o0"), SITE)["parent_organization"].endswith(":o0/")
    assert language("se", SITE)["name"]["fi"] == "pohjoissaame"
