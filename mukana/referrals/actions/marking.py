"""Somebody tells whether the resident came: by one tap, a text message, on the phone, from a paper list."""

from __future__ import annotations

from django.db import transaction

from mukana.attendance import rules as marks
from mukana.attendance.actions import mark
from mukana.attendance.rules import NotMarked
from mukana.directory.models import Occurrence
from mukana.lib.clock import now
from mukana.referrals.actions.errands import ask
from mukana.referrals.actions.visiting import settle
from mukana.referrals.models import Placement, Session
from mukana.referrals.queries.marked import newest
from mukana.referrals.rules import placements
from mukana.referrals.rules.codes import Deed, Refused

_HOW = {"link": "tap", "sms": "sms", "phone": "phone", "paper": "paper"}


@transaction.atomic
def mark_session(placement: Placement, result: str, deed: Deed) -> Placement:
    """What became of the session that was agreed last; the same again changes nothing.  Raises Refused."""
    session = placement.sessions.order_by("-starts_at").first()
    if session is None:
        raise Refused("no_session")
    if session.occurrence is not None:
        return mark_date(placement, session.occurrence, result, deed)
    _settle_undated(placement, session, result, deed)
    placement.refresh_from_db()
    return placement


@transaction.atomic
def mark_date(placement: Placement, occurrence: Occurrence, result: str, deed: Deed) -> Placement:
    """What the resident did on a date of the entry.  Raises Refused."""
    if occurrence.entry_id != placement.entry_id:
        raise Refused("no_session")
    try:
        mark(occurrence, placement.subject, result, how=how_of(deed), by=deed.by)
    except NotMarked as error:
        raise Refused(f"mark_{error.code}") from error
    placement.refresh_from_db()
    return placement


@transaction.atomic
def doubt(placement: Placement) -> None:
    """The last mark was wrong, somebody says: it stays, the link worker checks it.  Raises Refused."""
    if not came_first(placement) and newest(placement) is None:
        raise Refused("no_session")
    ask("check_mark", placement.referral, placement)


def came_first(placement: Placement) -> bool:
    """Is it marked that the resident came the first time?"""
    return placement.state in placements.REACHED_FIRST


def how_of(deed: Deed) -> str:
    """How the word came, as attendance calls it."""
    return _HOW.get(deed.channel, "screen")


def _settle_undated(placement: Placement, session: Session, result: str, deed: Deed) -> None:
    """A session that the directory has no date of: nothing but the case keeps the mark."""
    try:
        marks.check(result, how_of(deed), session.starts_at, now(), cancelled=False)
    except NotMarked as error:
        raise Refused(f"mark_{error.code}") from error
    waiting = placement.state == placements.SCHEDULED
    late = placement.state == placements.MISSED_FIRST and result == marks.ATTENDED
    if waiting or late:
        settle(placement, result, deed)
    elif session.state != result:
        raise Refused("mark_kept")
