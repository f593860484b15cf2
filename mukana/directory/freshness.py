"""Is what an entry tells still true?  Computed from dates, never set by hand.  Pure.

People confirm an entry's critical fields; six months later, and when the season turns, it is time to ask again.
A register's row is confirmed by every fetch that sees it, and places and routes do not grow old: only a doubt
(a mail that came back, referrals without an answer) makes those due.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mukana.lib.seasons import next_turn

CRITICAL = ("contact", "time", "place", "price", "join", "accessibility", "season")
FRESH, DUE, LATE, EXPIRED = "fresh", "due", "late", "expired"
STATES = (FRESH, DUE, LATE, EXPIRED)
DUE_MONTHS, LATE_MONTHS, EXPIRED_MONTHS = 6, 9, 12
AGELESS = frozenset({"place", "route"})  # they do not change by growing old
SEASONAL = frozenset({"group", "event", "programme"})  # their times change when autumn and spring begin
BEFORE_TURN = timedelta(days=30)  # a confirmation this near before the turn tells of the coming season already
AT_HOME = frozenset({"remote_together", "video_home"})
_ONE_DAY = timedelta(days=1)
_OF_KIND = {
    "group": CRITICAL,
    "event": ("contact", "time", "place", "price", "join", "accessibility"),
    "programme": ("contact", "time", "place", "price", "join", "season"),
    "service": ("contact", "place", "price", "join", "accessibility"),
    "place": ("contact", "place", "price", "accessibility", "season"),
    "route": ("place", "accessibility", "season"),
    "video": ("contact", "price"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What freshness is computed from.

    `reviewed_on` is the oldest confirmation by people, None where a register answers for the row;
    `seen_on` is when a fetch last saw that row; `doubted_on` when something spoke against the entry.
    """

    kind: str
    reviewed_on: date | None = None
    doubted_on: date | None = None
    seen_on: date | None = None


@dataclass(frozen=True, slots=True)
class Freshness:
    """The state, since when the facts are known to hold, and the first days of the worse states (None: never).

    `cause` tells what makes it due: age, season, doubt, never (nobody has confirmed it) or "".
    """

    state: str
    known_on: date | None
    cause: str = ""
    due_on: date | None = None
    late_on: date | None = None
    expires_on: date | None = None

    @property
    def is_late(self) -> bool:
        """Must a resident be told that nobody has confirmed this?"""
        return self.state in (LATE, EXPIRED)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The first days of the worse states and what makes it due."""

    cause: str
    due: date | None
    late: date | None
    expires: date | None


def freshness(facts: Facts, today: date) -> Freshness:
    """The state on a day."""
    known = facts.reviewed_on or facts.seen_on
    bounds = _doubted(facts, _aged(facts))
    state = FRESH
    for name, first in ((DUE, bounds.due), (LATE, bounds.late), (EXPIRED, bounds.expires)):
        if first is not None and today >= first:
            state = name
    if known is None and state == FRESH and facts.kind not in AGELESS:
        return Freshness(DUE, None, "never", None, bounds.late, bounds.expires)
    return Freshness(state, known, bounds.cause if state != FRESH else "", bounds.due, bounds.late, bounds.expires)


def applicable(kind: str, form: str = "") -> tuple[str, ...]:
    """The critical fields of such an entry; what is done at home has no doors."""
    fields = _OF_KIND.get(kind, CRITICAL)
    return tuple(field for field in fields if field not in ("place", "accessibility")) if form in AT_HOME else fields


def reviewed_on(days: Mapping[str, date], fields: Iterable[str], before: date | None) -> date | None:
    """The oldest confirmation of the fields; one that was never confirmed counts from `before`, if there was such a day."""
    told = [days.get(field, before) for field in fields]
    known = [day for day in told if day is not None]
    return min(known) if known and len(known) == len(told) else None


def share(days: Mapping[str, date], fields: Iterable[str], today: date) -> int:
    """How many per cent of the critical fields were confirmed within half a year."""
    wanted = tuple(fields)
    held = sum(1 for field in wanted if field in days and today <= months_after(days[field], DUE_MONTHS))
    return round(100 * held / len(wanted)) if wanted else 100


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _aged(facts: Facts) -> _Bounds:
    """By age and season alone."""
    if facts.kind in AGELESS:
        return _Bounds("", None, None, None)
    if facts.reviewed_on is None:
        seen = facts.seen_on
        return _Bounds("age", _day_past(seen, DUE_MONTHS), _day_past(seen, LATE_MONTHS), None)
    day = facts.reviewed_on
    due, late, expires = (_day_past(day, months) for months in (DUE_MONTHS, LATE_MONTHS, EXPIRED_MONTHS))
    if facts.kind in SEASONAL and due is not None and day <= date.max - 400 * _ONE_DAY:
        turn = next_turn(day + BEFORE_TURN)
        if turn < due:
            return _Bounds("season", turn, late, expires)
    return _Bounds("age", due, late, expires)


def _doubted(facts: Facts, aged: _Bounds) -> _Bounds:
    """A doubt makes an entry due at once; late and expired follow as quickly as after any due day."""
    doubt = facts.doubted_on
    if doubt is None:
        return aged
    late = _earlier(aged.late, months_after(doubt, LATE_MONTHS - DUE_MONTHS))
    expires = _earlier(aged.expires, months_after(doubt, EXPIRED_MONTHS - DUE_MONTHS))
    lasting = facts.kind in AGELESS or facts.reviewed_on is None
    sooner = aged.due is None or doubt < aged.due
    return _Bounds("doubt" if sooner else aged.cause, _earlier(aged.due, doubt), late, None if lasting else expires)


def _day_past(day: date | None, months: int) -> date | None:
    """The first day that is more than so many months later."""
    if day is None:
        return None
    end = months_after(day, months)
    return end + _ONE_DAY if end < date.max else end


def _earlier(one: date | None, other: date) -> date:
    return other if one is None or other < one else one
