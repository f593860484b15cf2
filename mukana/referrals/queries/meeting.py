"""What a receiver's page needs of a placement: the next dates, the agreed session, what is waiting to be marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from mukana.attendance.models import Mark
from mukana.attendance.rules import EARLY
from mukana.directory.models import Entry, Occurrence
from mukana.directory.queries.dates import OFF, ahead
from mukana.referrals.labels import said
from mukana.referrals.labels_meeting import MARKS
from mukana.referrals.models import Placement, Session, Support
from mukana.referrals.queries.marked import followed, newest
from mukana.referrals.rules import placements, sessions, support
from mukana.referrals.rules.codes import Refused

DATES = 5
LATER_DATES = 3
LOOK_BACK = timedelta(days=21)
_TO_AGREE = frozenset({placements.ACCEPTED, placements.WAITLISTED, placements.MISSED_FIRST, placements.SESSION_CANCELLED})


@dataclass(frozen=True, slots=True)
class Later:
    """A date after the first visit, and what was marked of it."""

    date: Occurrence
    result: str

    @property
    def word(self) -> str:
        """The mark in words."""
        return said(MARKS, self.result)


@dataclass(frozen=True, slots=True)
class Meeting:
    """`session` is the one agreed last; `begun`: it may be marked; `later`: dates after the first visit, the newest first."""

    session: Session | None
    planned: bool
    begun: bool
    to_agree: bool
    waiting: bool
    regular: bool
    ended: bool
    talk_first: bool
    dates: list[Occurrence]
    later: list[Later]
    place: str
    kept_until: datetime | None
    company: bool  # somebody comes along to the session
    may_correct: bool  # the last mark has led to nothing else yet


def meeting_of(placement: Placement, now: datetime) -> Meeting:
    """Everything the page asks of the placement."""
    session = placement.sessions.order_by("-starts_at").first()
    planned = session is not None and session.state == sessions.PLANNED
    regular = placement.state in placements.REACHED_FIRST
    kept = timedelta(days=placements.COPY_KEPT_DAYS)
    return Meeting(
        session=session,
        planned=planned,
        begun=planned and session is not None and session.starts_at - EARLY <= now,
        to_agree=placement.state in _TO_AGREE and placement.missed < placements.MOST_REBOOKINGS,
        waiting=placement.state == placements.WAITLISTED,
        regular=regular,
        ended=placement.state == placements.ENDED,
        talk_first=placement.state == placements.MISSED_FIRST and placement.missed >= placements.MOST_REBOOKINGS,
        dates=coming_dates(placement, now),
        later=_later(placement, session, now) if regular else [],
        place=place_of(placement.entry),
        kept_until=placement.ended_at + kept if placement.ended_at else None,
        company=session is not None and comes_along(placement, session.starts_at),
        may_correct=placement.open and (one := newest(placement)) is not None and not followed(placement, one),
    )


def coming_dates(placement: Placement, now: datetime) -> list[Occurrence]:
    """The entry's next dates that have not begun."""
    found = ahead(now).filter(entry=placement.entry_id, starts_at__gt=now).exclude(status__in=OFF)
    return list(found.select_related("place")[:DATES]) if placement.entry_id else []


def past_date(placement: Placement, key: str) -> Occurrence:
    """A date of the placement's entry by its id.  Raises Refused."""
    found = Occurrence.objects.filter(entry=placement.entry_id).filter(pk=key).first() if _is_id(key) else None
    if found is None:
        raise Refused("no_session")
    return found


def comes_along(placement: Placement, starts_at: datetime) -> bool:
    """Has somebody promised to come along to the time?"""
    return Support.objects.filter(placement=placement, starts_at=starts_at, state__in=support.MAY_SEE).exists()


def place_of(entry: Entry | None) -> str:
    """Where the entry mostly is, in one line."""
    if entry is None or entry.place is None:
        return ""
    return ", ".join(part for part in (str(entry.place), entry.place.address, entry.place.city) if part)[:200]


def _later(placement: Placement, session: Session | None, now: datetime) -> list[Later]:
    first = session.starts_at if session else now - LOOK_BACK
    found = Occurrence.objects.filter(entry=placement.entry_id, starts_at__gt=max(first, now - LOOK_BACK), starts_at__lte=now + EARLY)
    dates = list(found.exclude(status__in=OFF).order_by("-starts_at")[:LATER_DATES])
    marked = dict(Mark.objects.filter(subject=placement.subject, occurrence__in=dates).values_list("occurrence_id", "result"))
    return [Later(date, marked.get(date.pk, "")) for date in dates]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
