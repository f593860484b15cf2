"""A first session: dated, at a place, with somebody named who meets; marked afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

from mukana.referrals.rules.clocks import due, wd
from mukana.referrals.rules.codes import Refused
from mukana.referrals.rules.machine import machine, moves
from mukana.referrals.rules.placements import HOLD_WITHIN

PLANNED, ATTENDED, MISSED, EXCUSED, CANCELLED = "planned", "attended", "missed", "excused", "cancelled"
_STAFF = "link_worker coordinator"
_MARKERS = "receiver companion resident link_worker coordinator system"

SESSION = machine(
    "session",
    (PLANNED,),
    (ATTENDED, MISSED, EXCUSED, CANCELLED),
    [
        *moves("planned", "attended", _MARKERS),
        *moves("planned", "missed", _MARKERS),
        *moves("planned", "excused", _MARKERS),
        *moves("planned", "cancelled", "receiver link_worker coordinator resident system"),
        *moves("missed excused", "attended", _MARKERS),
        *moves("attended excused", "missed", _MARKERS),
        *moves("attended missed", "excused", f"receiver {_STAFF}"),  # a wrong mark is put right
    ],
)
RING_WITHIN = timedelta(hours=24)  # a change nearer than this is told by phone
REMIND_BEFORE = (timedelta(days=2), timedelta(hours=2))
TOO_SOON = (timedelta(hours=12), timedelta(hours=1))  # a reminder so near the session's own message says nothing new
WHO_IS_RUNG = wd(-2)  # somebody rings on a working day: asked for on the second one before, from the morning
_RING_FROM = timedelta(hours=8)  # before the end of that day
LONGEST_REST = timedelta(days=8)  # no row of days off makes two working days longer


def check_schedule(starts_at: datetime, host: str, now: datetime, accepted_at: datetime, *, group_starts: datetime | None) -> None:
    """A first session lies ahead, has a named host, and is near enough.  Raises Refused."""
    if starts_at <= now:
        raise Refused("past")
    if not host.strip():
        raise Refused("no_host")
    latest = due(accepted_at, HOLD_WITHIN) + timedelta(hours=8)
    if starts_at > latest and (group_starts is None or starts_at > group_starts + timedelta(days=1)):
        raise Refused("too_far_ahead", latest=latest)


def reminded_by(starts_at: datetime, now: datetime) -> int:
    """How many of the reminders lie behind, or as good as, when the session is told of now."""
    return sum(starts_at - now <= before + soon for before, soon in zip(REMIND_BEFORE, TOO_SOON, strict=True))


def ring_from(starts_at: datetime) -> datetime:
    """When somebody is asked to ring about the session, so that the call is made before it."""
    return due(starts_at, WHO_IS_RUNG) - _RING_FROM


def by_phone(starts_at: datetime, now: datetime) -> bool:
    """Is it so near that a change has to be told by phone?"""
    return starts_at - now < RING_WITHIN
