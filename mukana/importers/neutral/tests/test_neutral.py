"""Neutral JSON lines: names behind ids, series, and rows that are wrong."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mukana.directory.drafts import EntryDraft, OrganisationDraft, PlaceDraft
from mukana.importers.adapter import Context, RawRow, Rejected
from mukana.importers.neutral.client import rows
from mukana.importers.neutral.mapping import organisation_kind, to_drafts
from mukana.importers.tests.helpers import anything, entry_in

MUNICIPALITY = {"kind": "municipality", "id": "m00", "name": "Kuopio"}
KEYWORDS = [
    {"kind": "keyword", "id": "k1", "group": "activity", "name": "tuolijumppa"},
    {"kind": "keyword", "id": "k2", "group": "audience", "name": "ikääntyneet"},
    {"kind": "keyword", "id": "k3", "group": "extra", "name": "ilman ilmoittautumista"},
]
EVENT = {
    "kind": "event", "id": "e1", "series": "s1", "name": {"fi": "Tuolijumppa"}, "short": {"fi": "Tule mukaan."},
    "description": {"fi": "Jumpataan istuen."}, "start": "2026-12-01T10:00:00+02:00", "end": "2026-12-01T11:00:00+02:00",
    "place": "p1", "municipality": "m00", "organisation": "o1", "keywords": ["k1", "k3"], "audience": ["k2"],
    "price": "5 €/kerta", "languages": ["fi"], "min_age": 18, "truth": {"activity": "salaisuus"},
}  # fmt: skip


def read(*objects: Any) -> tuple[list[RawRow], Context]:
    context = Context()
    text = "\n".join(item if isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in objects)
    return list(rows(BytesIO(text.encode()), context)), context


def event(**changes: Any) -> EntryDraft:
    found, context = read(MUNICIPALITY, *KEYWORDS, EVENT | changes)
    return entry_in(to_drafts(found[-1], context))


def test_an_event_is_one_happening_of_its_series() -> None:
    draft = event()
    assert (draft.row_id, draft.series_id, draft.kind) == ("e1", "s1", "event")
    assert [(o.row_id, o.starts_at.isoformat()) for o in draft.occurrences] == [("e1", "2026-12-01T10:00:00+02:00")]
    assert draft.occurrences[0].facts == {"min_age": 18}


def test_ids_of_keywords_and_municipalities_become_names_topics_and_audiences() -> None:
    draft = event()
    assert draft.municipality == "Kuopio"
    assert draft.keywords == ("tuolijumppa", "ilman ilmoittautumista")
    assert draft.topics == ("chair_exercise",)
    assert draft.audience == ("older",)
    assert draft.registration == "none"
    assert (draft.price_kind, draft.price_cents) == ("paid", 500)


def test_an_unknown_municipality_is_kept_as_text() -> None:
    assert event(municipality="koko alue").municipality == "koko alue"


def test_what_an_event_really_is_never_reaches_a_draft() -> None:
    assert "salaisuus" not in repr(event())


def test_rows_that_others_point_at_give_no_drafts() -> None:
    found, context = read(MUNICIPALITY, KEYWORDS[0])
    assert [to_drafts(row, context) for row in found] == [[], []]


def test_a_changed_keyword_makes_its_events_look_changed() -> None:
    before, _ = read(KEYWORDS[0], EVENT)
    after, _ = read(KEYWORDS[0] | {"name": "allasjumppa"}, EVENT)
    assert before[-1].digest_source != after[-1].digest_source


def test_a_place_at_sea_or_with_swapped_axes_gets_a_true_point_or_none() -> None:
    place = {"kind": "place", "id": "p1", "name": "Talo", "municipality": "m00"}
    found, context = read(place | {"lat": 62.9, "lon": 27.7}, place | {"lat": 27.7, "lon": 62.9}, place | {"lat": 1, "lon": 2})
    points = [(d.lat, d.lon) for row in found for d in (to_drafts(row, context) or []) if isinstance(d, PlaceDraft)]
    assert points == [(62.9, 27.7), (62.9, 27.7), (None, None)]


def test_an_organisation_tells_its_kind_by_name() -> None:
    assert organisation_kind("Kuopion kaupunki") == "municipality"
    assert organisation_kind("Kuopion omaishoitajayhdistys") == "association"
    found, context = read({"kind": "organisation", "id": "o1", "name": "Kuopion seurakunta"})
    drafts = to_drafts(found[0], context)
    assert isinstance(drafts, list)
    assert isinstance(drafts[0], OrganisationDraft)
    assert drafts[0].kind == "parish"


def test_bad_lines_are_told_with_their_number_and_reason() -> None:
    found, context = read(EVENT, "{", "[1]", {"kind": "event"}, "", {"kind": "ufo", "id": "x"}, '{"kind": "event", "id": "e9", ')
    outcome = {row.number: to_drafts(row, context) for row in found}
    assert {number for number, drafts in outcome.items() if isinstance(drafts, Rejected)} == {2, 3, 4, 6, 7}


def test_an_event_without_a_time_or_a_name_is_rejected() -> None:
    for change in ({"start": "2026-02-31T10:00:00"}, {"start": None}, {"name": {"fi": "<script>x</script>"}}):
        found, context = read(EVENT | change)
        assert isinstance(to_drafts(found[0], context), Rejected)


def test_html_emoji_and_direction_marks_become_plain_text() -> None:
    draft = event(name={"fi": "Jumppa 🎉 \u202eabc"}, description={"fi": "<p>Hei<script>alert(1)</script> &amp; moi</p>"})
    assert draft.texts["fi"]["name"] == "Jumppa 🎉 abc"
    assert "alert" not in repr(draft)
    assert "Hei & moi" in repr(draft)


@given(anything, st.sampled_from(["event", "place", "organisation", "keyword", ""]))
def test_any_json_is_mapped_or_rejected(row: dict[str, Any], kind: str) -> None:
    outcome = to_drafts(RawRow(1, "x", kind, EVENT | row if kind == "event" else row, b""), Context())
    assert isinstance(outcome, list | Rejected)
