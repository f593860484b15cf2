"""A wrong mark is put right: the history keeps both, the case follows, and what the mistake set in motion is undone or said."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from mukana.attendance import rules as marks
from mukana.attendance.actions import correct as correct_mark
from mukana.attendance.rules import NotMarked, Standing
from mukana.audit.actions import record
from mukana.lib.clock import now
from mukana.lib.quickrows import insert_row, row_of, update_row
from mukana.referrals import wording_marks
from mukana.referrals.actions.errands import ask
from mukana.referrals.actions.marking import how_of
from mukana.referrals.actions.moving import CHAIN, Change, Clock, Step, chained, locked_case, move, renew
from mukana.referrals.actions.telling import tell_referrer
from mukana.referrals.actions.undoing import checked, uncome, unmiss
from mukana.referrals.actions.visiting import planned_session
from mukana.referrals.models import Placement, Referral, Session, Transition
from mukana.referrals.queries.marked import Noted, followed, goes_on, noted, standing_now
from mukana.referrals.queries.seeing import is_shut
from mukana.referrals.queries.together import tasks_of, their_word
from mukana.referrals.rules import cases, placements, sessions, support
from mukana.referrals.rules.clocks import wd
from mukana.referrals.rules.codes import COMPANIONS, RECEIVER, SYSTEM_DEED, Deed, Refused

_BY_COUNT = frozenset({placements.ATTENDING, placements.LAPSED})  # where only counted visits lead


@dataclass(frozen=True, slots=True)
class Right:
    """What truly happened: of which mark, what whoever corrects has seen marked, what is right, why it was wrong."""

    key: str
    was: str
    result: str
    why: str


@transaction.atomic
def correct(placement: Placement, right: Right, deed: Deed) -> Placement:
    """Put a mark right.  Raises Refused: in words for who came second, for what has ended, for a receiver whom it overtook.

    The same form sent twice corrects once.
    """
    case = locked_case(placement)
    if deed.key and Transition.objects.filter(key=deed.key).exists():
        renew(placement)
        return placement
    renew(placement)
    before = noted(placement)
    one = _found(case, placement, right, before)
    if deed.role == RECEIVER and deed.channel == "link" and followed(placement, one):
        raise Refused("mark_followed")
    _write(case, placement, one, right, deed)
    _follow(case, placement, one, right, deed, standing_now(before, now()))
    checked(placement, deed)
    _company(placement, one, right)
    renew(placement)
    return placement


def _found(case: Referral, placement: Placement, right: Right, rows: list[Noted]) -> Noted:
    """The mark that is meant, if it may be put right.  Raises Refused."""
    if is_shut(case) or case.anonymised_at is not None:
        raise Refused("withdrawn")
    if not goes_on(case):
        raise Refused("mark_case_over")
    if not placement.open:
        raise Refused("mark_place_over")
    one = next((row for row in rows if row.key == right.key), None)
    if one is None:
        raise Refused("no_session")
    try:
        marks.check_correction(one.result, right.was, right.result, right.why)
    except NotMarked as error:
        raise Refused(f"mark_{error.code}") from error
    return one


def _write(case: Referral, placement: Placement, one: Noted, right: Right, deed: Deed) -> None:
    """The mark, the session and the link of the history that says both."""
    how = how_of(deed)
    try:
        if one.mark is not None and one.mark.result != right.result:
            correct_mark(one.mark, right.result, was=one.mark.result, how=how, by=deed.by, why=right.why)
        else:
            marks.check(right.result, how, one.starts_at, now(), cancelled=False)
    except NotMarked as error:
        raise Refused(f"mark_{error.code}") from error
    thing, thing_id = ("session", one.session.pk) if one.session else ("placement", placement.pk)
    states = (one.result, right.result) if one.session else (placement.state, placement.state)
    link = chained(case, Step(thing, thing_id, *states, f"mark_{right.why}"), deed, now())
    link.key = deed.key or None
    insert_row(link)
    update_row(case, CHAIN)
    record("referral.moved", f"referrals.Referral:{case.pk}", by=deed.by, what="session", was=one.result, now=right.result)
    if one.session is not None:
        _write_session(one.session, right.result, deed)


def _write_session(session: Session, result: str, deed: Deed) -> None:
    kept = row_of(Session, session.pk, lock=True)
    sessions.SESSION.check(kept.state, result, deed.role)
    kept.state, kept.reason, kept.marked_by, kept.marked_how = result, "", deed.by, deed.channel
    update_row(kept)


def _follow(case: Referral, placement: Placement, one: Noted, right: Right, deed: Deed, before: Standing) -> None:
    """The placement goes where the marks say now, and everybody who was told of the old one hears of the new one."""
    rows = noted(placement)
    after, last = standing_now(rows, now()), placement.sessions.order_by("-starts_at").first()
    is_last = one.session is not None and last is not None and last.pk == one.session.pk
    target = placements.after_correction(placement.state, right.result, after, was_regular=before.regular, last=is_last)
    missed = _missed(placement, one, right)
    if one.session is not None and one.result == marks.MISSED:
        unmiss(placement, one.session, deed)
    rebooked = target == placements.FIRST_ATTENDED and placement.state == placements.SCHEDULED
    if target:
        by = SYSTEM_DEED if target in _BY_COUNT else Deed(deed.by, deed.role, deed.channel)
        clock = Clock(since=after.last_visit) if after.visits and target != placements.LAPSED else Clock()
        move(placement, target, by, Change(f"mark_{right.why}", clock, {"missed": missed}))
    else:
        placement.missed = missed
        update_row(placement, ("missed",))
    if rebooked:
        _already_came(placement, deed)
    _tell(row_of(Referral, case.pk), placement, f"mark_{right.why}", came=bool(after.visits), came_before=bool(before.visits))


def _missed(placement: Placement, one: Noted, right: Right) -> int:
    """How many first sessions were missed, now."""
    if one.session is None:
        return placement.missed
    return max(0, placement.missed - (one.result == marks.MISSED) + (right.result == marks.MISSED))


def _tell(case: Referral, placement: Placement, reason: str, *, came: bool, came_before: bool) -> None:
    if came and not came_before:
        if case.state == cases.PLANNED:
            move(case, cases.ACTIVE, SYSTEM_DEED)
        tell_referrer(case, "first_visit")
    elif came_before and not came:
        uncome(case, reason)
    if placement.state == placements.MISSED_FIRST:  # a person rings; no machine asks why days later
        kind = "talk" if placement.missed >= placements.MOST_REBOOKINGS else "ring_resident"
        ask(kind, case, placement, limit=wd(2))


def _already_came(placement: Placement, deed: Deed) -> None:
    """Another first session had been agreed: it is an ordinary time now, and the resident hears it from a person."""
    session = planned_session(placement)
    sessions.SESSION.check(session.state, sessions.CANCELLED, deed.role)
    session.state, session.reason, session.marked_by, session.marked_how = sessions.CANCELLED, "mark_slip", deed.by, deed.channel
    update_row(session)
    ask("ring_resident", placement.referral, placement, words=wording_marks.came_already(session), limit=wd(1))


def _company(placement: Placement, one: Noted, right: Right) -> None:
    """Who came along has told that they were together: whoever keeps the companions asks, and nobody's word is chosen."""
    if right.result == marks.ATTENDED:
        return
    for task in tasks_of(placement).filter(starts_at=one.starts_at):
        if their_word(task) == support.ALONG:
            ask("company_word", placement.referral, placement, words=wording_marks.against_company(), queue=COMPANIONS, limit=wd(2))
