"""What a keeper writes over a source stays through imports, and the source's word is kept beside it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.directory import own
from mukana.directory.actions.absorb import Absorber
from mukana.directory.actions.batch import Arrival
from mukana.directory.actions.editing import edit, fact, read_again
from mukana.directory.actions.vocabulary import load_vocabulary
from mukana.directory.drafts import Contact, EntryDraft, OccurrenceDraft, OrganisationDraft, ScheduleDraft
from mukana.directory.models import Change, Entry, Occurrence, Source, SourceRow
from mukana.directory.tests import make
from mukana.lib.moments import ZONE
from mukana.organisations.models import Organisation

NOW = datetime(2026, 11, 22, 10, tzinfo=ZONE)
WEDNESDAYS = ScheduleDraft(("wed",), time(17), time(17, 45), date(2026, 9, 2), date(2026, 12, 16))
TUESDAYS = ScheduleDraft(("tue",), time(10), None, date(2026, 9, 1), date(2026, 12, 15))
database = pytest.mark.django_db


def draft(**facts: object) -> EntryDraft:
    texts = {"fi": {"name": "Allasjumppa", "summary": facts.pop("summary", "Lähteen tiivistelmä.")}}
    return EntryDraft("r1", "group", texts, **facts)


def absorb(*drafts: object) -> Entry | None:
    source, _ = Source.objects.get_or_create(key="test", defaults={"adapter": "test", "name": "Testi"})
    arrivals = []
    for one in drafts:
        row = SourceRow.objects.filter(source=source, row_id=one.row_id).first()
        fresh = row is None
        row = row or SourceRow(source=source, row_id=one.row_id, kind="entry")
        row.digest, row.seen_at = b"1", NOW
        arrivals.append(Arrival(row, [one], fresh))
    Absorber(source, NOW).absorb(arrivals)
    return Entry.objects.first()


@database
def test_own_words_stay_and_the_source_s_new_word_is_seen() -> None:
    entry = absorb(draft(contact=Contact(phone="05 000 1")))
    edit(entry, {"texts.fi.summary": "Omat sanat.", "phone": "05 000 2"})
    entry = absorb(draft(summary="Lähde kirjoitti uudelleen.", contact=Contact(phone="05 000 1")))
    assert (entry.texts["fi"]["summary"], entry.phone) == ("Omat sanat.", "05 000 2")
    assert entry.own["texts.fi.summary"]["source"] == "Lähde kirjoitti uudelleen."
    assert own.drifted(entry.own) == ["texts.fi.summary"]


@database
def test_the_source_s_word_can_be_taken_back_and_is_then_followed() -> None:
    entry = absorb(draft())
    edit(entry, {"texts.fi.summary": "Omat sanat."})
    entry = absorb(draft(summary="Uusi."))
    assert edit(entry, {"texts.fi.summary": "Uusi."}, to_source=True) == {"texts.fi.summary": ("Omat sanat.", "Uusi.")}
    assert entry.own == {}
    assert absorb(draft(summary="Vielä uudempi.")).texts["fi"]["summary"] == "Vielä uudempi."


@database
def test_writing_what_the_source_says_makes_nothing_own() -> None:
    entry = absorb(draft())
    edit(entry, {"texts.fi.summary": "Omat."})
    edit(entry, {"texts.fi.summary": "Lähteen tiivistelmä."})
    assert entry.own == {}
    assert edit(entry, {"texts.fi.summary": "Lähteen tiivistelmä."}) == {}


@database
def test_own_topics_and_an_own_schedule_stay_through_an_import() -> None:
    load_vocabulary()
    entry = absorb(draft(schedules=(WEDNESDAYS,), topics=("swimming",)))
    edit(entry, {"schedules": own.schedules_json([TUESDAYS]), "topics": ["dance"]})
    entry = absorb(draft(schedules=(WEDNESDAYS,), topics=("swimming", "yoga"), summary="Muu."))
    assert fact(entry, "topics") == ["dance"]
    assert fact(entry, "schedules") == own.schedules_json([TUESDAYS])
    assert {one.starts_at.astimezone(ZONE).weekday() for one in entry.occurrences.filter(starts_at__gte=NOW)} == {1}
    assert entry.own["topics"]["source"] == ["swimming", "yoga"]
    assert entry.own["schedules"]["source"] == own.schedules_json([WEDNESDAYS])


@database
def test_own_dates_replace_those_that_the_source_gave() -> None:
    coming = OccurrenceDraft(NOW + timedelta(days=3), row_id="d1")
    entry = absorb(draft(occurrences=(coming,)))
    edit(entry, {"schedules": own.schedules_json([TUESDAYS])})
    absorb(draft(occurrences=(coming,), summary="Muu."))
    assert not Occurrence.objects.filter(row_id="d1").exists()


@database
def test_a_row_of_a_series_that_tells_only_dates_keeps_the_keeper_s_dates() -> None:
    first = EntryDraft("d1", "event", {"fi": {"name": "Sarja"}}, series_id="s", occurrences=(OccurrenceDraft(NOW, row_id="d1"),))
    entry = absorb(first)
    edit(entry, {"schedules": own.schedules_json([TUESDAYS]), "phone": "05 000 3"})
    later = OccurrenceDraft(NOW + timedelta(days=1), row_id="d2")
    entry = absorb(EntryDraft("d2", "event", {"fi": {"name": "Sarja"}}, series_id="s", occurrences=(later,), dates_only=True))
    assert not entry.occurrences.filter(row_id="d2").exists()
    assert entry.phone == "05 000 3"


@database
def test_an_entry_of_its_own_has_no_source_to_remember() -> None:
    entry = make.entry()
    changed = edit(entry, {"phone": "05 000 9", "price_kind": "paid"})
    assert changed == {"phone": ("05 000 1250", "05 000 9")}
    assert entry.own == {}
    assert Change.objects.filter(entry_id=entry.pk, kind="updated").count() == 1


@database
def test_a_new_place_moves_the_point_with_it() -> None:
    entry = make.entry()
    other = make.place("Toinen", lat=62.0, lon=27.0)
    edit(entry, {"place_id": str(other.pk)})
    assert (entry.place, entry.lat, entry.lon) == (other, 62.0, 27.0)
    edit(entry, {"place_id": None})
    assert entry.place is None


@database
def test_new_entries_of_an_unlisted_organisation_are_not_listed() -> None:
    organiser = OrganisationDraft("o1", {"fi": {"name": "Hiljainen ry"}})
    absorb(organiser)
    Organisation.objects.update(do_not_list=True)
    entry = absorb(draft(organisation="o1"))
    assert (entry.do_not_list, entry.visible) == (True, False)


@database
def test_rows_can_be_read_again_though_unchanged() -> None:
    entry = absorb(draft())
    read_again(entry)
    assert bytes(SourceRow.objects.get().digest) == b""


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(own.UnknownKey):
        own.value_of(Entry(), "status")
    with pytest.raises(own.UnknownKey):
        own.put(Entry(), "own", {})


def test_texts_are_put_and_taken_away_without_touching_others() -> None:
    entry = Entry(texts={"fi": {"name": "A"}, "sv": {"name": "B"}})
    own.put(entry, "texts.en.name", "C")
    own.put(entry, "texts.sv.name", "")
    assert entry.texts == {"fi": {"name": "A"}, "en": {"name": "C"}}
    assert own.value_of(entry, "texts.sv.steps") == []
    assert own.value_of(entry, "texts.sv.join") == ""


@given(
    st.builds(
        ScheduleDraft,
        st.lists(st.sampled_from(("mon", "tue", "sun")), min_size=1, max_size=3, unique=True).map(tuple),
        st.times().map(lambda one: one.replace(second=0, microsecond=0)),
        st.none() | st.times().map(lambda one: one.replace(second=0, microsecond=0)),
        st.dates(),
        st.dates(),
    )
)
def test_a_schedule_comes_back_from_json_as_it_went(schedule: ScheduleDraft) -> None:
    assert own.schedule_draft(own.schedule_json(schedule)) == schedule
