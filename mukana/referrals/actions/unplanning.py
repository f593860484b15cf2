"""A day that was agreed is agreed no more: nobody is expected, nobody is reminded, and the resident hears of it."""

from __future__ import annotations

from django.db import transaction

from mukana.lib.clock import now
from mukana.referrals import wording
from mukana.referrals.actions.errands import session_past, unsend
from mukana.referrals.actions.telling import tell_resident
from mukana.referrals.models import Placement, Session
from mukana.referrals.rules import sessions
from mukana.referrals.rules.codes import RESIDENT, Deed

OWN_WORD = frozenset({"resident_declined", "withdrawn"})  # the resident said so: nobody needs to tell it back


@transaction.atomic
def unplan(placement: Placement, reason: str, deed: Deed) -> Session | None:
    """The place is taken back or ends: its planned session goes with it.  Gives that session, None when there was none."""
    session = placement.sessions.filter(state=sessions.PLANNED).select_related("placement__referral__resident").first()
    if session is None:
        return None
    Session.objects.filter(pk=session.pk).update(state=sessions.CANCELLED, reason=reason, marked_by=deed.by, marked_how=deed.channel)
    session_past(placement, deed.by)
    unsend(placement.referral, "first_session", "moved")
    if deed.role != RESIDENT and reason not in OWN_WORD and session.starts_at > now():
        near = sessions.by_phone(session.starts_at, now())
        tell_resident(session.placement.referral, "cancelled", wording.not_going(session), urgent=near)
    return session
