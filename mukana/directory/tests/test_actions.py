"""Schedules become occurrences that keep their ids; the change feed is in order."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from mukana.directory.actions import changes, occurrences
from mukana.directory.actions.vocabulary import load_vocabulary
from mukana.directory.drafts import OccurrenceDraft, ScheduleDraft
from mukana.directory.models import Change, Entry, Goal, Occurrence, Term
from mukana.lib.moments import ZONE

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, tzinfo=ZONE)
WEDNESDAYS = ScheduleDraft(days=("wed",), start=time(17), end=time(17, 45), first=date(2026, 9, 2), until=date(2026, 12, 16))


@pytest.fixture
def entry() -> Entry:
    return Entry.objects.create(kind="group", texts={"fi": {"name": "Allasjumppa"}})


def plan(entry: Entry, *schedules: ScheduleDraft) -> None:
    occurrences.set_schedules(entry.pk, schedules)
    occurrences.replace(entry.pk, occurrences.planned(entry.pk, schedules, NOW.date()))


def test_a_weekly_group_gets_its_coming_dates_on_the_wall_clock(entry: Entry) -> None:
    plan(entry, WEDNESDAYS)
    starts = [one.starts_at.astimezone(ZONE).strftime("%d.%m. %H.%M") for one in entry.occurrences.all()]
    assert starts == ["18.11. 17.00", "25.11. 17.00", "02.12. 17.00", "09.12. 17.00", "16.12. 17.00"]


def test_independence_day_is_shown_as_cancelled_with_its_name(entry: Entry) -> None:
    plan(entry, ScheduleDraft(("sun",), time(12), None, date(2026, 9, 6), date(2026, 12, 20)))
    cancelled = entry.occurrences.get(status="cancelled")
    assert cancelled.starts_at.astimezone(ZONE).date() == date(2026, 12, 6)
    assert cancelled.reason["fi"].lower().startswith("itsenäisyyspäivä")


def test_making_the_dates_again_keeps_their_ids_and_a_cancelled_day_stays_visible(entry: Entry) -> None:
    plan(entry, WEDNESDAYS)
    before = set(entry.occurrences.values_list("id", flat=True))
    broken = ScheduleDraft(
        ("wed",), time(17), time(17, 45), date(2026, 9, 2), date(2026, 12, 16),
        exceptions=({"date": "2026-12-09", "status": "cancelled", "reason": {"fi": "Halli on varattu kisoihin."}},),
    )  # fmt: skip
    plan(entry, broken)
    assert set(entry.occurrences.values_list("id", flat=True)) == before
    assert entry.occurrences.get(status="cancelled").reason == {"fi": "Halli on varattu kisoihin."}


def test_the_nightly_job_adds_what_came_within_half_a_year_and_leaves_the_past(entry: Entry) -> None:
    plan(entry, ScheduleDraft(("wed",), time(17), None, date(2026, 9, 2), date(2027, 12, 15)))
    first = Occurrence.objects.count()
    later = datetime(2027, 1, 22, 10, tzinfo=ZONE)
    occurrences.extend(later.date(), later)
    assert Occurrence.objects.count() > first
    assert Occurrence.objects.filter(starts_at__lt=later).count() > 5


def test_the_nightly_job_tells_the_feed_only_of_entries_whose_dates_changed(entry: Entry) -> None:
    ending = Entry.objects.create(kind="group", texts={"fi": {"name": "Loppuva ryhmä"}})
    plan(ending, WEDNESDAYS)
    plan(entry, ScheduleDraft(("wed",), time(17), None, date(2026, 9, 2), date(2027, 12, 15)))
    assert occurrences.extend(NOW.date(), NOW) == 0
    week = NOW + timedelta(days=7)
    assert occurrences.extend(week.date(), week) == 1
    assert list(Change.objects.values_list("entry_id", flat=True)) == [entry.pk]


def test_a_date_told_apart_from_the_schedule_stays_when_the_schedule_is_made_anew(entry: Entry) -> None:
    plan(entry, ScheduleDraft(("wed",), time(17), None, date(2026, 9, 2), date(2027, 12, 15)))
    party = occurrences.given(entry.pk, OccurrenceDraft(datetime(2026, 12, 19, 12, tzinfo=ZONE)), None)
    occurrences.put([party])
    week = NOW + timedelta(days=7)
    assert occurrences.extend(week.date(), week) == 1
    assert Occurrence.objects.filter(pk=party.pk).exists()


def test_the_feed_grows_in_order(entry: Entry) -> None:
    changes.record([entry.pk], "created", NOW)
    changes.record([entry.pk], "updated", NOW)
    assert [one.kind for one in Change.objects.all()] == ["created", "updated"]


def test_the_vocabulary_loads_twice_to_the_same() -> None:
    first = load_vocabulary()
    assert load_vocabulary() == first == Term.objects.count()
    assert Term.objects.get(scheme="topic", code="water_exercise").texts["fi"]["name"] == "Vesijumppa"
    assert Goal.objects.count() >= 14
