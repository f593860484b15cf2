"""Linked Events as three cities really publish them, each oddity a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mukana.directory.drafts import EntryDraft
from mukana.importers.adapter import Context, RawRow, Rejected
from mukana.importers.linkedevents import client
from mukana.importers.linkedevents.mapping import to_drafts
from mukana.importers.tests.helpers import anything, entry_in, place_in
from mukana.lib.testing import shared_path

MANTYHARJU = Path(__file__).parent / "mantyharju.json"


def outcome(path: Path) -> dict[str, Any]:
    context = Context()
    return {row.row_id: to_drafts(row, context) for row in client.read(str(path), context)}


def shared(name: str) -> dict[str, Any]:
    return outcome(shared_path(f"data/linkedevents/{name}"))


def event(*, context: Context | None = None, **changes: Any) -> Any:
    base = {"name": {"fi": "Jumppa"}, "start_time": "2026-03-02T08:00:00Z", "event_status": "EventScheduled", "offers": [], "keywords": []}
    return to_drafts(RawRow(1, "x:1", "event", base | changes, b""), context or Context())


def starts(entry: EntryDraft) -> list[str]:
    return [one.starts_at.isoformat() for one in entry.occurrences]


# Helsinki


def test_a_place_told_by_address_only_is_joined_by_its_id() -> None:
    found = shared("helsinki_events.json")
    entry = entry_in(found["helsinki:afy6ikna3u"])
    assert (entry.form, entry.place) == ("remote_together", "")
    assert entry_in(found["helsinki:afxp6tv4xa"]).place == "tprek:55959"


def test_a_place_told_inside_the_event_becomes_a_row_of_its_own() -> None:
    found = shared("helsinki_event_expanded.json")
    place = place_in(found["tprek:15321"])
    assert (place.texts["fi"]["name"], place.municipality, place.address) == ("Entressen kirjasto", "Espoo", "Siltakatu 11")
    assert (place.lat, place.lon, place.contact.phone) == (60.203636, 24.657864, "+358981653776")
    assert entry_in(found["helsinki:afxp6tv4xa"]).place == "tprek:15321"


def test_no_place_at_all_is_borne() -> None:
    assert entry_in(event(location=None)).place == ""


def test_a_postponed_event_without_a_time_stays_without_dates_and_says_so() -> None:
    entry = entry_in(shared("helsinki_event_expanded.json")["helsinki:afxp6tv4xa"])
    assert entry.occurrences == ()
    assert entry.texts["fi"]["description"].startswith("Tapahtuma on siirretty.")


def test_html_in_descriptions_becomes_plain_paragraphs() -> None:
    text = entry_in(shared("helsinki_events.json")["helsinki:afy6ikna3u"]).texts["fi"]["description"]
    assert "<" not in text
    assert "\n\nEsittelyssä mukana olevat hankkeet:\n" in text


def test_an_image_for_that_event_only_is_not_copied() -> None:
    assert "image" not in repr([drafts for drafts in shared("helsinki_events.json").values()])
    image = {"url": "https://example.fi/kuva.jpg", "license": "cc_by", "alt_text": {"fi": "Ryhmä salissa"}}
    assert entry_in(event(images=[image])).media == {"image": "https://example.fi/kuva.jpg", "image_alt": "Ryhmä salissa"}
    assert entry_in(event(images=[image | {"license": "event_only"}])).media == {}


def test_keywords_and_places_pages_are_read_too() -> None:
    assert all(drafts == [] for drafts in shared("helsinki_keywords.json").values())
    assert place_in(shared("helsinki_places.json")["tprek:15417"]).city == "Espoo"


def test_a_folder_is_read_places_and_keywords_first(tmp_path: Path) -> None:
    for name in ("helsinki_events.json", "helsinki_places.json", "helsinki_keywords.json", "helsinki_images.json"):
        (tmp_path / f"a_{name}").write_bytes(shared_path(f"data/linkedevents/{name}").read_bytes())
    kinds = [row.kind for row in client.read(str(tmp_path), Context())]
    assert kinds == ["keyword", "keyword", "place", "place", "image", "image", "event", "event"]


# Turku


def turku() -> EntryDraft:
    return entry_in(shared("turku_2022_event_page.json")["turku:991417"])


def test_finnish_copied_into_swedish_and_english_is_dropped() -> None:
    assert list(turku().texts) == ["fi"]


def test_sub_events_whose_parent_is_not_there_are_joined_by_its_id() -> None:
    assert turku().series_id == "turku:991415"
    assert starts(turku()) == ["2022-06-14T19:30:00+03:00"]


def test_html_in_a_price_becomes_cents() -> None:
    assert (turku().price_kind, turku().price_cents) == ("paid", 250)
    told = "<p>Sisäänpääsymaksu (ei Seniori/Kimmokeranneke) + ohjausmaksu 2,50 euroa</p>"
    entry = entry_in(event(offers=[{"is_free": False, "price": {"fi": told}}]))
    assert (entry.price_kind, entry.price_cents) == ("paid", 250)
    assert entry.texts["fi"]["price_note"].startswith("Sisäänpääsymaksu (ei")


def test_the_status_rescheduled_and_signing_up_in_the_text_are_kept() -> None:
    assert turku().occurrences[0].status == "rescheduled"
    assert turku().registration == "required"


def test_a_town_named_in_the_directions_is_the_municipality() -> None:
    assert turku().municipality == "853"


def test_a_hobby_of_water_gymnastics_is_a_group_with_its_topic() -> None:
    assert (turku().kind, turku().topics) == ("group", ("water_exercise",))


# Mäntyharju


def test_the_hour_and_the_venue_are_found_in_the_name_and_the_text() -> None:
    entry = entry_in(outcome(MANTYHARJU)["775776"])
    assert starts(entry) == ["2017-07-08T20:00:00+03:00"]
    assert not entry.occurrences[0].all_day
    assert entry.texts["fi"]["getting_there"] == "Tapahtumapaikka: Nurmaan lava"


def test_a_summary_that_is_the_whole_description_is_told_once_and_shortened() -> None:
    texts = entry_in(outcome(MANTYHARJU)["775776"]).texts["fi"]
    assert "description" not in texts
    long = "Ensimmäinen virke on tässä. " * 20
    texts = entry_in(event(short_description={"fi": long}, description={"fi": long})).texts["fi"]
    assert len(texts["summary"]) <= 300 < len(texts["description"])


def test_bank_account_numbers_never_come_in() -> None:
    assert "1234 5600" not in repr(outcome(MANTYHARJU))


def test_a_finnish_midnight_written_in_utc_is_the_whole_finnish_day() -> None:
    (one,) = entry_in(outcome(MANTYHARJU)["775777"]).occurrences
    assert (one.starts_at.date().isoformat(), one.all_day, one.ends_at) == ("2017-08-05", True, None)


def test_an_hour_on_a_line_of_the_text_counts_and_a_cancelled_day_is_kept() -> None:
    (one,) = entry_in(outcome(MANTYHARJU)["775778"]).occurrences
    assert (one.starts_at.isoformat(), one.status) == ("2017-12-06T14:30:00+02:00", "cancelled")
    assert one.ends_at is not None
    assert one.ends_at.hour == 16


def test_bare_ids_and_ids_with_a_format_in_their_address_are_understood() -> None:
    assert "775776" in outcome(MANTYHARJU)
    assert entry_in(event(location={"@id": "https://le.example.fi/v1/place/mantyharju:7/?format=json"})).place == "mantyharju:7"


# Espoo


def test_another_calendars_rows_are_refused_one_by_one_and_say_why() -> None:
    found = shared("espoo_opennc_2017_event.json")
    assert found
    assert all(isinstance(drafts, Rejected) and "OData" in drafts.reason for drafts in found.values())


# Rules


def test_a_recurring_parent_gives_the_series_but_no_date_of_its_own() -> None:
    entry = entry_in(event(super_event_type="recurring", end_time="2026-05-30T08:00:00Z"))
    assert (entry.series_id, entry.occurrences) == ("x:1", ())


def test_events_under_an_umbrella_are_entries_of_their_own() -> None:
    above = {"id": "x:0", "super_event_type": "umbrella"}
    assert entry_in(event(super_event=above)).series_id == ""
    assert entry_in(event(super_event={"@id": "https://le.fi/v1/event/x:9/"})).series_id == "x:9"


def test_an_end_before_the_start_is_dropped_and_an_end_of_null_is_borne() -> None:
    for end in ("2026-03-02T07:00:00Z", None, "ei tiedossa"):
        assert entry_in(event(end_time=end)).occurrences[0].ends_at is None


def test_free_means_that_no_offer_costs_anything() -> None:
    child = {"is_free": True, "description": {"fi": "Alle 7-vuotiaat"}}
    both = entry_in(event(offers=[child, {"is_free": False, "price": {"fi": "8 / 5 €"}}]))
    assert (both.price_kind, both.price_cents) == ("paid", 500)
    assert entry_in(event(offers=[child])).price_kind == "free"
    assert entry_in(event(offers=[{"is_free": False, "price": None}])).price_kind == "unknown"


def test_concepts_of_the_vocabulary_become_topics_and_audiences() -> None:
    entry = entry_in(event(name={"fi": "Avoin"}, keywords=[{"@id": "https://x.fi/keyword/yso:p6433/"}], audience=[{"@id": "/yso:p2433/"}]))
    assert (entry.topics, entry.audience, entry.keywords) == (("water_exercise",), ("older",), ("vesiliikunta",))


def test_ages_languages_and_kind_are_taken() -> None:
    entry = entry_in(event(audience_min_age=7, audience_max_age="12", in_language=[{"@id": "https://x/v1/language/sv/"}], type_id="Course"))
    assert (entry.age_min, entry.age_max, entry.languages, entry.kind) == (7, 12, ("sv",), "group")


def test_a_deleted_event_is_withdrawn_but_a_deleted_day_only_leaves_its_series() -> None:
    assert entry_in(event(deleted=True)).status == "withdrawn"
    day = entry_in(event(deleted=True, super_event={"id": "x:0"}))
    assert (day.status, day.occurrences) == ("published", ())


def test_an_event_without_a_readable_time_or_a_name_is_rejected() -> None:
    assert isinstance(event(start_time="2026-13-45"), Rejected)
    assert isinstance(event(name={"fi": None, "sv": ""}), Rejected)


def test_a_clock_that_is_turned_shows_the_same_hour_as_on_the_wall() -> None:
    assert starts(entry_in(event(start_time="2026-03-29T01:30:00Z"))) == ["2026-03-29T04:30:00+03:00"]


def test_a_next_page_elsewhere_or_the_same_again_is_the_end() -> None:
    assert client.next_page({"meta": {"next": None}}, "u") == ""
    assert client.next_page({"meta": {"next": "u"}}, "u") == ""


def test_lists_and_lines_are_read_like_pages(tmp_path: Path) -> None:
    rows = json.loads(MANTYHARJU.read_text(encoding="utf-8"))["data"]
    (tmp_path / "list.json").write_text(json.dumps(rows), encoding="utf-8")
    (tmp_path / "lines.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\nrikki\n", encoding="utf-8")
    assert len(list(client.read(str(tmp_path / "list.json"), Context()))) == 3
    lines = list(client.read(str(tmp_path / "lines.jsonl"), Context()))
    assert [bool(row.problem) for row in lines] == [False, False, False, True]


@given(anything, st.sampled_from(["event", "place", "keyword", "odata", ""]))
def test_any_json_is_mapped_or_rejected(row: dict[str, Any], kind: str) -> None:
    base = {"name": {"fi": "x"}, "start_time": "2026-03-01T22:00:00Z"} if kind == "event" else {}
    assert isinstance(to_drafts(RawRow(1, "x", kind, base | row, b""), Context()), list | Rejected)
