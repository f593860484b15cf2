"""What FHIR tells of where a referral comes from: a unit, never who in it; of a protected person nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mukana.api.fhir.files import write_fhir
from mukana.referrals.actions.protecting import protect
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, Time, deed

pytestmark = pytest.mark.django_db


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """The clock of a test."""
    return Time(monkeypatch)


def requester(folder: Path) -> object:
    write_fhir(folder, None)
    (row,) = [json.loads(line) for line in (folder / "ServiceRequest.ndjson").read_text().splitlines()]
    return row.get("requester")


def test_a_paper_s_unit_is_told_without_the_name_beside_it_and_a_protected_person_s_not_at_all(time: Time, tmp_path: Path) -> None:
    case = make.sent(AINO, unit="Puijon terveysasema, Noora Hoitaja")
    assert requester(tmp_path / "before") == {"display": "Puijon terveysasema"}
    protect(case.resident, deed(), protected=True)
    assert requester(tmp_path / "after") is None
    told = "".join(one.read_text() for one in (tmp_path / "after").iterdir())
    assert "Puijo" not in told
    assert "Kuopio" not in told
