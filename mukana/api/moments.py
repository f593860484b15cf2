"""When readers could first see a change: moments that agree with the order of the change feed.

`modified_after=T` gives what was first seen at T or later.  Whoever asked at T and got everything seen by then misses nothing
by asking next with that T, and the moment told of a record is never before it could be read, however long its writer took.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, OperationalError, connection, transaction

from mukana.api import sql
from mukana.api.models import FeedMark
from mukana.api.patience import without_waiting
from mukana.lib.clock import now
from mukana.lib.rawrows import key_of, moment_of

MARK_LOCK = 7_302_115  # any number nobody else in this database uses


class Since(NamedTuple):
    """What has changed: entries with a change after `seq`, and (before marks began) those written at `written` or later."""

    seq: int
    written: datetime | None = None


def mark() -> int:
    """Tell that the feed is seen to reach where it reaches; gives the position.  A busy database is left for the next reader."""
    position = sql.feed_position()
    newest = FeedMark.objects.order_by("-seq").first()
    if newest is None or position > newest.seq:
        _keep()
    return position


def since(moment: datetime) -> Since:
    """What "at the moment or later" means in the feed.  Call `mark` first."""
    first = FeedMark.objects.order_by("seq").first()
    if first is None:
        return Since(0, moment)
    if moment <= first.at:
        return Since(first.seq, moment)
    before = FeedMark.objects.filter(at__lt=moment).order_by("-seq").first()
    return Since(before.seq if before else first.seq)


def moments_of(entries: Sequence[str], written: dict[str, datetime]) -> dict[str, datetime]:
    """Entry → when its last change was first seen; `written` tells when it was written.  Keys are 32 hexadecimal digits."""
    first = FeedMark.objects.order_by("seq").first()
    found = dict(written)
    for entry, seq, at in _last_changes(entries):
        if first is None or seq <= first.seq:
            continue  # from before marks began: the writer's moment is the best there is
        found[entry] = at or now()
    return found


def _last_changes(entries: Sequence[str]) -> list[tuple[str, int, datetime | None]]:
    if not entries:
        return []
    marks = ", ".join(["%s"] * len(entries))
    statement = (
        "SELECT t.entry_id, t.seq, (SELECT m.at FROM api_feedmark m WHERE m.seq >= t.seq ORDER BY m.seq LIMIT 1) FROM ("  # noqa: S608  # marks
        f"SELECT c.entry_id, MAX(c.seq) AS seq FROM directory_change c WHERE c.entry_id IN ({marks}) GROUP BY c.entry_id) t"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, sql.uuid_values(entries))
        return [(key_of(entry), seq, moment_of(at) if at else None) for entry, seq, at in cursor.fetchall()]


def _keep() -> None:
    """One reader at a time, so that positions and moments grow together."""
    try:
        with without_waiting(), transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MARK_LOCK])
            position, moment = sql.feed_position(), now()
            newest = FeedMark.objects.order_by("-seq").first()
            if newest is None or position > newest.seq:
                FeedMark.objects.create(seq=position, at=max(moment, newest.at) if newest else moment)
    except (OperationalError, IntegrityError):  # somebody writes: what is not marked counts as seen just now
        return
