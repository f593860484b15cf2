"""What a mark had set in motion and a better one stops: calls, a question that has not left, feedback to the referrer."""

from __future__ import annotations

from django.db import transaction

from mukana.attendance.rules import EARLY
from mukana.referrals.actions.errands import finish
from mukana.referrals.actions.moving import Change, move
from mukana.referrals.actions.telling import stop, tell_referrer
from mukana.referrals.models import Placement, Referral, Session
from mukana.referrals.queries.marked import has_come
from mukana.referrals.rules import cases
from mukana.referrals.rules.codes import SYSTEM_DEED, Deed


@transaction.atomic
def unmiss(placement: Placement, session: Session, deed: Deed) -> None:
    """The session was not missed after all: nobody is rung about it, and the question that has not left does not leave."""
    _finish(placement, ("ring_resident", "talk"), session, deed)
    stop(why_key(session))


@transaction.atomic
def uncome(case: Referral, reason: str) -> None:
    """Nobody came after all: the referrer who was told hears it, and the case waits for a first visit again."""
    if has_come(case):
        return
    tell_referrer(case, "corrected")
    if case.state == cases.ACTIVE:
        move(case, cases.PLANNED, SYSTEM_DEED, Change(reason))
    elif case.state == cases.PAUSED and case.state_before == cases.ACTIVE:
        case.state_before = cases.PLANNED
        case.save(update_fields=["state_before"])


def why_key(session: Session) -> str:
    """What the question why the session was missed is called in the outbox."""
    return f"referrals.why:{session.pk}"


def checked(placement: Placement, deed: Deed) -> None:
    """Nobody needs to look into the mark any more."""
    for errand in placement.errands.filter(kind="check_mark", done_at=None):
        finish(errand, "corrected", deed)


def _finish(placement: Placement, kinds: tuple[str, ...], session: Session, deed: Deed) -> None:
    """Those that the mark of the session made; a call about a companion, made before it, stays."""
    for errand in placement.errands.filter(kind__in=kinds, done_at=None, since__gte=session.starts_at - EARLY):
        finish(errand, "corrected", deed)
