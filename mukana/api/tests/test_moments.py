"""`modified_after` gives exactly what could first be seen at the moment or later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from mukana.api import moments
from mukana.api.hsds import documents, listing
from mukana.api.tests.services import supply, touch
from mukana.directory.actions import changes
from mukana.lib.moments import ZONE

START = datetime(2026, 11, 22, 12, tzinfo=ZONE)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def tick(self, seconds: float = 60) -> datetime:
        self.at += timedelta(seconds=seconds)
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(moments, "now", found)
    return found


def changed(client: Client, after: datetime | str) -> set[str]:
    told = after if isinstance(after, str) else after.isoformat()
    page = client.get("/hsds/services", {"modified_after": told, "per_page": 200}).json()
    return {one["id"] for one in page["contents"]}


def test_exactly_what_changed_since_is_given(db: None, client: Client, clock: Clock) -> None:
    entries = supply(20)
    assert len(changed(client, START - timedelta(days=400))) == 20
    asked = clock.tick()
    assert changed(client, asked) == set()
    clock.tick()
    for entry in entries[3:5]:
        touch(entry, phone="050 1")
    assert changed(client, asked) == {str(entry.pk) for entry in entries[3:5]}
    later = clock.tick()
    touch(entries[5], phone="050 2")
    assert changed(client, later) == {str(entries[5].pk)}
    assert changed(client, asked) == {str(entry.pk) for entry in entries[3:6]}


def test_the_greatest_moment_told_leads_on_without_a_gap(db: None, client: Client, clock: Clock) -> None:
    entries = supply(10)
    changed(client, START)
    clock.tick()
    touch(entries[0], phone="050 1")
    page = client.get("/hsds/services", {"modified_after": clock.tick(-30).isoformat(), "full": "true"}).json()
    greatest = max(one["last_modified"] for one in page["contents"])
    clock.tick(90)
    touch(entries[1], phone="050 2")
    assert changed(client, greatest) == {str(entries[0].pk), str(entries[1].pk)}  # "on or after"


def test_a_change_goes_by_when_it_could_be_read_not_by_when_its_writer_began(db: None, client: Client, clock: Clock) -> None:
    entries = supply(5)
    changed(client, START)
    began = clock.at
    asked = clock.tick()
    assert changed(client, asked) == set()
    changes.record([entries[2].pk], "updated", began)  # a slow writer: its moment is from before the reader asked
    clock.tick()
    assert changed(client, asked) == {str(entries[2].pk)}


@settings(max_examples=20)
@given(st.lists(st.integers(0, 4), max_size=12))
@pytest.mark.django_db
def test_a_reader_who_follows_the_clock_sees_every_change_once_or_again_but_never_misses(story: list[int]) -> None:
    with transaction.atomic():
        clock, client = Clock(), Client()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(moments, "now", clock)
            listing.forget()  # each example begins anew
            documents.forget()
            entries = supply(5)
            changed(client, START)
            asked, pending, before = clock.tick(), set[str](), set[str]()
            for number in story:
                touch(entries[number], phone=f"050 {clock.at:%H%M}")
                pending.add(str(entries[number].pk))
                if number % 2:
                    following = clock.tick()
                    assert pending <= changed(client, asked) <= pending | before
                    asked, pending, before = following, set(), pending
                    clock.tick()
        transaction.set_rollback(True)


def test_a_mark_is_made_only_when_the_feed_has_moved(db: None, clock: Clock, django_assert_num_queries: Callable[..., Any]) -> None:
    supply(2)
    moments.mark()
    with django_assert_num_queries(2):
        moments.mark()
