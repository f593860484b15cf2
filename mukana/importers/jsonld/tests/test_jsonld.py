"""schema.org as associations' pages and city calendars really write it, each oddity a sentence."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.directory.drafts import EntryDraft, OrganisationDraft, PlaceDraft
from mukana.importers.actions import bring_in
from mukana.importers.adapter import Context, RawRow, Rejected
from mukana.importers.jsonld import client
from mukana.importers.jsonld.mapping import to_drafts
from mukana.importers.jsonld.pages import blocks, decoded, parse
from mukana.importers.registry import SOURCES
from mukana.importers.tests.helpers import anything, entry_in, place_in
from mukana.organisations.actions import load_municipalities

PAGE = Path(__file__).parent / "yhdistys.htm"
LECTURE = {"@type": "Event", "name": "Luento", "startDate": "2026-12-01T18:00", "url": "https://x.fi/luento"}


def outcome(target: Path) -> dict[str, Any]:
    context = Context()
    return {row.row_id or f"rivi {row.number}": row.problem or to_drafts(row, context) for row in client.read(str(target), context)}


def told(tmp_path: Path, document: Any) -> dict[str, Any]:
    target = tmp_path / "tapahtumat.json"
    target.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return outcome(target)


def event(**changes: Any) -> Any:
    return to_drafts(RawRow(1, "e", "event", {"node": LECTURE | changes, "base": ""}, b""), Context())


def starts(entry: EntryDraft) -> list[str]:
    return [one.starts_at.isoformat() for one in entry.occurrences]


# A page of an association


def test_an_event_of_a_graph_has_its_place_and_organiser_by_reference() -> None:
    found = outcome(PAGE)
    entry = entry_in(found["https://vire.example.fi/jumppa#event"])
    assert (entry.place, entry.organisation) == ("https://vire.example.fi/#sali", "https://vire.example.fi/#me")
    assert (entry.kind, entry.form, starts(entry)) == ("event", "on_site", ["2026-12-01T10:00:00+02:00"])
    assert (entry.price_kind, entry.price_cents, entry.registration, entry.age_min) == ("free", 0, "none", 65)
    assert "chair_exercise" in entry.topics
    assert entry.audience == ("older",)
    assert entry.texts["fi"]["description" if "description" in entry.texts["fi"] else "summary"].startswith("Kevyttä jumppaa istuen.")


def test_a_place_tells_its_address_point_hours_and_doors() -> None:
    place = place_in(outcome(PAGE)["https://vire.example.fi/#sali"])
    assert (place.address, place.postal_code, place.city, place.lat, place.lon) == ("Puijonkatu 1", "70100", "Kuopio", 62.893, 27.677)
    assert place.hours[0] == {"day": "mon", "opens": "9.00", "closes": "17.00"}
    assert [hour["day"] for hour in place.hours] == ["mon", "tue", "wed", "thu", "fri", "sun"]
    assert place.accessibility == {"step_free": "yes", "toilet": "no"}


def test_an_organiser_whose_name_has_digits_is_an_organisation_too() -> None:
    (organisation,) = outcome(PAGE)["https://vire.example.fi/#me"]
    assert isinstance(organisation, OrganisationDraft)
    assert (organisation.kind, organisation.contact.phone, organisation.contact.email) == (
        "association",
        "+358171234567",
        "info@vire.example.fi",
    )


def test_a_block_escaped_as_html_inside_cdata_is_read() -> None:
    found = outcome(PAGE)
    (entry,) = [drafts[0] for row, drafts in found.items() if row.startswith("event:")]
    assert entry.texts["fi"]["name"] == "Lauluilta & kahvit"
    assert (entry.occurrences[0].all_day, entry.price_cents) == (True, 250)
    (place,) = [drafts[0] for row, drafts in found.items() if row.startswith("place:")]
    assert isinstance(place, PlaceDraft)
    assert (place.row_id, place.texts["fi"]["name"], place.address, place.city) == (entry.place, "Kirjasto", "Maaherrankatu 12", "Kuopio")


def test_a_comma_too_many_is_refused_and_told_where_and_the_rest_is_kept() -> None:
    refused = [drafts for drafts in outcome(PAGE).values() if isinstance(drafts, str)]
    assert [reason.partition(", merkki")[0] for reason in refused] == ["Sivun JSON-LD-lohko 3 ei ole kelvollista JSON-muotoa (rivi 1"]


def test_what_is_commented_out_and_what_is_no_event_is_passed_over() -> None:
    assert "Poistettu" not in repr(outcome(PAGE))
    assert "Etusivu" not in repr(outcome(PAGE))


@pytest.mark.django_db
def test_a_second_import_of_a_page_changes_nothing() -> None:
    load_municipalities()
    first = bring_in(SOURCES["jsonld"], str(PAGE), by="test")
    again = bring_in(SOURCES["jsonld"], str(PAGE), by="test")
    assert (first.read, first.created, first.rejected_count, first.problem) == (7, 6, 1, "")
    assert (again.read, again.unchanged, again.rejected_count) == (7, 6, 1)


# Times


def test_a_start_without_a_zone_is_finnish_time() -> None:
    assert starts(entry_in(event())) == ["2026-12-01T18:00:00+02:00"]


def test_days_without_hours_are_whole_days_to_the_end_of_the_last() -> None:
    (one,) = entry_in(event(startDate="2026-12-01", endDate="2026-12-03")).occurrences
    assert (one.all_day, one.ends_at.isoformat() if one.ends_at else "") == (True, "2026-12-04T00:00:00+02:00")


def test_an_end_may_be_told_by_a_length_and_an_end_before_the_start_is_dropped() -> None:
    (one,) = entry_in(event(duration="PT1H30M")).occurrences
    assert one.ends_at is not None
    assert one.ends_at.hour * 60 + one.ends_at.minute == 19 * 60 + 30
    (wrong,) = entry_in(event(endDate="2026-11-01T10:00")).occurrences
    assert wrong.ends_at is None


@pytest.mark.parametrize("start", [None, "", "huomenna", "2026-02-31", "0001-01-01", 5, ["2026"]])
def test_an_event_without_a_start_is_refused(start: Any) -> None:
    assert event(startDate=start) == Rejected("Alkamisaika puuttuu tai sitä ei voi lukea.")


def test_a_postponed_event_may_lack_its_time() -> None:
    assert entry_in(event(startDate=None, eventStatus="https://schema.org/EventPostponed")).occurrences == ()


@pytest.mark.parametrize(
    ("told", "status"),
    [("https://schema.org/EventCancelled", "cancelled"), ("EventRescheduled", "rescheduled"), (None, "scheduled"), (3, "scheduled")],
)
def test_the_status_is_read_with_and_without_its_address(told: Any, status: str) -> None:
    assert entry_in(event(eventStatus=told)).occurrences[0].status == status


# Rhythms


def test_a_series_with_a_schedule_is_a_group_with_a_rhythm() -> None:
    rhythm = {"repeatFrequency": "P2W", "byDay": ["https://schema.org/Tuesday", "schema:Thursday"], "startDate": "2026-09-01",
              "endDate": "2026-12-15", "startTime": "17:00:00", "endTime": "18:30", "exceptDate": "2026-10-20"}  # fmt: skip
    entry = entry_in(event(**{"@type": "EventSeries", "startDate": None, "eventSchedule": rhythm}))
    (schedule,) = entry.schedules
    assert (entry.kind, schedule.days, schedule.interval) == ("group", ("tue", "thu"), 2)
    assert (schedule.start, schedule.end, schedule.first, schedule.until) == (time(17), time(18, 30), date(2026, 9, 1), date(2026, 12, 15))
    assert schedule.exceptions == ({"date": "2026-10-20", "status": "cancelled"},)


def test_a_count_of_times_tells_the_last_day() -> None:
    rhythm = {"repeatFrequency": "P1W", "byDay": ["Monday", "Wednesday"], "startDate": "2026-09-02", "startTime": "10:00", "repeatCount": 4}
    (schedule,) = entry_in(event(eventSchedule=rhythm)).schedules
    assert (schedule.first, schedule.until) == (date(2026, 9, 2), date(2026, 9, 14))


def test_a_monthly_rhythm_knows_which_week_of_the_month() -> None:
    rhythm = {"repeatFrequency": "P1M", "byDay": "Tuesday", "startDate": "2026-09-08", "startTime": "10:00", "byMonthWeek": -1}
    assert entry_in(event(eventSchedule=rhythm)).schedules[0].nth == -1
    assert entry_in(event(eventSchedule=rhythm | {"byMonthWeek": None})).schedules[0].nth == 2


def test_a_time_of_another_zone_becomes_finnish_time() -> None:
    rhythm = {
        "repeatFrequency": "P1W",
        "startDate": "2026-09-08",
        "startTime": "10:00",
        "duration": "PT1H",
        "scheduleTimezone": "Europe/London",
    }
    (schedule,) = entry_in(event(eventSchedule=rhythm)).schedules
    assert (schedule.days, schedule.start, schedule.end) == (("tue",), time(12), time(13))


def test_a_schedule_that_does_not_tell_its_hour_is_left_out() -> None:
    entry = entry_in(event(eventSchedule={"repeatFrequency": "P1W", "startDate": "2026-09-08"}))
    assert entry.schedules == ()
    assert len(entry.occurrences) == 1


def test_the_happenings_of_a_series_are_dates_of_one_entry() -> None:
    inside = [{"@type": "Event", "startDate": f"2026-12-0{day}T10:00"} for day in (1, 8)]
    entry = entry_in(event(**{"@type": "EventSeries", "startDate": None, "subEvent": inside}))
    assert starts(entry) == ["2026-12-01T10:00:00+02:00", "2026-12-08T10:00:00+02:00"]
    assert len({one.row_id for one in entry.occurrences}) == 2


def test_the_parts_of_a_festival_are_entries_of_their_own(tmp_path: Path) -> None:
    parts = [{"@type": "MusicEvent", "name": name, "startDate": "2026-12-01T10:00"} for name in ("Kuoro", "Bändi")]
    found = told(tmp_path, LECTURE | {"@type": "Festival", "subEvent": parts})
    assert len([row for row in found if row.startswith("event:")]) == 2


def test_a_course_has_the_dates_of_its_instances_or_none() -> None:
    course = {"@type": "Course", "startDate": None}
    assert entry_in(event(**course)).kind == "group"
    dated = entry_in(event(**course, hasCourseInstance={"@type": "CourseInstance", "startDate": "2026-09-01", "endDate": "2026-12-01"}))
    assert len(dated.occurrences) == 1
    rhythm = {"repeatFrequency": "weekly", "byDay": "Mo", "startDate": "2026-09-07", "startTime": "10:00", "endDate": "2026-12-01"}
    weekly = entry_in(event(**course, hasCourseInstance=[{"@type": "CourseInstance", "courseSchedule": rhythm}]))
    assert (len(weekly.schedules), weekly.occurrences) == (1, ())


# Places, prices, ids


@pytest.mark.parametrize(
    ("location", "mode", "form"),
    [
        ({"@type": "VirtualLocation", "url": "https://x.fi"}, None, "remote_together"),
        ("Zoom", None, "remote_together"),
        ("Kirjasto, Kuopio", None, "on_site"),
        (None, "https://schema.org/OnlineEventAttendanceMode", "remote_together"),
        ([{"@type": "VirtualLocation"}, {"@type": "Place", "name": "Sali"}], "MixedEventAttendanceMode", "on_site"),
        (None, None, "on_site"),
    ],
)
def test_what_is_only_over_the_net_is_remote(location: Any, mode: Any, form: str) -> None:
    entry = entry_in(event(location=location, eventAttendanceMode=mode))
    assert entry.form == form
    assert not (form == "remote_together" and entry.place)


@pytest.mark.parametrize(
    ("changes", "kind", "cents", "note"),
    [
        ({"offers": {"price": 0}}, "free", 0, ""),
        ({"offers": [{"price": "5.00", "priceCurrency": "EUR", "name": "Aikuiset"}, {"price": 2}]}, "paid", 200, "Aikuiset: 5 €\n2 €"),
        ({"offers": {"@type": "AggregateOffer", "lowPrice": "3,50", "priceCurrency": "EUR"}}, "paid", 350, "3,50 €"),
        ({"offers": {"price": 3.3, "priceCurrency": "GBP"}}, "paid", None, "3,30 GBP"),
        ({"offers": {"price": "Vapaa pääsy"}}, "free", 0, "Vapaa pääsy"),
        ({"offers": "10 €"}, "paid", 1000, "10 €"),
        ({"isAccessibleForFree": "http://schema.org/True"}, "free", 0, ""),
        ({"isAccessibleForFree": False}, "paid", None, ""),
        ({"offers": [None, 4, {}]}, "unknown", None, ""),
    ],
)  # fmt: skip
def test_prices(changes: dict[str, Any], kind: str, cents: int | None, note: str) -> None:
    entry = entry_in(event(**changes))
    assert (entry.price_kind, entry.price_cents, entry.texts["fi"].get("price_note", "")) == (kind, cents, note)


def test_an_event_without_an_id_is_known_by_its_address_else_by_name_and_start(tmp_path: Path) -> None:
    assert list(told(tmp_path, LECTURE)) == ["https://x.fi/luento"]
    nameless = {key: value for key, value in LECTURE.items() if key != "url"}
    first, again = list(told(tmp_path, nameless)), list(told(tmp_path, nameless | {"description": "Uusi teksti"}))
    assert first == again
    assert first[0].startswith("event:")
    assert list(told(tmp_path, {"@type": "Event", "startDate": "2026-12-01"})) == ["rivi 1"]


def test_events_that_share_one_address_are_happenings_of_one_entry(tmp_path: Path) -> None:
    page = f"<html><script type=application/ld+json>{json.dumps([LECTURE, LECTURE | {'startDate': '2026-12-08T18:00'}])}</script>"
    found = told(tmp_path, page)
    assert {entry_in(drafts).series_id for drafts in found.values()} == {"https://x.fi/luento"}
    assert len(found) == 2


def test_a_sports_place_is_a_place_and_an_entry(tmp_path: Path) -> None:
    gym = {"@type": ["LocalBusiness", "ExerciseGym"], "@id": "https://sali.fi/#g", "name": "Kuntosali Vire", "telephone": "040 123 4567",
           "address": "Puijonkatu 1, 70100 Kuopio"}  # fmt: skip
    place, entry = told(tmp_path, gym)["https://sali.fi/#g"]
    assert (entry.kind, entry.place, entry.topics, entry.municipality) == ("place", place.row_id, ("strength",), "Kuopio")


def test_texts_come_in_several_languages(tmp_path: Path) -> None:
    name = [{"@value": "Jumppa", "@language": "fi"}, {"@value": "Gympa", "@language": "sv-FI"}]
    assert {code: text["name"] for code, text in entry_in(event(name=name)).texts.items()} == {"fi": "Jumppa", "sv": "Gympa"}
    assert list(entry_in(event(inLanguage="sv")).texts) == ["sv"]


def test_a_person_is_not_published_as_an_organiser() -> None:
    assert entry_in(event(organizer={"@type": "Person", "name": "Maija Meikäläinen", "email": "maija@x.fi"})).organisation == ""


def test_a_licence_is_told_by_its_name() -> None:
    assert entry_in(event(license="https://creativecommons.org/licenses/by-sa/4.0/")).licence == "CC BY-SA 4.0"
    assert entry_in(event(license="https://creativecommons.org/publicdomain/zero/1.0/")).licence == "CC0 1.0"


# Bad pages


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<html><h1>503 Service Unavailable</h1></html>", "no_blocks"),
        (b"<?xml version='1.0'?><rss/>", "no_blocks"),
        (b"<script type='application/ld+json'>{\"@type\": \"WebSite\", \"name\": \"Vire\"}</script>", "no_rows"),
        (b"", "empty"),
        ("[{\"@type\": \"Event\", \"name\": \"ä".encode("utf-16"), "encoding"),
        (b'[{"@type": "Event", "name": "Luento", "startDa', "broken_off"),
    ],
)  # fmt: skip
def test_a_page_that_cannot_be_used_is_one_clear_problem(tmp_path: Path, body: bytes, code: str) -> None:
    target = tmp_path / "sivu.html"
    target.write_bytes(body)
    with pytest.raises(client.JsonLdError) as problem:
        outcome(target)
    assert problem.value.code == code


def test_a_page_in_latin_1_is_read_by_the_charset_it_tells() -> None:
    assert decoded('<meta charset="iso-8859-1">Jämsä'.encode("latin-1")).endswith("Jämsä")
    assert decoded("<p>Jämsä €".encode("cp1252")).endswith("Jämsä €")
    assert decoded('<meta charset="mikä-tämä">Jämsä'.encode("latin-1")).endswith("Jämsä")
    assert decoded("Jämsä".encode("utf-16")) == "Jämsä"


def test_a_row_without_a_type_is_refused(tmp_path: Path) -> None:
    assert told(tmp_path, [{"name": "Jumppa"}, LECTURE])["rivi 1"] == "Rivillä ei ole schema.orgin tyyppiä (@type)."


def test_a_folder_of_pages_is_read_and_an_empty_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(client.JsonLdError, match="empty_folder"):
        outcome(tmp_path)
    (tmp_path / "a.html").write_bytes(PAGE.read_bytes())
    assert "https://vire.example.fi/#sali" in outcome(tmp_path)


def test_a_hostile_page_takes_no_time() -> None:
    for junk in ("<script " * 40_000, "<!--" * 100_000, "<script type=application/ld+json>" * 2_000, " " * 500_000):
        for block in blocks(junk):
            parse(block)


@given(st.text(max_size=200))
def test_any_text_is_a_page(text: str) -> None:
    for block in blocks(f"<script type='application/ld+json'>{text}</script>{text}"):
        parse(block)


@given(anything, st.sampled_from(["event", "place", "organisation", "course", ""]))
def test_anything_at_all_gives_drafts_or_a_reason(node: dict[str, Any], kind: str) -> None:
    result = to_drafts(RawRow(1, "x", kind, {"node": node, "base": ""}, b""), Context())
    assert isinstance(result, list | Rejected)


words = st.text(max_size=9)
typed = st.fixed_dictionaries(
    {"@type": st.sampled_from(["Event", "Place", "EventSeries", "Course"])},
    optional={
        **dict.fromkeys(("location", "organizer", "subEvent", "eventSchedule"), anything | words),
        **dict.fromkeys(("name", "@id", "url"), words),
        "startDate": words | st.just("2026-01-01"),
    },
)


@given(st.lists(anything | typed, max_size=4))
def test_any_document_gives_rows(nodes: list[dict[str, Any]]) -> None:
    for row in client.Splitter().document(1, nodes, "https://x.fi/"):
        assert isinstance(row.problem or to_drafts(row, Context()), str | list | Rejected)
