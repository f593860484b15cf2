"""What the directory tells of its dates reaches the cases: a date is off, is moved, or is there no more."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from mukana.directory.listeners import Changed
from mukana.directory.models import Occurrence
from mukana.lib.clock import now
from mukana.lib.quickrows import insert_row, update_row
from mukana.referrals import wording
from mukana.referrals.actions.errands import ask, session_past
from mukana.referrals.actions.moving import CHAIN, Clock, Step, chained, locked_case, set_clock
from mukana.referrals.actions.supporting import need_companion, session_moved
from mukana.referrals.actions.telling import tell_resident
from mukana.referrals.actions.visiting import call_off
from mukana.referrals.models import Placement, Session
from mukana.referrals.rules import placements, sessions
from mukana.referrals.rules.clocks import wd
from mukana.referrals.rules.codes import SYSTEM_DEED

OFF = ("cancelled", "postponed")  # a postponed one has no new day yet
DIRECTORY = "directory"  # the reason: the organiser's own dates say so
MOVED = "moved"


def hear_change(event: Changed) -> int:
    """Entries have changed: the agreed days that do not hold any more are put right.  Gives how many."""
    ahead = Session.objects.filter(state=sessions.PLANNED, placement__state=placements.SCHEDULED, starts_at__gt=now(), dated=True)
    other = Q(occurrence=None) | Q(occurrence__status__in=OFF) | ~Q(starts_at=F("occurrence__starts_at"))
    rows = ahead.filter(other).values_list("pk", "placement__entry_id")
    found = [key for key, entry in rows if entry in event.entries]
    return sum(_follow(key) for key in found)


@transaction.atomic
def _follow(key: UUID) -> bool:
    placement = Placement.objects.get(sessions=key)
    locked_case(placement)
    rows = Session.objects.select_related("occurrence", "placement__referral__resident")
    session = rows.get(pk=key)
    if session.state != sessions.PLANNED:
        return False  # somebody was quicker
    placement, date = session.placement, session.occurrence
    if date is None:
        return _gone(session)
    if date.status in OFF or date.starts_at <= now():
        call_off(placement, DIRECTORY, SYSTEM_DEED)
    else:
        _moved(session, date)
    return True


def _gone(session: Session) -> bool:
    """The date is not told any more: the same moment stands by another name, or somebody asks the receiver."""
    placement = session.placement
    same = Occurrence.objects.filter(entry=placement.entry_id, starts_at=session.starts_at).exclude(status__in=OFF).first()
    session.occurrence, session.dated = same, same is not None
    update_row(session)
    if same is None:
        ask("ring_receiver", placement.referral, placement, words=wording.date_gone(session), limit=wd(1))
    return same is None


def _moved(session: Session, date: Occurrence) -> None:
    """The day or the hour is another: the case, the companion and the resident follow."""
    placement, before = session.placement, session.starts_at
    session.starts_at, session.ends_at, session.reminded = date.starts_at, date.ends_at, sessions.reminded_by(date.starts_at, now())
    update_row(session)
    case = locked_case(placement)
    set_clock(placement, case, Clock(since=date.ends_at or date.starts_at), now())
    update_row(placement)
    step = Step("placement", placement.pk, placement.state, placement.state, MOVED)
    insert_row(chained(case, step, SYSTEM_DEED, now()))
    update_row(case, CHAIN)
    session_past(placement, SYSTEM_DEED.by)
    session_moved(placement)
    if case.wants_companion:
        need_companion(placement, session, SYSTEM_DEED)
    near = sessions.by_phone(min(before, date.starts_at), now())
    tell_resident(session.placement.referral, MOVED, wording.moved(session), urgent=near, valid_until=date.starts_at)
