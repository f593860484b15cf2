"""How cases end: closed by a person, withdrawn by the resident, cancelled, or never meant to be."""

from __future__ import annotations

from mukana.lib.clock import now
from mukana.lib.composed import Composed, Hole
from mukana.lib.deeds import whole
from mukana.referrals import wording
from mukana.referrals.actions.errands import ask, drop
from mukana.referrals.actions.moving import Change, move
from mukana.referrals.actions.supporting import ask_forgetting, call_off_support
from mukana.referrals.actions.telling import take_back, tell_receiver, tell_referrer
from mukana.referrals.models import Permission, Placement, Referral, Support
from mukana.referrals.queries.seeing import is_permitted
from mukana.referrals.rules import cases, placements, sessions, support
from mukana.referrals.rules.clocks import due, wd
from mukana.referrals.rules.codes import COORDINATOR, SYSTEM_DEED, Deed, Refused

DELETE_WITHIN = wd(5)
_OVER = ("referrals.resident", "referrals.companion", "referrals.offer")  # what holds no more when a case has ended
_TASKS = Composed(
    lambda: Support.objects.filter(placement__referral=Hole("case"), state__in=support.SUPPORT.open).select_related(
        "companion", "placement"
    )
)
_OPEN = Composed(
    lambda: Placement.objects.filter(referral=Hole("case"), state__in=placements.PLACEMENT.open).select_related(
        "entry__organisation", "referral"
    )
)
_ENDS = placements.REACHED_FIRST | {placements.MISSED_FIRST, placements.SESSION_CANCELLED}


@whole
def close(case: Referral, outcome: str, deed: Deed) -> Referral:
    """A person ends the case; the referrer hears the outcome, if the resident allows.  Raises Refused."""
    left = len(cases.FOLLOW_UPS_MONTHS) - case.follow_ups_done
    cases.check_close(case.state, outcome, follow_ups_left=left)
    if case.due_at is not None:
        cases.check_unreachable_over(case.state, case.due_at, now(), outcome)
    if move(case, cases.CLOSED, deed, Change(outcome, facts={"outcome": outcome})):
        take_back(case, *_OVER)
        _wind_up(case, "case_ended")
        tell_referrer(case, "closed", outcome)
    return case


@whole
def withdraw(case: Referral, deed: Deed) -> Referral:
    """The resident's own word, by any channel: from this moment nothing is disclosed anywhere.  Raises Refused.

    Receivers are told to delete and to say that they have; messages that wait do not leave, feedback neither; the
    referrer hears only that it was withdrawn, and only if that was allowed.
    """
    told = is_permitted(case, "feedback", now())
    if not move(case, cases.WITHDRAWN, deed):
        return case
    take_back(case)
    _wind_up(case, "withdrawn")
    if told:
        tell_referrer(case, "withdrawn")
    Permission.objects.filter(referral=case, withdrawn_at=None).update(withdrawn_at=now())
    return case


@whole
def cancel(case: Referral, reason: str, deed: Deed) -> Referral:
    """The referrer takes it back before anybody has taken it on.  Raises Refused."""
    if reason not in cases.CANCEL_REASONS:
        raise Refused("unknown_reason", reason=reason)
    if move(case, cases.CANCELLED, deed, Change(reason)):
        take_back(case)
        _wind_up(case, "case_ended")
    return case


@whole
def entered_in_error(case: Referral, reason: str, deed: Deed, *, second: str) -> Referral:
    """It ought not to be: two people say so, it is hidden and its history stays.  Raises Refused."""
    if not second or second == deed.by:
        raise Refused("second_person")
    if reason not in cases.ERROR_REASONS:
        raise Refused("unknown_reason", reason=reason)
    if move(case, cases.ERROR, deed, Change(reason)):
        take_back(case)
        _wind_up(case, "withdrawn")
    return case


def _wind_up(case: Referral, why: str) -> None:
    """Offers, assignments and errands of an ended case end too."""
    withdrawn = why == "withdrawn"
    drop(case, why)
    if withdrawn:
        for over in Support.objects.filter(placement__referral=case, state=support.ENDED).select_related(
            "companion", "placement__referral"
        ):
            ask_forgetting(over)
    for task in _TASKS.all(case=case.pk):
        call_off_support(task, why, SYSTEM_DEED)
    for placement in _OPEN.all(case=case.pk):
        _end(placement, withdrawn=withdrawn)
    if withdrawn:
        for placement in Placement.objects.filter(referral=case, state=placements.ENDED).select_related("entry", "referral"):
            ask_deletion(placement)


def _end(placement: Placement, *, withdrawn: bool) -> None:
    before = placement.state
    placement.sessions.filter(state=sessions.PLANNED).update(state=sessions.CANCELLED, marked_by="system")
    if before in _ENDS and not withdrawn:
        move(placement, placements.ENDED, Deed("system", "link_worker", "system"), Change("moved_on"))
        return
    move(placement, placements.RECALLED, SYSTEM_DEED, Change("withdrawn" if withdrawn else "case_ended"))
    if before not in placements.LIVE:
        return
    if withdrawn and before in placements.KNOWS_NAME:
        ask_deletion(placement)
    else:
        tell_receiver(placement, wording.gone(placement.entry_name))


def ask_deletion(placement: Placement) -> None:
    """The receiver deletes what it has; a person sees that it says so."""
    until = due(now(), DELETE_WITHIN)
    Placement.objects.filter(pk=placement.pk).update(deletion_asked_at=now())
    ask("deletion_confirmed", placement.referral, placement, queue=COORDINATOR, limit=DELETE_WITHIN)
    tell_receiver(placement, wording.delete_please(placement.entry_name, until), subject="referrals.deletion")
