"""HSDS: every body is valid, every condition chooses what it says, lists are whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from mukana.api.hsds.places import site_id
from mukana.api.hsds.vocabulary import taxonomy_id, term_id
from mukana.api.jobs import prepare_services
from mukana.api.models import ServiceDocument
from mukana.api.tests.checker import check, invalid, page_problems
from mukana.api.tests.services import COUNT, PERSON, POSTCODES, supply, touch
from mukana.directory.models import Entry, EntryTerm
from mukana.lib.clock import now
from mukana.lib.ids import stable_id

Ask = Callable[..., Any]
ORGANISER = str(stable_id("test-organiser", 3))
OLDER = str(term_id("audience", "older"))
SINGING = str(term_id("topic", "singing"))


@pytest.fixture
def entries(db: None) -> list[Entry]:
    return supply()


@pytest.fixture
def ask(client: Client) -> Ask:
    def get(address: str, status: int = 200, **parameters: Any) -> Any:
        response = client.get(f"/hsds{address}", parameters or None)
        assert response.status_code == status, response.content[:300]
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        return response.json()

    return get


def listed(ask: Ask, address: str = "/services", **parameters: Any) -> list[str]:
    return [one["id"] for one in ask(address, per_page=200, **parameters)["contents"]]


# What each condition means, said once more in plain Python.
def carries(entry: Entry, scheme: str, code: str = "") -> bool:
    found = EntryTerm.objects.filter(entry=entry, term__scheme=scheme)
    return (found.filter(term__code=code) if code else found).exists()


def dates(entry: Entry) -> list[Any]:
    from mukana.lib.moments import as_local

    return [(as_local(one.starts_at), as_local(one.ends_at)) for one in entry.occurrences.all() if one.ends_at]


CONDITIONS: dict[str, tuple[dict[str, str], Callable[[Entry], bool]]] = {
    "taxonomy_term_id": ({"taxonomy_term_id": SINGING}, lambda entry: carries(entry, "topic", "singing")),
    "taxonomy_id": ({"taxonomy_id": str(taxonomy_id("audience"))}, lambda entry: carries(entry, "audience")),
    "organization_id": ({"organization_id": ORGANISER}, lambda entry: str(entry.organisation_id) == ORGANISER),
    "minimum_age": ({"minimum_age": "13"}, lambda entry: entry.age_max is None or entry.age_max >= 13),
    "maximum_age": ({"maximum_age": "64"}, lambda entry: entry.age_min is None or entry.age_min <= 64),
    "start_time": ({"start_time": "12:00"}, lambda entry: any(starts.hour >= 12 for starts, _ in dates(entry))),
    "end_time": ({"end_time": "17:00:00"}, lambda entry: any(ends.hour < 17 for _, ends in dates(entry))),
    "day": ({"day": "TU"}, lambda entry: any(starts.weekday() == 1 for starts, _ in dates(entry))),
}
TIMED = {"start_time", "end_time", "day"}


def test_the_checker_finds_no_error_in_our_feed(entries: list[Entry], client: Client) -> None:
    def feed(address: str) -> tuple[int, Any, Any]:
        response = client.get(f"/hsds{address}")
        return response.status_code, response.headers, response.json()

    assert check(feed) == []


@pytest.mark.parametrize("language", ["fi", "sv", "en", "fi-x-selko"])
def test_every_full_service_is_valid_in_every_language(entries: list[Entry], ask: Ask, language: str) -> None:
    page = ask("/services", full="true", per_page=200, lang=language)
    assert page["total_items"] == COUNT == len(page["contents"])
    assert [problem for one in page["contents"] for problem in invalid("service", one)] == []


def test_every_page_together_is_the_whole_list_once(entries: list[Entry], ask: Ask) -> None:
    pages = [ask("/services", page=number, per_page=60) for number in (1, 2, 3, 4)]
    assert [problem for number, page in enumerate(pages, 1) for problem in page_problems(page, number)] == []
    ids = [one["id"] for page in pages for one in page["contents"]]
    assert sorted(ids) == sorted(str(entry.pk) for entry in entries)
    assert ask("/services", 404, page=5, per_page=60)["code"] == "not_found"


@pytest.mark.parametrize("name", CONDITIONS)
def test_each_condition_alone_chooses_what_it_says(entries: list[Entry], ask: Ask, name: str) -> None:
    parameters, holds = CONDITIONS[name]
    wanted = {str(entry.pk) for entry in entries if holds(entry)}
    assert 0 < len(wanted) < COUNT
    assert set(listed(ask, **parameters)) == wanted


def test_conditions_in_pairs_must_both_hold(entries: list[Entry], ask: Ask) -> None:
    alone = {name: set(listed(ask, **parameters)) for name, (parameters, _) in CONDITIONS.items()}
    for one, other in combinations(CONDITIONS, 2):
        both = set(listed(ask, **CONDITIONS[one][0], **CONDITIONS[other][0]))
        together = {one, other} <= TIMED  # those must hold of the same date
        assert both <= alone[one] & alone[other] if together else both == alone[one] & alone[other], (one, other)


def test_a_repeated_condition_must_hold_with_every_value(entries: list[Entry], ask: Ask) -> None:
    wanted = {str(entry.pk) for entry in entries if carries(entry, "topic", "singing") and carries(entry, "audience", "older")}
    assert wanted
    assert set(listed(ask, taxonomy_term_id=[SINGING, OLDER])) == wanted


def test_services_at_places_by_postcode_and_nearness(entries: list[Entry], ask: Ask) -> None:
    placed = {entry.pk: entry for entry in entries if entry.place}
    everything = ask("/service_at_locations", per_page=200)
    assert everything["total_items"] == len(placed)
    assert [problem for one in everything["contents"] for problem in invalid("service_at_location", one)] == []
    here = {str(site_id(key)) for key, entry in placed.items() if entry.place and entry.place.postal_code == POSTCODES[1]}
    assert set(listed(ask, "/service_at_locations", postcode=POSTCODES[1])) == here
    near = {
        str(site_id(key))
        for key, entry in placed.items()
        if entry.place and round(entry.place.lat or 0) == 61 and (entry.place.lon or 0) < 25
    }
    assert set(listed(ask, "/service_at_locations", postcode=POSTCODES[1], proximity="5000")) == near
    assert listed(ask, "/service_at_locations", postcode="99999", proximity="5000") == []
    assert "postcode" in ask("/service_at_locations", 400, proximity="5000")["detail"]
    both = listed(ask, "/service_at_locations", postcode=POSTCODES[1], taxonomy_term_id=SINGING)
    assert {UUID(one) for one in both} == {
        site_id(key) for key, entry in placed.items() if str(site_id(key)) in here and carries(entry, "topic", "singing")
    }


def test_ndjson_gives_everything_without_pages(entries: list[Entry], client: Client) -> None:
    response = client.get("/hsds/services?format=ndjson&full=true&per_page=10")
    lines = [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]  # type: ignore[attr-defined]
    assert response.headers["Content-Type"] == "application/x-ndjson"
    assert len({line["id"] for line in lines}) == COUNT
    assert [problem for line in lines for problem in invalid("service", line)] == []


def test_minimal_gives_every_id_with_its_moment_in_one_answer(entries: list[Entry], ask: Ask) -> None:
    page = ask("/services", minimal="true")
    assert (page["total_items"], page["size"], page["last_page"]) == (COUNT, COUNT, True)
    assert {tuple(one) for one in page["contents"]} == {("id", "name", "status", "last_modified")}
    assert [problem for one in page["contents"] for problem in invalid("service", one)] == []


def test_terms_by_vocabulary_and_parent(entries: list[Entry], ask: Ask) -> None:
    theme = str(term_id("theme", "t4"))
    under = ask("/taxonomy_terms", parent_id=theme, per_page=200)["contents"]
    assert SINGING in {one["id"] for one in under}
    assert {one["parent_id"] for one in under} == {theme}
    assert all("parent_id" not in one for one in ask("/taxonomy_terms", top_only="true", per_page=200)["contents"])
    audiences = ask("/taxonomy_terms", taxonomy_id=str(taxonomy_id("audience")), per_page=200)["contents"]
    assert OLDER in {one["id"] for one in audiences}
    assert ask("/taxonomy_terms", search="laulu", lang="sv")["contents"][0]["id"] == SINGING
    assert ask(f"/taxonomies/{taxonomy_id('topic')}")["name"] == "Aiheet"


def test_an_organisation_brings_its_services(entries: list[Entry], ask: Ask) -> None:
    mine = {str(entry.pk) for entry in entries if str(entry.organisation_id) == ORGANISER}
    whole = ask(f"/organizations/{ORGANISER}")
    assert {one["id"] for one in whole["services"]} == mine
    assert whole["organization_identifiers"][0]["identifier"] == "0201256-6"
    fuller = ask(f"/organizations/{ORGANISER}", full_service="true")
    assert all(invalid("service", one) == [] for one in fuller["services"])
    assert ask("/organizations", search="förening")["total_items"] == 1


def test_one_language_is_answered_and_said(entries: list[Entry], client: Client) -> None:
    address = f"/hsds/services/{entries[4].pk}"
    swedish = client.get(address, headers={"accept-language": "sv-FI,fi;q=0.5"})
    assert (swedish.json()["name"], swedish.headers["Content-Language"]) == ("Grupp 4", "sv")
    assert "Accept-Language" in swedish.headers["Vary"]
    asked = client.get(f"{address}?lang=fi", headers={"accept-language": "sv"})
    assert (asked.json()["name"], asked.headers["Content-Language"]) == ("Ryhmä & <kahvit> 4", "fi")
    assert client.get(f"{address}?lang=xx").status_code == 400


def test_a_rhythm_is_weekly_or_monthly_with_its_days(entries: list[Entry], ask: Ask) -> None:
    weekly = ask(f"/services/{entries[3].pk}")["schedules"][0]
    assert (weekly["freq"], weekly["byday"], weekly["opens_at"], weekly["interval"]) == ("WEEKLY", "TH", "11:00", 2)
    assert "9.12.2026" in weekly["notes"]
    monthly = ask(f"/services/{entries[9].pk}")["schedules"][0]
    assert (monthly["freq"], monthly["byday"]) == ("MONTHLY", "2WE")
    single = ask(f"/services/{entries[1].pk}")["schedules"]
    assert [(one["count"], one["byday"], one["dtstart"]) for one in single] == [
        (1, "TU", "2026-11-24"), (1, "TU", "2026-12-01"), (1, "TU", "2026-12-08"),
    ]  # fmt: skip


def test_the_stale_are_active_with_an_alert_and_the_day_of_the_last_check(entries: list[Entry], ask: Ask) -> None:
    stale = ask(f"/services/{entries[26].pk}")
    assert (stale["status"], stale["assured_date"]) == ("active", "2025-10-01")
    assert "1.10.2025" in stale["alert"]
    fresh = ask(f"/services/{entries[2].pk}")
    assert (fresh["assured_date"], "alert" in fresh) == ("2026-11-01", False)
    closed = ask(f"/services/{entries[5].pk}")
    assert closed["status"] == "temporarily closed"


def test_what_is_not_to_be_seen_is_not_told(entries: list[Entry], ask: Ask, client: Client) -> None:
    draft, gone, hidden, twin, kept = entries[:5]
    touch(draft, status="draft")
    touch(gone, status="withdrawn")
    touch(hidden, do_not_list=True)
    touch(twin, merged_into=kept)
    ids = set(listed(ask))
    assert len(ids) == COUNT - 4
    assert not ids & {str(one.pk) for one in (draft, gone, hidden, twin)}
    ask(f"/services/{draft.pk}", 404)
    ask(f"/services/{gone.pk}", 410)
    ask(f"/services/{hidden.pk}", 410)
    moved = client.get(f"/hsds/services/{twin.pk}")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"http://localhost:8000/hsds/services/{kept.pk}")
    site = client.get(f"/hsds/service_at_locations/{site_id(twin.pk)}")
    assert site.headers["Location"].endswith(f"/service_at_locations/{site_id(kept.pk)}")
    ask(f"/services/{uuid4()}", 404)
    ask("/services/x", 404)


def test_no_person_is_named_anywhere(entries: list[Entry], ask: Ask) -> None:
    for address in ("/services", "/service_at_locations", "/organizations"):
        text = json.dumps(ask(address, full="true", full_service="true", per_page=200), ensure_ascii=False)
        assert not [part for part in (*PERSON.split(), "Kuoppalai", "kuoppalainen@", "Aino-M") if part in text]
        assert "@" not in text.replace("info@kunta.fi", "").replace("toimisto@yhdistys.fi", "")
    assert "Kahvit lopuksi." in json.dumps(ask(f"/services/{entries[1].pk}"), ensure_ascii=False)


def test_each_source_keeps_its_licence(entries: list[Entry], ask: Ask) -> None:
    told = [one["value"] for one in ask(f"/services/{entries[1].pk}")["attributes"] if one["link_type"] == "data_licence"]
    assert told == ["CC BY 4.0 · Suomi.fi"]


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "per_page=x",
        "taxonomy_id=1",
        "day=Tuesdayish",
        "start_time=25:00",
        "minimum_age=-1",
        "format=xml",
        "modified_after=x",
        "search=%00",
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(db: None, client: Client, query: str) -> None:
    response = client.get(f"/hsds/services?{query}")
    assert (response.status_code, response.json()["code"]) == (400, "bad_parameter")


def test_the_root_tells_the_version(db: None, ask: Ask) -> None:
    assert ask("/") == ask("") == {
        "version": "3.0", "profile": "https://docs.openreferraluk.org/en/latest/", "openapi_url": "http://localhost:8000/hsds/openapi.json",
    }  # fmt: skip


def test_an_empty_directory_has_an_empty_first_page(db: None, ask: Ask) -> None:
    page = ask("/services")
    assert (page["total_items"], page["total_pages"], page["first_page"], page["last_page"], page["empty"]) == (0, 0, True, True, True)
    assert list(page_problems(page, 1)) == []


def test_the_worker_makes_ready_what_lists_will_ask_for_and_makes_anew_what_has_changed(entries: list[Entry]) -> None:
    public = Entry.objects.public().filter(kind__in=("service", "group", "programme"))
    assert prepare_services(now()) == f"Palveluluetteloihin tehtiin {public.count()} kuvausta."
    assert ServiceDocument.objects.filter(language="fi").count() == public.count()
    assert prepare_services(now()) is None
    changed = public.order_by("pk").first()
    assert changed is not None
    touch(changed)
    assert prepare_services(now()) == "Palveluluetteloihin tehtiin 1 kuvausta."


def test_a_language_that_somebody_has_asked_for_is_made_ready_too(entries: list[Entry], ask: Ask) -> None:
    ask("/services", lang="sv", per_page=1)
    prepare_services(now())
    assert ServiceDocument.objects.filter(language="sv").count() == ServiceDocument.objects.filter(language="fi").count()
