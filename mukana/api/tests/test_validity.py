"""What is kept ready is served only while it is true."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mukana.api.models import EntryDocument
from mukana.api.tests.conftest import CALENDAR, Get, Row, event, place

pytestmark = pytest.mark.usefixtures("calendar")
Bring = Callable[[list[Row]], None]


def changed(row: Row) -> list[Row]:
    return [row if (one["kind"], one["id"]) == (row["kind"], row["id"]) else one for one in CALENDAR]


def test_a_changed_entry_shows_its_change_at_once(get: Get, bring: Bring) -> None:
    assert get("/v1/event/neutral:e4/")["name"] == {"fi": "Lukupiiri"}
    bring(changed(event("e4", "2026-11-25T18:00:00+02:00", name={"fi": "Runopiiri"})))
    assert get("/v1/event/neutral:e4/")["name"] == {"fi": "Runopiiri"}
    assert "Runopiiri" in {one["name"]["fi"] for one in get("/v1/event/")["data"]}


def test_a_renamed_place_shows_its_name_at_once(get: Get, bring: Bring) -> None:
    assert get("/v1/event/neutral:e4/", include="location")["location"]["name"] == {"fi": "Männistön kirjasto"}
    bring(changed(place("p2", "Männistön kulttuuritalo")))
    assert get("/v1/event/neutral:e4/", include="location")["location"]["name"] == {"fi": "Männistön kulttuuritalo"}


def test_a_new_event_is_counted_at_once(get: Get, bring: Bring) -> None:
    assert get("/v1/event/")["meta"]["count"] == 4
    bring([*CALENDAR, event("e9", "2026-12-24T10:00:00+02:00")])
    assert get("/v1/event/")["meta"]["count"] == 5


def test_an_occurrence_elsewhere_has_its_own_place(get: Get, bring: Bring) -> None:
    bring(changed(event("e3", "2026-12-01T10:00:00+02:00", series="s1", place="p2")))
    ends = {one["id"]: one["location"]["@id"].rsplit("/", 2)[1] for one in get("/v1/event/")["data"]}
    assert (ends["neutral:e2"], ends["neutral:e3"]) == ("neutral:p1", "neutral:p2")


def test_another_address_of_the_site_is_in_every_link_at_once(get: Get, settings: object) -> None:
    get("/v1/event/neutral:e4/")
    settings.BASE_URL = "https://mukana.example"  # type: ignore[attr-defined]
    one = get("/v1/event/neutral:e4/")
    assert one["@id"].startswith("https://mukana.example/v1/")
    assert one["location"]["@id"].startswith("https://mukana.example/v1/")


def test_a_page_costs_the_same_queries_however_many_events_it_has(get: Get, bring: Bring) -> None:
    bring([*CALENDAR, *(event(f"f{number}", "2026-12-24T10:00:00+02:00") for number in range(30))])
    costs = []
    for size in (2, 30, 30):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            get("/v1/event/", page_size=size, include="location,keywords", sort="name")
        costs.append(len(asked))
    building, again = costs[1], costs[2]
    assert building - costs[0] <= 1  # a batch more
    assert again <= 4


def test_documents_that_hold_are_not_made_again(get: Get) -> None:
    get("/v1/event/")
    made = list(EntryDocument.objects.order_by("pk").values_list("pk", "seq"))
    assert made
    get("/v1/event/")
    assert list(EntryDocument.objects.order_by("pk").values_list("pk", "seq")) == made
