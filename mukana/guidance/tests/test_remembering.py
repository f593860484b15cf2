"""What is weighed is remembered between needs, and forgotten when the entry changes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from mukana.directory.actions.changes import record
from mukana.directory.models import Entry
from mukana.directory.tests import make
from mukana.guidance.queries.facts import facts_of
from mukana.search.actions import catch_up, rebuild

pytestmark = pytest.mark.django_db
AtMost = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def two(fresh_index: Path) -> tuple[Entry, Entry]:
    """Two entries that the index holds and that have been weighed once."""
    entries = make.group("Kuoro", price_kind="free"), make.group("Sauvakävely", price_kind="free")
    rebuild()
    assert prices(entries) == ["free", "free"]
    return entries


def prices(entries: tuple[Entry, Entry]) -> list[str]:
    ids = [str(entry.pk) for entry in entries]
    found = facts_of(ids, make.NOW, kilometres={}, times=False)
    return [found[one].price for one in ids]


def dearer(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(price_kind="paid")
    record([entry.pk], "updated", make.NOW)
    catch_up()


def test_an_entry_is_read_once_however_often_it_is_weighed(two: tuple[Entry, Entry], django_assert_max_num_queries: AtMost) -> None:
    with django_assert_max_num_queries(0):
        assert prices(two) == ["free", "free"]


def test_a_changed_entry_is_weighed_as_it_is_now(two: tuple[Entry, Entry]) -> None:
    dearer(two[0])
    assert prices(two) == ["paid", "free"]


def test_a_change_of_one_entry_forgets_no_other(two: tuple[Entry, Entry], django_assert_max_num_queries: AtMost) -> None:
    Entry.objects.filter(pk=two[1].pk).update(price_kind="paid")  # untold, so it may be remembered as it was
    dearer(two[0])
    with django_assert_max_num_queries(5):
        assert prices(two) == ["paid", "free"]


def test_a_new_index_forgets_everything(two: tuple[Entry, Entry]) -> None:
    Entry.objects.filter(pk=two[1].pk).update(price_kind="paid")
    rebuild()
    assert prices(two) == ["free", "paid"]
