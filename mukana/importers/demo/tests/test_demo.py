"""The shipped supply is whole, clearly invented, and of this season whenever it is loaded."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from mukana.directory.drafts import EntryDraft
from mukana.directory.models import Entry
from mukana.directory.terms import terms
from mukana.duplicates.models import Pair
from mukana.importers.actions import bring_in
from mukana.importers.adapter import Context
from mukana.importers.demo import client, mapping
from mukana.importers.demo.adapter import DEMO, LOADS, source_row
from mukana.importers.demo.joining import join_pairs
from mukana.lib.moments import WEEKDAYS
from mukana.organisations.actions import load_municipalities
from mukana.organisations.reference import municipalities, municipality_code

Row = dict[str, Any]


def rows(kind: str) -> list[Row]:
    paths = sorted(client.FOLDER.glob(f"*-{kind}.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


ENTRIES = rows("entries")


def test_there_are_at_least_three_hundred_entries_in_every_promised_area() -> None:
    assert len(ENTRIES) >= 300
    regions = Counter(municipalities()[row["municipality"]].region_name for row in ENTRIES)
    towns = Counter(row["municipality"] for row in ENTRIES)
    assert min(regions["Pohjois-Savo"], regions["Keski-Suomi"], towns["286"], towns["211"]) >= 40
    assert {row["kind"] for row in ENTRIES} == {"group", "event", "service", "video", "route", "programme", "place"}


def test_sixty_entries_speak_swedish_and_english_and_sixty_selkokieli() -> None:
    assert sum({"sv", "en"} <= row["texts"].keys() for row in ENTRIES) >= 60
    assert sum("fi-x-selko" in row["texts"] for row in ENTRIES) >= 60


@pytest.mark.parametrize("audience", ["older", "families_small_children", "baby_parents", "unemployed", "low_active", "outlying_area"])
def test_parents_and_unemployed_people_are_served_as_well_as_older_people(audience: str) -> None:
    assert sum(audience in row.get("audience", ()) for row in ENTRIES) >= 10


def test_every_goal_is_offered_in_four_forms() -> None:
    forms: dict[str, set[str]] = {}
    for row in ENTRIES:
        if row.get("goal"):
            forms.setdefault(row["goal"], set()).add(row.get("form", ""))
    assert len(forms) >= 14
    assert all(found >= {"on_site", "remote_together", "video_home", "outdoor_route"} for found in forms.values())


def test_codes_ids_and_references_are_known() -> None:
    known = {(term.scheme, term.code) for term in terms()}
    wrong = [
        (row["id"], scheme, code)
        for row in ENTRIES
        for scheme, field in (("topic", "topics"), ("audience", "audience"), ("feature", "features"))
        for code in row.get(field, ())
        if (scheme, code) not in known
    ]
    ids = [row["id"] for kind in client.KINDS for row in rows(kind)]
    pointed = {row[field] for row in ENTRIES for field in ("place", "organisation") if row.get(field)}
    assert wrong == []
    assert len(ids) == len(set(ids))
    assert pointed <= set(ids)
    assert all(municipality_code(row["municipality"]) for row in ENTRIES)


def test_nobody_real_is_called_or_written_to() -> None:
    text = "\n".join(json.dumps(row, ensure_ascii=False) for kind in client.KINDS for row in rows(kind))
    assert set(re.findall(r'"phone": "([^"]+)"', text)) <= {number for number in re.findall(r"05 000 \d{4}", text)}
    assert all(address.endswith(".example") for address in re.findall(r"[\w.+-]+@([\w.-]+\w)", text))
    assert all(".example" in address for address in re.findall(r'https?://[^\s"]+', text))


def test_a_sentence_of_selkokieli_is_short() -> None:
    texts = [row["texts"]["fi-x-selko"] for row in ENTRIES if "fi-x-selko" in row["texts"]]
    sentences = [part for text in texts for field in ("summary", "description") for part in re.split(r"[.?:]\s", text.get(field, ""))]
    assert max(len(sentence.split()) for sentence in sentences) <= 11


def drafts(weeks: int) -> list[EntryDraft]:
    context = Context(options={"weeks": str(weeks)})
    found = [draft for raw in client.read(str(client.FOLDER), context) for draft in mapping.to_drafts(raw, context)]  # type: ignore[union-attr]
    return [draft for draft in found if isinstance(draft, EntryDraft)]


def test_moving_by_weeks_keeps_weekdays_and_the_wall_clock() -> None:
    for here, there in zip(drafts(0), drafts(30), strict=True):
        for before, after in zip(here.schedules, there.schedules, strict=True):
            assert after.first - before.first == timedelta(weeks=30)
            assert (after.days, after.start) == (before.days, before.start)
        for one, other in zip(here.occurrences, there.occurrences, strict=True):
            assert one.starts_at.strftime("%a %H.%M") == other.starts_at.strftime("%a %H.%M")


def test_every_group_has_something_ahead_of_it_and_runs_on_the_days_it_says() -> None:
    written = mapping.WRITTEN_FOR
    for draft in drafts(0):
        if draft.kind == "group":
            assert any(schedule.until > written for schedule in draft.schedules), draft.row_id
        assert all(set(schedule.days) <= set(WEEKDAYS) for schedule in draft.schedules)


@pytest.mark.parametrize(
    ("today", "weeks"), [(date(2026, 11, 22), 0), (date(2026, 11, 29), 1), (date(2027, 5, 30), 27), (date(2026, 9, 1), 0)]
)
def test_the_supply_follows_the_calendar(today: date, weeks: int) -> None:
    assert mapping.weeks_between(today) == weeks
    assert DEMO.licence == "CC0 1.0"


@pytest.mark.django_db
def test_what_the_county_tells_of_a_group_is_shown_as_one_with_it(settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    settings.INDEX_ROOT = tmp_path / "index"
    load_municipalities()
    for load in LOADS[-2:]:
        bring_in(load.adapter, load.address, by="system", source=source_row(load))
    assert Pair.objects.filter(state="suggested").count() == 5
    assert join_pairs("system") == 2
    assert join_pairs("system") == 0
    shown = Entry.objects.get(source_rows__row_id="ps-013", source_rows__source="demo")
    assert shown.visible
    assert [str(twin) for twin in shown.twins.all()] == ["Kallanrannan allasjumppa"]
