"""What goes to another Mukana site comes out of it the same."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.directory.drafts import Contact, EntryDraft, OccurrenceDraft, OrganisationDraft, PlaceDraft, ScheduleDraft
from mukana.formats.exchange import FORMAT, ExchangeError, Header, Origin, Record, document, header, is_header, lines, record
from mukana.lib.moments import as_local

DRAFTS = (OrganisationDraft, PlaceDraft, EntryDraft)
words = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
ids = words.filter(bool)
texts = st.dictionaries(
    st.sampled_from(["fi", "sv", "fi-x-selko"]), st.fixed_dictionaries({"name": words, "description": words}), max_size=3
)
moments = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(as_local)
contacts = st.builds(Contact, name=words, phone=words, email=words, url=words)
finite = st.floats(-180, 180, allow_nan=False)
words_list = st.lists(words, max_size=3).map(tuple)
states = st.dictionaries(words, words, max_size=2)
occurrences = st.builds(
    OccurrenceDraft, starts_at=moments, ends_at=st.none() | moments, all_day=st.booleans(), status=words, reason=states, row_id=words,
    place=words, facts=st.dictionaries(words, words | st.integers(-9, 9) | st.none(), max_size=2),
)  # fmt: skip
schedules = st.builds(
    ScheduleDraft, days=words_list, start=st.times(), end=st.none() | st.times(), first=st.dates(), until=st.dates(),
    interval=st.integers(1, 9), nth=st.none() | st.integers(-1, 5), holidays=words, season=words,
    exceptions=st.lists(st.dictionaries(words, words | states, max_size=2), max_size=2).map(tuple),
)  # fmt: skip
entries = st.builds(
    EntryDraft, row_id=ids, kind=words, texts=texts, series_id=words, form=words, goal=words, organisation=words, place=words,
    municipality=words, lat=st.none() | finite, lon=st.none() | finite,
    geometry=st.none() | st.just({"type": "LineString", "coordinates": [[24.1, 61.2], [24.2, 61.3]]}),
    topics=words_list, audience=words_list, service_classes=words_list, keywords=words_list, features=words_list, accessibility=states,
    languages=words_list, price_kind=words, price_cents=st.none() | st.integers(0, 10**6), registration=words,
    age_min=st.none() | st.integers(0, 120), age_max=st.none() | st.integers(0, 120), contact=contacts,
    occurrences=st.lists(occurrences, max_size=2).map(tuple), schedules=st.lists(schedules, max_size=2).map(tuple), status=words,
    media=st.dictionaries(words, words | st.integers(0, 9) | st.booleans(), max_size=2), modified_at=st.none() | moments,
    licence=words, attribution=words,
)  # fmt: skip
places = st.builds(
    PlaceDraft, row_id=ids, texts=texts, municipality=words, address=words, postal_code=words, city=words, lat=st.none() | finite,
    lon=st.none() | finite, contact=contacts, accessibility=states, hours=st.lists(states, max_size=2), temporarily_closed=st.booleans(),
    lipas_type=st.none() | st.integers(0, 9999), licence=words, attribution=words,
)  # fmt: skip
organisations = st.builds(
    OrganisationDraft, row_id=ids, texts=texts, kind=words, business_id=words, municipality=words, contact=contacts, parent=words,
    licence=words, attribution=words,
)  # fmt: skip
origins = st.builds(Origin, source=words, name=words, row_id=words, licence=words, attribution=words)
records = st.builds(
    Record, draft=entries | places | organisations, origins=st.lists(origins, max_size=2).map(tuple), sites=words_list, page=words
)
GROUP = EntryDraft("e1", "group", {"fi": {"name": "Tuolijumppa"}})


def through(told: dict[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json.dumps(told))
    return read


@given(records)
def test_a_record_comes_back_as_it_was(given: Record) -> None:
    assert record(through(document(given)), DRAFTS) == given


def test_a_field_with_its_default_value_is_left_out() -> None:
    strange = EntryDraft("x", "group", {}, occurrences=(OccurrenceDraft(as_local(datetime(2026, 1, 1)), row_id="r"),))
    told = document(Record(strange))
    assert told == {
        "type": "entry", "id": "x", "kind": "group", "texts": {},
        "occurrences": [{"starts_at": "2026-01-01T00:00:00+02:00", "row_id": "r"}],
    }  # fmt: skip


@given(st.builds(Header, site=ids, name=words, url=words, made_at=st.none() | moments), st.lists(records, max_size=3))
def test_a_dump_is_a_header_and_a_line_for_each_record(head: Header, given: list[Record]) -> None:
    first, *rest = [json.loads(line) for line in lines(head, given)]
    assert is_header(first)
    assert header(first) == head
    assert [record(line, DRAFTS) for line in rest] == given


def test_a_line_holds_no_line_end_of_its_own() -> None:
    told = EntryDraft("e1", "group", {"fi": {"name": "a", "description": "yksi\n\nkaksi\u2028kolme"}})
    assert all(line.count("\n") == 1 for line in lines(Header("s", "n"), [Record(told)]))


def test_a_field_that_a_newer_site_has_added_is_passed_over() -> None:
    assert record({**document(Record(GROUP)), "mood": "cheerful"}, DRAFTS) == Record(GROUP)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"type": "person"}, "type"),
        ({"type": 4}, "type"),
        ({"id": None}, "row_id"),
        ({"texts": []}, "texts"),
        ({"texts": {"fi": "nimi"}}, "texts.fi"),
        ({"lat": "62"}, "lat"),
        ({"lat": 1e300}, "lat"),
        ({"age_min": True}, "age_min"),
        ({"topics": "swimming"}, "topics"),
        ({"topics": [1]}, "topics.0"),
        ({"contact": []}, "contact"),
        ({"occurrences": [{}]}, "occurrences.0.starts_at"),
        ({"occurrences": [{"starts_at": "huomenna"}]}, "occurrences.0.starts_at"),
        ({"modified_at": "0001-01-01T00:00:00+02:00"}, "modified_at"),
        ({"sites": "s"}, "sites"),
        ({"origins": [{"source": None}]}, "origins.0.source"),
        ({"page": 1}, "page"),
    ],
)
def test_a_value_of_the_wrong_kind_names_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ExchangeError, match=f"^{field}$"):
        record({**document(Record(GROUP)), **changes}, DRAFTS)


def test_a_bottomless_value_is_refused() -> None:
    deep: Any = {}
    for _ in range(100):
        deep = {"in": deep}
    with pytest.raises(ExchangeError, match="media"):
        record({**document(Record(GROUP)), "media": {"x": deep}}, DRAFTS)


@given(
    st.recursive(st.none() | st.integers() | words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3))
)
def test_anything_else_raises_the_error_of_this_format_and_no_other(told: Any) -> None:
    for key in ("texts", "occurrences", "schedules", "geometry", "modified_at", "lat", "origins", "contact"):
        line = {"type": "entry", "id": "e", "kind": "group", "texts": {}, key: told}
        try:
            record(line, DRAFTS)
        except ExchangeError:
            continue


@pytest.mark.parametrize("line", [{"format": "mukana-exchange/2", "site": "s", "name": "n"}, {"format": FORMAT, "name": "n"},
                                  {"format": FORMAT, "site": "", "name": "n"}, {"format": FORMAT, "site": "s", "name": 5}])  # fmt: skip
def test_a_header_of_another_version_or_without_a_site_is_refused(line: dict[str, Any]) -> None:
    assert is_header(line)
    with pytest.raises(ExchangeError):
        header(line)


def test_a_schedule_keeps_its_days_and_hours() -> None:
    schedule = ScheduleDraft(("tue",), time(10), time(10, 45), date(2026, 1, 1), date(2026, 5, 31), exceptions=({"date": "2026-02-24"},))
    told = through(document(Record(EntryDraft("e", "group", {}, schedules=(schedule,)))))
    assert told["schedules"][0]["start"] == "10:00:00"
    assert record(told, DRAFTS).draft.schedules == (schedule,)
