"""First sessions: agreed, held, missed, called off; and what attendance tells afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from mukana.attendance import rules as marks
from mukana.attendance.queries import standing_of
from mukana.attendance.rules import Marked
from mukana.directory.models import Occurrence
from mukana.lib.clock import now
from mukana.lib.composed import Composed, Hole
from mukana.lib.deeds import whole
from mukana.lib.quickrows import insert_row, row_of, update_row
from mukana.referrals import wording
from mukana.referrals.actions.errands import ask, session_past
from mukana.referrals.actions.moving import CHAIN, Change, Clock, Step, case_id_of, chained, locked_case, move, set_clock
from mukana.referrals.actions.supporting import need_companion, session_moved
from mukana.referrals.actions.telling import tell_referrer, tell_resident
from mukana.referrals.actions.undoing import unmiss, why_key
from mukana.referrals.models import Placement, Referral, Session
from mukana.referrals.queries.seeing import is_permitted, reach_of
from mukana.referrals.rules import cases, placements, sessions
from mukana.referrals.rules.clocks import wd
from mukana.referrals.rules.codes import RECEIVER, RESIDENT_REASONS, SYSTEM_DEED, Deed, Refused
from mukana.referrals.rules.reaching import CALL, LETTER, SMS, usable, way_for

PREFIX = "referrals.Placement:"
_WRITTEN = ("sms", "email")  # reaches the resident at once
_IS_RUNG = ~Q(placement__referral__resident__preferred__in=_WRITTEN)
_NEAR = Composed(
    lambda: Session.objects.filter(
        (Q(starts_at__lte=Hole("written")) & ~_IS_RUNG) | (Q(starts_at__lte=Hole("rung")) & _IS_RUNG),
        state=sessions.PLANNED,
        placement__state=placements.SCHEDULED,
        reminded__lt=Hole("number"),
        starts_at__gt=Hole("moment"),
    ).select_related("placement__referral__resident")
)
_PLANNED = Composed(lambda: Session.objects.filter(placement=Hole("placement"), state=sessions.PLANNED))
_HELD = Composed(
    lambda: Session.objects.filter(placement=Hole("placement"), state__in=(sessions.PLANNED, sessions.MISSED)).order_by("-starts_at")
)
_CHANNEL = {"tap": "link", "sms": "sms", "phone": "phone", "paper": "paper", "screen": "screen", "staff": "screen"}


@dataclass(frozen=True, slots=True)
class When:
    """A first session: `occurrence` where the directory has one, who meets, where, what to bring."""

    starts_at: datetime
    host: str
    ends_at: datetime | None = None
    place: str = ""
    bring: str = ""
    occurrence: Occurrence | None = None
    group_starts: datetime | None = None


@whole
def schedule(placement: Placement, plan: When, deed: Deed) -> Session:
    """Name the day and who meets; the resident is told, and somebody to come along is looked for.  Raises Refused."""
    placements.check_rebooking(placement.missed)
    first = placement.state == placements.ACCEPTED and not placement.missed  # who waited, or comes again, is counted from today
    agreed = placement.answered_at if first and placement.answered_at else now()
    sessions.check_schedule(plan.starts_at, plan.host, now(), agreed, group_starts=plan.group_starts)
    moved = move(placement, placements.SCHEDULED, deed, Change(clock=Clock(since=plan.ends_at or plan.starts_at)))
    if not moved:
        return placement.sessions.get(state=sessions.PLANNED)
    session = Session.objects.create(
        placement=placement, occurrence=plan.occurrence, starts_at=plan.starts_at, ends_at=plan.ends_at, host=plan.host.strip(),
        place=plan.place, bring=plan.bring, dated=plan.occurrence is not None, reminded=sessions.reminded_by(plan.starts_at, now()),
    )  # fmt: skip
    case = Referral.objects.select_related("resident").get(pk=placement.referral_id)
    tell_resident(case, "first_session", wording.first_session(session), valid_until=session.starts_at)
    if case.wants_companion:
        need_companion(placement, session, deed)
    return session


@whole
def call_off(placement: Placement, reason: str, deed: Deed) -> Session:
    """The receiver cannot hold it: the resident is told at once, by phone when it is near.  Raises Refused."""
    session = planned_session(placement)
    move(placement, placements.SESSION_CANCELLED, deed, Change(reason))
    _close(session, sessions.CANCELLED, deed, reason)
    session_past(placement, deed.by)
    near = sessions.by_phone(session.starts_at, now())
    tell_resident(placement.referral, "cancelled", wording.cancelled(session), urgent=near)
    session_moved(placement)
    return session


@whole
def settle(placement: Placement, result: str, deed: Deed) -> Placement:
    """The first session is over: attended, missed or excused.  Raises Refused."""
    session_past(placement, deed.by)
    if result == marks.ATTENDED:
        _came(placement, deed)
    elif result == marks.MISSED:
        _missed(placement, deed)
    else:
        session = planned_session(placement)
        move(placement, placements.SESSION_CANCELLED, Deed(deed.by, "system", deed.channel), Change("excused"))
        _close(session, sessions.EXCUSED, deed)
        session_moved(placement)
    return placement


def hear_mark(event: Marked) -> None:
    """Attendance tells of a mark: the case goes on by itself.  A mark of what has ended changes nothing.

    One that puts another right is followed by whoever corrects (`actions.correcting`).
    """
    if not event.subject.startswith(PREFIX) or event.why:
        return
    placement = Placement.objects.select_related("referral").filter(pk=UUID(event.subject.removeprefix(PREFIX))).first()
    if placement is None or not placement.open:
        return
    deed = Deed(event.by, RECEIVER, _CHANNEL[event.how])
    waiting = placement.state == placements.SCHEDULED and event.result != marks.CANCELLED
    late = placement.state == placements.MISSED_FIRST and event.result == marks.ATTENDED
    if waiting or late:
        settle(placement, event.result, deed)
    elif placement.state in placements.REACHED_FIRST:
        _later(placement, event)


@whole
def reached_again(placement: Placement, deed: Deed) -> Placement:
    """Somebody who had stayed away comes again.  Raises Refused."""
    move(placement, placements.ATTENDING, deed)
    return placement


def planned_session(placement: Placement) -> Session:
    """The session that is agreed.  Raises Refused."""
    found = _PLANNED.first(placement=placement.pk)
    if found is None:
        raise Refused("no_session")
    return found


def _came(placement: Placement, deed: Deed) -> None:
    session = _HELD.first(placement=placement.pk)
    late = session is not None and session.state == sessions.MISSED
    facts = {"missed": max(0, placement.missed - 1)} if late else {}
    change = Change(clock=Clock(since=session.starts_at if session else None), facts=facts)
    if not move(placement, placements.FIRST_ATTENDED, deed, change):
        return
    if session:
        if late:
            unmiss(placement, session, deed)
        _close(session, sessions.ATTENDED, deed)
    case = row_of(Referral, case_id_of(placement))
    if case.state == cases.PLANNED:
        move(case, cases.ACTIVE, SYSTEM_DEED)
    tell_referrer(case, "first_visit")


def _missed(placement: Placement, deed: Deed) -> None:
    session = planned_session(placement)
    missed = placement.missed + 1
    move(placement, placements.MISSED_FIRST, deed, Change(facts={"missed": missed}))
    _close(session, sessions.MISSED, deed)
    kind = "talk" if missed >= placements.MOST_REBOOKINGS else "ring_resident"
    ask(kind, placement.referral, placement, limit=wd(2))
    if way_for(reach_of(placement.referral.resident)) == SMS:
        tell_resident(placement.referral, "why_missed", wording.why_missed(session), key=why_key(session))


@whole
def answer_why(placement: Placement, reason: str, deed: Deed) -> Placement:
    """The resident tells why they did not come: whoever rings them knows it; the state stays.  Raises Refused."""
    case = locked_case(placement)
    placement.refresh_from_db()
    if placement.state != placements.MISSED_FIRST:
        raise Refused("no_such_move", source=placement.state, target=placement.state)
    if reason not in RESIDENT_REASONS:
        raise Refused("unknown_reason", reason=reason)
    link = chained(case, Step("placement", placement.pk, placement.state, placement.state, reason), deed, now())
    link.key = deed.key or None
    insert_row(link)
    update_row(case, CHAIN)
    placement.reason = reason
    placement.save(update_fields=["reason"])
    for errand in placement.errands.filter(kind__in=("ring_resident", "talk"), done_at=None):
        errand.words = wording.told_why(reason)
        errand.save(update_fields=["words"])
    return placement


def _later(placement: Placement, event: Marked) -> None:
    """A mark after the first visit: one of the group, gone, or back."""
    told = standing_of(event.subject, now())
    if event.result != marks.ATTENDED and event.before == marks.ATTENDED and told.visits == 0:
        ask("check_mark", placement.referral, placement)
        return
    if told.lapsed and placement.state != placements.LAPSED and told.misses_in_row >= marks.LAPSE_MISSES:
        move(placement, placements.LAPSED, SYSTEM_DEED)
    elif event.result == marks.ATTENDED:
        back = placement.state == placements.LAPSED
        if back or (placement.state == placements.FIRST_ATTENDED and told.regular):
            move(placement, placements.ATTENDING, SYSTEM_DEED, Change(clock=Clock(since=told.last_visit)))
        else:
            set_clock(placement, placement.referral, Clock(since=told.last_visit), now())
            update_row(placement)


def _close(session: Session, state: str, deed: Deed, reason: str = "") -> None:
    sessions.SESSION.check(session.state, state, deed.role)
    session.state, session.reason, session.marked_by, session.marked_how = state, reason, deed.by, deed.channel
    update_row(session, ("state", "reason", "marked_by", "marked_how"))


def remind_of_sessions(moment: datetime) -> int:
    """Two days and two hours before: a word to the resident who allows it, once each.  Gives how many were told.

    Who is not written to at once is rung: that is asked for on a working day.
    """
    count = 0
    for number, before in enumerate(sessions.REMIND_BEFORE, 1):
        rest = sessions.LONGEST_REST if number == 1 else before
        for session in _NEAR.all(number=number, moment=moment, written=moment + before, rung=moment + rest):
            if session.starts_at <= moment + before or moment >= sessions.ring_from(session.starts_at):
                count += _remind(session, number, urgent=before < timedelta(days=1))
    return count


@whole
def _remind(session: Session, number: int, *, urgent: bool) -> bool:
    if not Session.objects.filter(pk=session.pk, reminded__lt=number, state=sessions.PLANNED).update(reminded=number):
        return False
    case = session.placement.referral
    digital = case.resident.preferred in _WRITTEN
    if not is_permitted(case, "reminders", now()):
        return False
    if not urgent and way_for(reach_of(case.resident)) == LETTER:
        rung = CALL in usable(reach_of(case.resident))  # a letter would come after the session: a call, or nothing
        if rung:
            tell_resident(case, "reminder", wording.first_session(session), urgent=True)
        return rung
    if digital or not urgent:  # a letter or a call two hours before helps nobody
        tell_resident(case, "reminder", wording.first_session(session), valid_until=session.starts_at)
    return True
