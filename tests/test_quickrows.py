from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction

from mukana.audit.models import Trace
from mukana.lib.ids import new_id
from mukana.lib.quickrows import insert_row, insert_rows, row_of, update_row
from mukana.referrals.models import Referral, Transition
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO

pytestmark = pytest.mark.django_db


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> make.Time:
    return make.Time(monkeypatch)


def columns(row: Referral) -> dict[str, object]:
    return {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}


def test_a_row_is_read_as_the_orm_reads_it(time: make.Time) -> None:
    case = make.sent(AINO)
    with transaction.atomic():
        found = row_of(Referral, case.pk, lock=True)
    told = columns(Referral.objects.get(pk=case.pk))
    assert columns(found) == told
    assert [type(value) for value in columns(found).values()] == [type(value) for value in told.values()]
    assert found._state.adding is False


def test_no_row_is_told_as_the_orm_tells_it() -> None:
    with pytest.raises(Referral.DoesNotExist):
        row_of(Referral, new_id())


def test_what_is_written_is_what_the_orm_reads(time: make.Time) -> None:
    case = make.sent(AINO)
    case.wish, case.needs, case.reason = "Kaipaan seuraa", ["lonely", "low_mood"], "not this"
    update_row(case, ("wish", "needs"))
    kept = Referral.objects.get(pk=case.pk)
    assert (kept.wish, kept.needs, kept.reason) == ("Kaipaan seuraa", ["lonely", "low_mood"], "")
    update_row(case)
    assert Referral.objects.get(pk=case.pk).reason == "not this"


def test_a_new_row_has_its_key_whoever_gives_it(time: make.Time) -> None:
    trace = insert_row(Trace(at=datetime(2026, 11, 23, 9, tzinfo=UTC), actor="a", verb="v", thing="t", detail={"field": ["ä"]}))
    assert Trace.objects.get(pk=trace.pk).detail == {"field": ["ä"]}
    case = make.sent(AINO)
    link = Transition(
        referral=case, number=99, thing="case", thing_id=case.pk, source="a", target="b", role="system", by="x", channel="system",
        at=datetime(2026, 11, 23, 9, tzinfo=UTC), hash="0",
    )  # fmt: skip
    assert Transition.objects.get(pk=insert_row(link).pk).number == 99


def test_many_new_rows_go_in_at_once() -> None:
    moment = datetime(2026, 11, 23, 9, tzinfo=UTC)
    insert_rows([])
    insert_rows([Trace(at=moment, actor=str(number), verb="v", thing="many", detail={}) for number in range(3)])
    assert sorted(Trace.objects.filter(thing="many").values_list("actor", flat=True)) == ["0", "1", "2"]
