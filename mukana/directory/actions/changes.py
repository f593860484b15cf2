"""The ordered change feed: positions are allotted at commit, under one lock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from mukana.directory.listeners import Changed, changed
from mukana.directory.models import Change

FEED_LOCK = 7_302_114  # any number nobody else in this database uses


def record(entries: Iterable[UUID], kind: str, now: datetime) -> None:
    """Put one change for each entry at the feed's end; whoever listens hears of it before the lock is taken.

    Call it last in the transaction: on PostgreSQL the lock is held until commit,
    so a reader that has seen position n never meets a later commit below n.
    SQLite has a single writer and needs none.
    """
    rows = [Change(entry_id=entry, kind=kind, at=now) for entry in entries]
    if not rows:
        return
    changed.tell(Changed(frozenset(row.entry_id for row in rows), kind, now))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FEED_LOCK])
    Change.objects.bulk_create(rows, batch_size=1000)
