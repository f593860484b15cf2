"""No page of the public reads a big table from end to end, however few rows it shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from mukana.directory.models import Entry
from mukana.directory.tests import make
from mukana.lib.testing import whole_readings

pytestmark = pytest.mark.django_db
BIG = frozenset(
    f"directory_{name}" for name in ("entry", "entryterm", "occurrence", "place", "sourcerow", "change", "schedule", "photograph")
)


@pytest.fixture
def entry() -> Entry:
    """One that has all a page can show: a twin, other forms of its goal, an organiser, dates elsewhere."""
    shown = make.group(goal=make.goal(), organisation=make.organisation())
    make.from_source(shown)
    make.from_source(make.group("Sama toisin", merged_into=shown))
    for form in ("on_site", "remote_together", "video_home", "outdoor_route"):
        make.group(form, goal=make.goal(), form=form)
    make.date(shown, make.WEDNESDAY + timedelta(weeks=1), place=make.place("Toinen sali"))
    return shown


@pytest.mark.parametrize(
    "page",
    [
        lambda entry: f"/kohde/{entry.pk}/",
        lambda entry: f"/kohde/{entry.pk}/?ajat=kaikki",
        lambda entry: f"/paikka/{entry.place_id}/",
        lambda entry: f"/jarjestaja/{entry.organisation_id}/",
    ],
    ids=["entry", "entry with all dates", "place", "organiser"],
)
def test_a_page_reads_no_big_table_from_end_to_end(client: Client, entry: Entry, page: Callable[[Entry], str]) -> None:
    with whole_readings(BIG) as found:
        assert client.get(page(entry)).status_code == 200
    assert not found


def test_an_entry_without_a_place_reads_no_more(client: Client, entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(place=None)
    with whole_readings(BIG) as found:
        assert client.get(f"/kohde/{entry.pk}/").status_code == 200
    assert not found


def test_a_reading_from_end_to_end_is_seen_under_any_name(entry: Entry) -> None:
    with whole_readings(BIG) as found:
        list(Entry.objects.filter(phone="05 000 1250", occurrences__facts={}))
        list(Entry.objects.filter(pk=entry.pk))
    assert len(found) == 1
