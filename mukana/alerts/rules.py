"""When messages may leave, and what somebody has already been told of.  Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from mukana.lib.moments import as_local, at_wall

AT_ONCE, DAILY, WEEKLY = "at_once", "daily", "weekly"
RHYTHMS = (AT_ONCE, DAILY, WEEKLY)
WAITING, ON, PAUSED = "waiting", "on", "paused"
STATES = (WAITING, ON, PAUSED)
EMAIL, SMS = "email", "sms"
CHANNELS = (EMAIL, SMS)

TOLD_AT_NINE = time(9)
GATHERED = timedelta(minutes=10)  # so that an import makes one message
HOURS = {EMAIL: (time(7), time(21)), SMS: (time(9), time(19))}  # first, and the one after the last

UNCONFIRMED_DAYS = 3
MOST_TRIES = 5  # of a code
MOST_OF_ADDRESS = 20  # alerts of one address
MOST_KNOWN = 2_000  # entries remembered of one search; for a wider one only what is made later is new
TOLD = {EMAIL: 5, SMS: 3}  # entries in one message
_BYTES = 8  # of an entry's id: two in a search of two thousand are never alike


def next_moment(rhythm: str, channel: str, now: datetime) -> datetime:
    """When what was found now is told."""
    if rhythm == AT_ONCE:
        return by_day(now + GATHERED, channel)
    day = as_local(now).date()
    at = at_wall(day, TOLD_AT_NINE)
    while at <= now or (rhythm == WEEKLY and day.weekday() != 0):
        day += timedelta(days=1)
        at = at_wall(day, TOLD_AT_NINE)
    return at


def by_day(moment: datetime, channel: str) -> datetime:
    """The moment itself, or the next morning when it is night for that channel."""
    first, last = HOURS[channel]
    local = as_local(moment)
    if local.time() < first:
        return at_wall(local.date(), first)
    if local.time() >= last:
        return at_wall(local.date() + timedelta(days=1), first)
    return moment


def packed(ids: Iterable[UUID]) -> bytes:
    """Entries as few bytes as will do."""
    return b"".join(sorted({one.bytes[-_BYTES:] for one in ids}))


def unpacked(held: bytes) -> set[bytes]:
    """The entries of `packed`, as `mark` names them."""
    return {held[at : at + _BYTES] for at in range(0, len(held), _BYTES)}


def mark(entry: UUID) -> bytes:
    """What stands for an entry in `packed`."""
    return entry.bytes[-_BYTES:]


def is_new(family: Iterable[UUID], known: set[bytes]) -> bool:
    """Has none of an entry and its twins been known?"""
    return not any(mark(one) in known for one in family)


def masked(address: str) -> str:
    """An address as its owner knows it and nobody else learns it: "o…@example.fi", "… 168"."""
    local, at, domain = address.partition("@")
    return f"{local[:1]}…@{domain}" if at else f"… {address[-3:]}"
