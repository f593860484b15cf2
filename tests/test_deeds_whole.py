from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from mukana.audit.actions import record
from mukana.audit.models import Trace
from mukana.lib.deeds import whole


class Stopped(Exception):
    """Something that a deed refuses."""


@whole
def part(name: str, *, stops: bool = False) -> str:
    record("part.done", name, by="system")
    if stops:
        raise Stopped
    return name


@whole
def all_of_it(*, stops: bool) -> None:
    record("all.begun", "x", by="system")
    part("x", stops=stops)


def told() -> list[str]:
    return sorted(Trace.objects.values_list("verb", flat=True))


@pytest.mark.django_db(transaction=True)
def test_an_error_of_a_part_undoes_the_whole_deed() -> None:
    with pytest.raises(Stopped):
        all_of_it(stops=True)
    assert told() == []
    all_of_it(stops=False)
    assert told() == ["all.begun", "part.done"]


@pytest.mark.django_db(transaction=True)
def test_a_part_sets_no_savepoint_and_a_deed_alone_is_a_transaction() -> None:
    with CaptureQueriesContext(connection) as queries:
        all_of_it(stops=False)
    assert not [one for one in queries.captured_queries if "SAVEPOINT" in one["sql"]]
    with pytest.raises(Stopped):
        part("alone", stops=True)
    assert not Trace.objects.filter(thing="alone").exists()


@pytest.mark.django_db(transaction=True)
def test_what_waits_for_the_commit_is_no_part_of_the_deed() -> None:
    @whole
    def asks_later() -> None:
        transaction.on_commit(later)

    def later() -> None:
        with pytest.raises(Stopped):
            part("later", stops=True)

    asks_later()
    assert told() == []


@pytest.mark.django_db
def test_whoever_refuses_to_end_goes_on_in_a_savepoint_of_its_own() -> None:
    with transaction.atomic():
        with pytest.raises(Stopped):
            all_of_it(stops=True)
        assert part("x") == "x"
    assert told() == ["part.done"]
