from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from mukana.accounts.models import Membership
from mukana.lib.clock import now
from mukana.lib.composed import Composed, Hole
from mukana.lib.ids import new_id
from mukana.referrals.models import Permission, Placement, Raising, Referral, Session, Transition
from mukana.referrals.tests import make
from mukana.referrals.tests.make import AINO, REIJO

pytestmark = pytest.mark.django_db


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> make.Time:
    return make.Time(monkeypatch)


def links(case: Any) -> QuerySet[Transition, Transition]:
    return Transition.objects.filter(referral=case).order_by("-number")


def columns(row: Any) -> dict[str, object]:
    return {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}


def test_a_composed_question_answers_as_the_orm_does(time: make.Time) -> None:
    case, other = make.sent(AINO), make.sent(REIJO)
    asked = Composed(lambda: links(Hole("case")))
    for one in (case, other):
        assert [columns(row) for row in asked.all(case=one.pk)] == [columns(row) for row in links(one)]
        assert asked.first(case=one.pk) == links(one).first()
        assert asked.exists(case=one.pk)
    assert asked.all(case=new_id()) == []
    assert asked.first(case=new_id()) is None
    assert not asked.exists(case=new_id())


def test_without_an_order_the_first_is_the_first_by_key(time: make.Time) -> None:
    case = make.sent(AINO)
    asked = Composed(lambda: Permission.objects.order_by().filter(referral=Hole("case")))
    assert asked.first(case=case.pk) == Permission.objects.order_by().filter(referral=case).first()


def test_moments_days_words_and_numbers_fill_holes(time: make.Time) -> None:
    case = make.sent(AINO)
    made = Raising.objects.create(area=case.area, unit="Terveysasema", on=date(2026, 11, 23))
    asked = Composed(lambda: Raising.objects.filter(on__gte=Hole("first"), unit=Hole("unit")))
    assert asked.all(first=date(2026, 11, 23), unit="Terveysasema") == [made]
    assert asked.all(first=date(2026, 11, 24), unit="Terveysasema") == []
    since = Composed(lambda: Transition.objects.filter(at__lte=Hole("at"), number__gt=Hole("number"), referral=Hole("case")))
    assert since.all(at=now(), number=0, case=case.pk) == list(Transition.objects.filter(at__lte=now(), number__gt=0, referral=case))
    assert since.all(at=now() - timedelta(days=1), number=0, case=case.pk) == []


def test_rows_come_with_those_they_point_at(time: make.Time) -> None:
    case = make.sent(AINO)
    asked = Composed(lambda: Referral.objects.select_related("resident", "link_worker").filter(pk=Hole("case")))
    found = asked.first(case=case.pk)
    assert found is not None
    with CaptureQueriesContext(connection) as queries:
        assert (found.resident.name, found.link_worker) == (case.resident.name, None)
    assert not queries.captured_queries
    assert columns(found.resident) == columns(case.resident)
    assert found._state.adding is False


def test_columns_left_out_are_read_when_they_are_asked_for(time: make.Time) -> None:
    case = make.sent(AINO)
    found = Composed(lambda: Referral.objects.only("state").filter(pk=Hole("case"))).first(case=case.pk)
    assert found is not None
    assert found.get_deferred_fields()
    assert (found.state, found.reference) == (case.state, case.reference)


def test_values_come_as_they_are_listed(time: make.Time) -> None:
    case = make.sent(AINO)
    several = Composed(lambda: links(Hole("case")).values_list("number", "at", "referral__area_id"))
    assert several.all(case=case.pk) == list(links(case).values_list("number", "at", "referral__area_id"))
    one = Composed(lambda: links(Hole("case")).values_list("thing_id", flat=True))
    assert one.all(case=case.pk) == list(links(case).values_list("thing_id", flat=True))


def test_what_is_counted_comes_with_the_row(time: make.Time) -> None:
    case = make.sent(AINO)
    asked = Composed(lambda: Referral.objects.annotate(links=Count("transitions")).filter(pk=Hole("case")))
    assert [row.links for row in asked.all(case=case.pk)] == [case.chain]


def test_holes_may_stand_in_conditions_and_across_tables(time: make.Time) -> None:
    other = make.person("link_worker", "Olli Outo")
    asked = Composed(lambda: Membership.objects.filter(Q(person__email=Hole("email")) | Q(role=Hole("role"))).order_by("pk"))
    told = {"email": other.email, "role": "nobody"}
    assert asked.all(**told) == list(other.memberships.all()) != []


def test_it_is_composed_once(time: make.Time) -> None:
    times = []

    def ask() -> QuerySet[Session, Session]:
        times.append(1)
        return Session.objects.filter(placement=Hole("placement"))

    asked = Composed(ask)
    for _ in range(3):
        asked.all(placement=new_id())
    assert len(times) == 1


@pytest.mark.parametrize("told", [{}, {"case": None}, {"case": []}, {"case": "x", "more": "y"}, {"other": "x"}])
def test_what_does_not_fill_the_holes_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Composed(lambda: Placement.objects.filter(entry_name=Hole("case"))).all(**told)


def test_questions_that_give_neither_rows_nor_listed_values_are_refused() -> None:
    with pytest.raises(TypeError, match="rows, or values"):
        Composed(lambda: Referral.objects.filter(pk=Hole("case")).values("pk")).all(case=new_id())
    with pytest.raises(TypeError, match="rows, or values"):
        Composed(lambda: Referral.objects.annotate(links=Count("transitions")).values_list("links", "pk")).all()
