"""Three hundred journeys (a handful unless `MUKANA_JOURNEYS=300`), exported: every resource is valid FHIR R4, twice checked."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from mukana.api.fhir.files import write_fhir
from mukana.api.fhir.mapping.gravity import EDGES, WITH_REASON
from mukana.api.tests.fhir_checker import wrong_by_library, wrong_by_schema
from mukana.api.tests.fhir_journeys import journeys
from mukana.lib.text import strip_identifiers
from mukana.referrals.models import Companion, Placement, Referral, Resident

pytestmark = pytest.mark.django_db
PEOPLE = int(os.environ.get("MUKANA_JOURNEYS", "24"))
Json = dict[str, Any]


class Exported:
    """What left, and what stood in the tables then."""

    def __init__(self, folder: Path) -> None:
        self.text = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.ndjson")}
        self.rows = {name: [json.loads(line) for line in text.splitlines()] for name, text in self.text.items()}
        self.residents = list(Resident.objects.prefetch_related("referrals"))
        self.cases = {str(case.pk): case for case in Referral.objects.all()}
        self.proposed = [str(key) for key in Placement.objects.filter(state="proposed").values_list("pk", flat=True)]
        self.names = {word for name in Companion.objects.all() for word in (name.name, name.phone)} | {"Anneli"}

    def all(self) -> Iterator[Json]:
        for rows in self.rows.values():
            yield from rows


@pytest.fixture(scope="module")
def exported(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exported]:
    with django_db_blocker.unblock(), transaction.atomic():
        journeys(PEOPLE, seed=7)
        folder = tmp_path_factory.mktemp("fhir")
        write_fhir(folder)
        yield Exported(folder)
        transaction.set_rollback(True)


def test_every_resource_is_valid_to_the_library(exported: Exported) -> None:
    assert len(exported.cases) == PEOPLE
    assert {name for name, rows in exported.rows.items() if not rows} <= {"Location"}  # the play's groups have no places
    assert [problem for one in exported.all() for problem in wrong_by_library(one)] == []


def test_every_resource_is_valid_to_the_schema_of_hl7(exported: Exported) -> None:
    assert [problem for one in exported.all() for problem in wrong_by_schema(one)] == []


def test_the_checkers_see_what_is_wrong(exported: Exported) -> None:
    task = exported.rows["Task"][0]
    assert wrong_by_library({**task, "lastModified": "2026-11-22T10:00"})
    assert wrong_by_library({**task, "intent": None})
    assert wrong_by_schema({**task, "status": "waitlisted"})
    assert wrong_by_schema({**task, "who": {}})


def test_histories_of_tasks_are_walks_and_every_stop_says_why(exported: Exported) -> None:
    versions: dict[str, list[Json]] = defaultdict(list)
    for task in exported.rows["Task"]:
        versions[task["id"]].append(task)
    for history in versions.values():
        assert [int(task["meta"]["versionId"]) for task in history] == list(range(1, len(history) + 1))
        statuses = [task["status"] for task in history]
        assert statuses[0] == "requested"
        assert all(a == b or (a, b) in EDGES for a, b in pairwise(statuses))
    stops = [task for task in exported.rows["Task"] if task["status"] in WITH_REASON]
    assert stops
    assert all(task["statusReason"]["text"].strip() for task in stops)
    assert all(task["statusReason"]["text"] != task["statusReason"]["coding"][0]["code"] for task in stops)
    assert not set(exported.proposed) & set(versions)


def test_lines_of_one_task_stand_together_so_that_the_last_one_is_the_present(exported: Exported) -> None:
    order = [task["id"] for task in exported.rows["Task"]]
    assert len({key for key, _ in _runs(order)}) == len(_runs(order))


def test_references_lead_to_what_was_exported(exported: Exported) -> None:
    there = {f"{one['resourceType']}/{one['id']}" for one in exported.all()}
    assert {ref for one in exported.all() for ref in _references(one)} - there == set()


def test_nothing_names_reaches_or_places_anybody(exported: Exported) -> None:
    everything = "".join(exported.text.values())
    for resident in exported.residents:
        words = [resident.name.split(" ")[-1], resident.phone, *resident.address.values()]
        assert [word for word in words if len(str(word)) > 5 and str(word) in everything and word != "Kuopio"] == []
    assert [word for word in exported.names if word and word in everything] == []
    assert "Kaipaan seuraa" not in everything
    assert "identifier" not in "".join(json.dumps(patient) for patient in exported.rows["Patient"])
    assert strip_identifiers(everything) == everything


def test_of_protected_people_no_place_is_told(exported: Exported) -> None:
    protected = {str(one.pk) for one in exported.residents if one.protected}
    told = [one for one in exported.all() if any(f"Patient/{key}" in json.dumps(one) for key in protected)]
    assert told
    for one in [*told, *(row for row in exported.rows["Patient"] if row["id"] in protected)]:
        assert not {"address", "managingOrganization", "organization", "location"} & set(one)
        assert not [ref for ref in _references(one) if ref.startswith(("HealthcareService/", "Location/", "Organization/kunta"))]


def test_nothing_of_those_who_withdrew_is_there(exported: Exported) -> None:
    everything = "".join(exported.text.values())
    gone = [case for case in exported.cases.values() if case.state in ("withdrawn", "draft", "awaiting_confirmation", "entered_in_error")]
    assert gone
    assert [case.pk for case in gone if str(case.pk) in everything] == []
    left = {str(case.resident_id) for case in exported.cases.values() if case not in gone}
    assert [case.pk for case in gone if str(case.resident_id) in everything and str(case.resident_id) not in left] == []


def _references(node: Any) -> list[str]:
    if isinstance(node, list):
        return [ref for one in node for ref in _references(one)]
    if not isinstance(node, dict):
        return []
    here = [node["reference"]] if isinstance(node.get("reference"), str) else []
    return here + [ref for one in node.values() for ref in _references(one)]


def _runs(order: list[str]) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for key in order:
        if found and found[-1][0] == key:
            found[-1] = (key, found[-1][1] + 1)
        else:
            found.append((key, 1))
    return found
