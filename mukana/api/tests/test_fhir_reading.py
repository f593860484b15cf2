"""Only an authorised system reads, only of its areas, only what stands; everything it read is written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from mukana.api.fhir.actions import SystemRefused, add_system, end_system
from mukana.api.fhir.serving import bundles, door
from mukana.api.fhir.serving.asking import Asked, allowed, asked
from mukana.api.fhir.serving.refusing import FhirRefused
from mukana.api.models import System
from mukana.api.tests.fhir_checker import wrong_by_library, wrong_by_schema
from mukana.audit.actions import read
from mukana.audit.models import Trace
from mukana.lib.clock import now
from mukana.organisations.models import Municipality
from mukana.referrals.actions import answering, ending, glass, offering, visiting
from mukana.referrals.actions.forgetting import anonymise
from mukana.referrals.actions.protecting import protect
from mukana.referrals.models import BreakGlass, Permission, Placement, Referral
from mukana.referrals.rules.codes import RECEIVER, RESIDENT
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, MONDAY, Time

pytestmark = pytest.mark.django_db
Ask = Callable[..., Any]


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    cache.clear()
    return Time(monkeypatch)


@pytest.fixture
def token(time: Time) -> str:
    make.area()
    return add_system("tietoallas", ["297"])


@pytest.fixture
def ask(client: Client, token: str) -> Ask:
    def get(path: str, expect: int = 200, bearer: str = token, **data: str) -> Any:
        answer = client.get(f"/fhir/{path}", data, headers={"Authorization": f"Bearer {bearer}"} if bearer else {})
        assert answer.status_code == expect, answer.content
        assert answer.headers["Content-Type"] == "application/fhir+json"
        assert answer.headers["Cache-Control"] == "no-store"
        body = answer.json()
        assert (wrong_by_library(body), body["resourceType"] == "OperationOutcome") == ([], expect >= 400)
        return body

    return get


def ids(bundle: Any) -> list[str]:
    return [entry["resource"]["id"] for entry in bundle.get("entry", [])]


def test_nobody_reads_without_a_token_that_stands(ask: Ask, client: Client, token: str) -> None:
    make.sent()
    for path in [*bundles.KINDS, "Task/1", "Task/1/_history", "Task/1/_history/1", "Observation"]:
        assert ask(path, 401, bearer="")["issue"][0]["code"] == "login"
        ask(path, 401, bearer="mukana_wrong")
        cache.clear()
    assert client.get("/fhir/Task").headers["WWW-Authenticate"].startswith("Bearer")
    assert client.get("/fhir/Task", headers={"Authorization": f"Basic {token}"}).status_code == 401
    end_system("tietoallas")
    ask("Task", 401)


def test_a_login_of_staff_opens_nothing_here(enter: Callable[[str], Client], token: str) -> None:
    assert enter("referral_coordinator").get("/fhir/Task").status_code == 401


def test_a_system_reads_its_own_areas_only_and_what_is_not_there_it_cannot_tell_from_what_is_not_its_own(ask: Ask) -> None:
    case = make.sent()
    Municipality.objects.get_or_create(code="749", defaults={"name_fi": "Siilinjärvi", "name_sv": "Siilinjärvi"})
    elsewhere = add_system("muualla", ["749"])
    everywhere = add_system("kaikki", [], everywhere=True)
    assert ids(ask("ServiceRequest")) == [str(case.pk)] == ids(ask("ServiceRequest", bearer=everywhere))
    assert ids(ask("ServiceRequest", bearer=elsewhere)) == []
    told = [ask(f"ServiceRequest/{key}", 404, bearer=elsewhere) for key in (case.pk, make.form().area.pk)]
    assert told[0] == told[1]
    for kind in bundles.KINDS:
        found = ask(kind, bearer=elsewhere, **({"patient": str(case.resident_id)} if kind == "AuditEvent" else {}))
        assert ids(found) == []


def test_every_read_is_written_down_for_the_resident(ask: Ask) -> None:
    case, _, _ = make.scheduled()
    Trace.objects.all().delete()
    ask("Task", patient=f"Patient/{case.resident_id}")
    ask(f"Patient/{case.resident_id}")
    ask("Organization")
    traces = Trace.objects.filter(thing=f"referrals.Resident:{case.resident_id}", verb="read").order_by("pk")
    assert [(one.actor, one.detail) for one in traces] == [
        ("api:tietoallas", {"fields": ["Task"], "purpose": "fhir"}),
        ("api:tietoallas", {"fields": ["Patient"], "purpose": "fhir"}),
    ]


def test_an_opening_that_is_not_told_yet_and_its_review_are_no_audit_events(ask: Ask) -> None:
    case = make.talking(AINO)
    opener, officer = make.person("on_call", "Petri"), make.person("data_protection", "Leena")
    opened = glass.open_glass(case.resident, opener, "Asukas ei vastaa ja ovi on auki")
    read(case.resident, by=officer, fields=["reason"], purpose="glass_review", glass=str(opened.pk))
    glass.review(opened, "justified", officer)

    def seen() -> tuple[bool, bool]:
        told = str(ask("AuditEvent", patient=str(case.resident_id)))
        return "break the glass" in told, "glass_review" in told

    assert seen() == (True, True)
    BreakGlass.objects.update(hidden_until=now().date() + timedelta(days=5))
    assert seen() == (False, False)


def test_what_is_read_one_by_one_is_what_a_search_gives(ask: Ask) -> None:
    case, placement, session = make.scheduled(make.talking(AINO))
    whose = {"patient": str(case.resident_id)}
    for kind in bundles.KINDS:
        found = ask(kind, _count="200", **(whose if kind == "AuditEvent" else {}))
        assert found.get("total") == len(ids(found))
        for entry in found.get("entry", []):
            assert wrong_by_schema(entry["resource"]) == []
            one = ask(f"{kind}/{entry['resource']['id']}")
            if kind != "AuditEvent":
                assert one == entry["resource"]
            assert ids(ask(kind, _id=one["id"])) == [one["id"]]
    assert ask(f"Task/{placement.pk}")["status"] == "accepted"
    assert ask(f"Appointment/{session.pk}")["status"] == "booked"


def test_pages_follow_one_another_and_tell_each_once(ask: Ask, client: Client, token: str) -> None:
    for number in range(5):
        make.requested(make.talking(), make.group(f"Ryhmä {number}"))
    told: list[str] = []
    address = "/fhir/Task?_count=3"
    while address:
        page = client.get(address, headers={"Authorization": f"Bearer {token}"}).json()
        assert wrong_by_library(page) == wrong_by_schema(page) == []
        assert len(ids(page)) <= 3
        told += ids(page)
        address = next((link["url"].partition("8000")[2] for link in page["link"] if link["relation"] == "next"), "")
    assert len(told) == len(set(told)) == 10
    assert set(told) == set(ids(ask("Task")))
    organisations = ask("Organization", _count="1")
    assert len(ids(organisations)) == 1


def test_a_long_way_without_an_answer_is_cut_into_pages(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mukana.api.fhir.serving.finding.SEEN_AT_MOST", 2)
    cases = [make.sent() for _ in range(3)]
    first = ask("ServiceRequest", status="completed")
    assert ids(first) == []
    assert first["link"][1]["url"].endswith(f"_after={max(cases[:2], key=lambda case: case.pk).pk}~~")
    assert "total" not in first


def test_searches_narrow(ask: Ask, time: Time) -> None:
    placement, _ = make.requested()
    case = Referral.objects.get(pk=placement.referral_id)
    time.on(days=1)
    answering.accept(placement, make.deed(RECEIVER, "phone"))
    assert ids(ask("Task", status="accepted")) == [str(placement.pk)]
    assert ids(ask("Task", status="accepted,in-progress", _id=str(placement.pk), patient=str(case.resident_id))) == [str(placement.pk)]
    assert ids(ask("Task", status="requested")) == []
    assert ids(ask("Task", subject=f"Patient/{make.sent().resident_id}", status="accepted")) == []
    day = now().date().isoformat()
    assert ids(ask("Task", _lastUpdated=f"ge{day}", status="accepted")) == [str(placement.pk)]
    assert ids(ask("Task", _lastUpdated=f"lt{day}", status="accepted")) == []
    assert ids(ask("Task", _lastUpdated=day, _id=f"{case.pk}.01")) == []
    assert len(ids(ask("Consent", status="active", patient=str(case.resident_id)))) == 4
    assert ids(ask("Task", patient="Group/1")) == ids(ask("Task", _id="ei-mikään")) == []


@pytest.mark.parametrize(
    ("given", "holds"),
    [
        ("2026-11-23", True), ("2026-11", True), ("2026", True), ("gt2026-11-22", True), ("gt2026-11-23", False), ("le2026-11", True),
        ("lt2027", True), ("sa2026-11-22", True), ("eb2026-11-24", True), ("2026-11-23T09:00:00+02:00", True),
        ("ge2026-11-23T09:00:00 02:00", True), ("ge2026-11-23T09:00:00.001Z", False), ("2026-12", False), ("ge2026-11-23T09:00", True),
    ],
)  # fmt: skip
def test_bounds_of_moments(given: str, holds: bool) -> None:
    resource = {"id": "1", "meta": {"lastUpdated": MONDAY.isoformat()}}
    assert asked("Task", {"_lastUpdated": [given]}).fits(resource) is holds
    assert not asked("Task", {"_lastUpdated": [given]}).fits({"id": "1"})


@pytest.mark.parametrize(
    ("path", "data", "status", "code"),
    [
        ("Task", {"name": "Aino"}, 400, "not-supported"),
        ("Patient", {"status": "x"}, 400, "not-supported"),
        ("Task", {"_count": "0"}, 400, "invalid"),
        ("Task", {"_count": "²"}, 400, "invalid"),
        ("Task", {"_lastUpdated": "eilen"}, 400, "invalid"),
        ("Task", {"_lastUpdated": "2026-02-31"}, 400, "invalid"),
        ("Task", {"_lastUpdated": "ge9999"}, 400, "invalid"),
        ("Task", {"_format": "xml"}, 406, "not-supported"),
        ("AuditEvent", {}, 400, "required"),
        ("Observation", {}, 404, "not-supported"),
        ("Observation/1", {}, 404, "not-supported"),
        ("Task/x", {}, 404, "not-found"),
        ("Organization/x", {}, 404, "not-found"),
        ("Task/x/_history", {}, 404, "not-found"),
        ("Patient/x/_history", {}, 404, "not-supported"),
        ("a/b/c/d/e", {}, 404, "not-found"),
    ],
)
def test_what_is_not_understood_is_refused_as_fhir_refuses(ask: Ask, path: str, data: dict[str, str], status: int, code: str) -> None:
    assert ask(path, status, **data)["issue"][0]["code"] == code


def test_a_parameter_given_twice_is_refused_and_nobody_writes(client: Client, token: str) -> None:
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.get("/fhir/Task?status=a&status=b", headers=bearer).status_code == 400
    for answer in (client.post("/fhir/Task", headers=bearer), client.delete("/fhir/Task/1", headers=bearer)):
        assert (answer.status_code, answer.json()["issue"][0]["code"]) == (405, "not-supported")
    assert client.head("/fhir/Task", headers=bearer).status_code == 200
    with pytest.raises(FhirRefused):
        asked("Patient", {"patient": ["1"]})
    assert asked("Task", {"patient": ["1"], "subject": ["2"]}).patient == ""


def test_the_history_of_a_task_has_every_version(ask: Ask, client: Client, token: str, time: Time) -> None:
    placement, _ = make.requested()
    time.on(hours=1)
    answering.waitlist(placement, make.deed(RECEIVER, "phone"))
    told = ask(f"Task/{placement.pk}/_history")
    assert [entry["resource"]["status"] for entry in told["entry"]] == ["on-hold", "accepted", "requested"]
    assert [entry["request"]["method"] for entry in told["entry"]] == ["PUT", "PUT", "POST"]
    assert wrong_by_schema(told) == []
    assert ask(f"Task/{placement.pk}/_history/2")["status"] == "accepted"
    ask(f"Task/{placement.pk}/_history/4", 404)
    answer = client.get(f"/fhir/Task/{placement.pk}", headers={"Authorization": f"Bearer {token}"})
    assert answer.headers["ETag"] == 'W/"3"'
    assert answer.json() == told["entry"][0]["resource"]


def test_what_is_only_thought_of_is_never_told(ask: Ask) -> None:
    case = make.talking()
    placement = offering.propose(case, make.group(), make.deed())
    ask(f"Task/{placement.pk}", 404)
    assert ids(ask("Task")) == [f"{case.pk}.01"]
    assert ids(ask("HealthcareService")) == []


def gone_by_withdrawing(case: Referral) -> None:
    ending.withdraw(case, make.deed(RESIDENT, "phone"))


def gone_by_anonymising(case: Referral) -> None:
    anonymise(Referral.objects.filter(pk=case.pk))


def gone_by_taking_the_permission_back(case: Referral) -> None:
    Permission.objects.filter(referral=case, kind="referral").update(withdrawn_at=now())


@pytest.mark.parametrize("leave", [gone_by_withdrawing, gone_by_anonymising, gone_by_taking_the_permission_back])
def test_of_whom_nothing_may_be_told_nothing_is_told_from_that_moment_on(ask: Ask, leave: Callable[[Referral], None]) -> None:
    case, placement, session = make.scheduled()
    consent = Permission.objects.filter(referral=case).first()
    assert consent
    addresses = [f"Patient/{case.resident_id}", f"ServiceRequest/{case.pk}", f"Task/{placement.pk}", f"Appointment/{session.pk}",
                 f"Consent/{consent.pk}", f"Task/{case.pk}.01"]  # fmt: skip
    for address in addresses:
        ask(address)
    leave(Referral.objects.get(pk=case.pk))
    for address in addresses:
        assert ask(address, 410)["issue"][0]["code"] == "deleted"
    for kind in bundles.KINDS:
        assert ids(ask(kind, **({"patient": str(case.resident_id)} if kind == "AuditEvent" else {}))) == []


def test_protection_takes_places_away_at_once(ask: Ask) -> None:
    case, placement, session = make.scheduled()
    assert "address" in ask(f"Patient/{case.resident_id}")
    assert len(ask(f"Appointment/{session.pk}")["participant"]) > 1
    protect(case.resident, make.deed(RESIDENT, "phone"), protected=True, safe=["no_sms", "no_call", "no_email", "no_letter"])
    assert "address" not in ask(f"Patient/{case.resident_id}")
    assert len(ask(f"Appointment/{session.pk}")["participant"]) == 1
    assert "input" not in ask(f"Task/{placement.pk}")
    told = ask(f"ServiceRequest/{case.pk}")
    assert told["orderDetail"][0]["coding"][0]["code"] == "contacting-subject-prohibited"
    assert ids(ask("Location")) == ids(ask("HealthcareService")) == []


def test_a_first_visit_is_fulfilled_and_the_offer_in_progress(ask: Ask, time: Time) -> None:
    case, placement, session = make.scheduled(at=now() + timedelta(days=7))
    time.on(days=7, hours=3)
    visiting.settle(Placement.objects.get(pk=placement.pk), "attended", make.deed(RECEIVER, "phone"))
    assert ask(f"Appointment/{session.pk}")["status"] == "fulfilled"
    assert ask(f"Task/{placement.pk}")["businessStatus"]["coding"][0]["code"] == "5.1.4"
    feedback = [one["resource"] for one in ask("Communication", patient=str(case.resident_id))["entry"]]
    assert {one["id"].partition("-")[0] for one in feedback} == {"yhteydenotto", "palaute"}
    provenance = [one["resource"] for one in ask("Provenance", patient=str(case.resident_id))["entry"]]
    assert all(one["agent"][0]["type"]["text"] for one in provenance)


def test_too_many_questions_and_too_many_wrong_tokens_wait(ask: Ask, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "ASKS_A_MINUTE", 2)
    monkeypatch.setattr(door, "WRONG_TOKENS_A_MINUTE", 2)
    monkeypatch.setattr(door, "time", SimpleNamespace(time=lambda: 1_000_000))  # one minute, however slow the machine
    assert [client.get("/fhir/Task", headers={"Authorization": "Bearer x"}).status_code for _ in range(3)] == [401, 401, 429]
    ask("Task")
    ask("Task")
    assert ask("Task", 429)["issue"][0]["code"] == "throttled"


def test_what_the_server_says_of_itself_is_for_everybody(client: Client) -> None:
    answer = client.get("/fhir/metadata")
    body = answer.json()
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/fhir+json")
    assert wrong_by_library(body) == wrong_by_schema(body) == []
    told = {one["type"]: [parameter["name"] for parameter in one["searchParam"]] for one in body["rest"][0]["resource"]}
    assert told == {kind: allowed(kind) for kind in bundles.KINDS}


def test_the_command_adds_lists_and_ends_systems(time: Time, capsys: pytest.CaptureFixture[str]) -> None:
    make.area()
    call_command("api_system", "add", "vaasa", areas="297")
    token = capsys.readouterr().out.split()[-1]
    assert token.startswith("mukana_")
    assert token not in str(System.objects.values_list())
    call_command("api_system", "add", "kaikki", all_areas=True)
    call_command("api_system", "end", "kaikki")
    call_command("api_system", "list")
    assert capsys.readouterr().out.splitlines()[-2:] == ["kaikki: kaikki kunnat (päättynyt 23.11.2026)", "vaasa: Kuopio"]
    assert set(Trace.objects.filter(thing__startswith="api.System:").values_list("verb", flat=True)) == {
        "api_system.added",
        "api_system.ended",
    }
    for arguments in (["add", "vaasa", "--areas", "297"], ["add", "V!", "--areas", "297"], ["add", "uusi"], ["end", "kaikki"]):
        with pytest.raises(CommandError):
            call_command("api_system", *arguments)
    with pytest.raises(SystemRefused, match="area"):
        add_system("uusi", ["999"])
    assert Asked().fits({"id": "1"})
