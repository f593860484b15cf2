"""The rarer conditions of events, keyword sets, publishers, and what has moved or gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mukana.api.more import More, more
from mukana.api.reading import BadParameter
from mukana.api.tests.conftest import Get
from mukana.api.tests.services import touch
from mukana.directory.actions.vocabulary import load_vocabulary
from mukana.directory.models import Entry, EntryTerm, SourceRow
from mukana.lib.clock import now
from mukana.organisations.models import Organisation

Ids = Callable[..., list[str]]
pytestmark = pytest.mark.usefixtures("calendar")
ALL = {"neutral:e1", "neutral:e2", "neutral:e3", "neutral:e4"}
SERIES = {"neutral:e1", "neutral:e2", "neutral:e3"}  # Tuesdays 10–23, Kuopio, 65+, in Finnish
CIRCLE = {"neutral:e4"}  # Wednesday 25.11. 18–23
CASES = [
    ({"starts_after": "2026-11-25"}, {"neutral:e3", "neutral:e4"}),
    ({"starts_before": "2026-11-24T12:00:00+02:00"}, {"neutral:e1", "neutral:e2"}),
    ({"ends_before": "2026-11-18"}, {"neutral:e1"}),
    ({"ends_after": "2026-12-01"}, {"neutral:e3"}),
    ({"start": "2026-11-23", "days": "1"}, set()),
    ({"start": "2026-11-23", "days": "2"}, {"neutral:e2"}),
    ({"min_duration": "6h"}, SERIES),
    ({"max_duration": "18000"}, CIRCLE),
    ({"bbox": "27,62,28,63"}, ALL),
    ({"bbox": "24,60,25,61"}, set()),
    ({"dwithin_origin": "27.7,62.9", "dwithin_metres": "100"}, ALL),
    ({"dwithin_origin": "27.8,62.9", "dwithin_meters": "100"}, set()),
    ({"division": "kunta:kuopio"}, ALL),
    ({"division": "kunta:lahti"}, set()),
    ({"event_status": "EventScheduled"}, ALL),
    ({"event_status": "EventCancelled"}, set()),
    ({"in_language": "fi"}, ALL),
    ({"in_language": "sv"}, set()),
    ({"translation": "sv"}, SERIES),
    ({"language": "sv,en"}, SERIES),
    ({"audience_min_age_gt": "60"}, SERIES),
    ({"audience_min_age_lt": "60"}, set()),
    ({"suitable_for": "70"}, SERIES),
    ({"suitable_for": "12,14"}, set()),
    ({"publisher": "neutral:o1"}, ALL),
    ({"publisher": "neutral:o9"}, set()),
    ({"data_source": "neutral"}, ALL),
    ({"data_source": "mukana"}, set()),
    ({"super_event_type": "none"}, ALL),
    ({"super_event_type": "umbrella"}, set()),
    ({"super_event": "none"}, CIRCLE),
    ({"hide_recurring_children": "true"}, CIRCLE),
    ({"ongoing": "true"}, {"neutral:e2", "neutral:e3", "neutral:e4"}),
    ({"nonsense": "yes", "show_all": "true"}, ALL),
]


@pytest.mark.parametrize(("asked", "wanted"), CASES, ids=lambda value: str(sorted(value) if isinstance(value, set) else value))
def test_each_condition_chooses_what_it_says(ids: Ids, asked: dict[str, str], wanted: set[str]) -> None:
    assert set(ids(**asked)) == wanted


def test_words_with_and_not_and_sets(get: Get, ids: Ids) -> None:
    load_vocabulary()
    words = {word["name"]["fi"]: word["id"] for word in get("/v1/keyword/", page_size=100)["data"] if word["name"]}
    chair, reading = words["Tuolijumppa"], words["Lukeminen"]
    assert set(ids(keyword_AND=chair)) == SERIES
    assert set(ids(keyword_AND=f"{chair},{reading}")) == set()
    assert set(ids(**{"keyword!": chair})) == CIRCLE
    assert set(ids(keyword_OR_set1=f"{chair},{reading}", keyword_OR_set2=reading)) == CIRCLE
    assert set(ids(keyword_set_OR="mukana:topic.t3,mukana:topic.t4")) == ALL
    assert set(ids(keyword_set_AND="mukana:topic.t4,mukana:topic")) == CIRCLE


def test_types_of_events(ids: Ids) -> None:
    Entry.objects.filter(texts__fi__name="Lukupiiri").update(kind="group")
    kinds = {kind: set(ids(event_type=kind)) for kind in ("General", "Course", "Volunteering")}
    assert kinds["Course"] >= CIRCLE
    assert kinds["Volunteering"] == set()
    assert set.union(*kinds.values()) == ALL
    assert not EntryTerm.objects.filter(term__code="volunteering").exists()


def test_keyword_sets_and_publishers_can_be_read(get: Get) -> None:
    load_vocabulary()
    found = get("/v1/keyword_set/", page_size=100)["data"]
    assert {"mukana:topic", "mukana:audience", "mukana:topic.t3"} <= {one["id"] for one in found}
    one = get("/v1/keyword_set/mukana:topic.t3/", include="keywords")
    assert (one["@type"], "Tuolijumppa" in {word["name"]["fi"] for word in one["keywords"]}) == ("KeywordSet", True)
    get("/v1/keyword_set/mukana:nothing/", 404)
    publisher = get("/v1/organization/")["data"][0]
    assert (publisher["id"], publisher["name"]) == ("neutral:o1", "Kuopion eläkeyhdistys")
    assert get("/v1/organization/neutral:o1/")["@type"] == "Organization"
    assert get("/v1/organization/mukana/")["name"] == "Mukana"
    get("/v1/organization/neutral:o7/", 404)


def test_publishers_below_another(ids: Ids) -> None:
    above = Organisation.objects.create(texts={"fi": {"name": "Liitto"}})
    Organisation.objects.exclude(pk=above.pk).update(parent=above)
    assert set(ids(publisher_ancestor=f"mukana:{above.pk}")) == ALL


def test_one_that_another_stands_for_is_read_there(client: Client) -> None:
    twin, kept = Entry.objects.get(texts__fi__name="Lukupiiri"), Entry.objects.get(texts__fi__name="Tuolijumppa")
    touch(twin, merged_into=kept)
    answer = client.get("/v1/event/neutral:e4/")
    row = SourceRow.objects.filter(entry=kept).order_by("pk").first()
    assert row is not None
    assert answer.status_code == 301
    assert client.get(answer.headers["Location"].removeprefix("http://localhost:8000")).status_code == 200


def test_what_has_gone_is_told_to_those_who_ask_for_it(get: Get, ids: Ids) -> None:
    touch(Entry.objects.get(texts__fi__name="Lukupiiri"), status="withdrawn")
    assert set(ids()) == SERIES
    shown = {one["id"]: one["deleted"] for one in get("/v1/event/", show_deleted="true")["data"]}
    assert shown == {**dict.fromkeys(SERIES, False), "neutral:e4": True}
    get("/v1/event/neutral:e4/", 410)


NAMES = ["days", "min_duration", "bbox", "dwithin_origin", "dwithin_metres", "in_language", "suitable_for", "audience_min_age_lt"]
VALUES = st.text(max_size=20) | st.sampled_from(["1", "1,2", "1,2,3,4", "fi", "9e999"])


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, max_size=2)))
def test_whatever_is_asked_is_read_or_refused(asked: dict[str, list[str]]) -> None:
    try:
        found: object = more(asked, now())
    except BadParameter as refusal:
        found = refusal
    assert isinstance(found, More | BadParameter)
