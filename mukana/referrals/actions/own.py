"""What residents do themselves on their own page: take back, tell what is unsafe, answer, ask to talk."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from mukana.audit.actions import record
from mukana.lib.clock import now
from mukana.referrals import wording
from mukana.referrals.actions.contacting import called_back
from mukana.referrals.actions.ending import ask_deletion
from mukana.referrals.actions.errands import ask, finish
from mukana.referrals.actions.moving import Change, Clock, locked_case, move, set_clock
from mukana.referrals.actions.offering import back_to_talk
from mukana.referrals.actions.permitting import Given, permit, unpermit
from mukana.referrals.actions.protecting import protect
from mukana.referrals.actions.referring import send
from mukana.referrals.actions.supporting import call_off_support
from mukana.referrals.actions.telling import take_back as stop_telling
from mukana.referrals.actions.telling import tell_receiver
from mukana.referrals.actions.working import reopen, wants_more
from mukana.referrals.models import Permission, Placement, Referral, Support
from mukana.referrals.rules import cases, placements, sessions, support
from mukana.referrals.rules.clocks import wd
from mukana.referrals.rules.codes import RESIDENT, SYSTEM_DEED, Deed, Refused
from mukana.referrals.rules.reaching import SAFE_RULES
from mukana.referrals.rules.writing import check_free_text, tells_danger


@transaction.atomic
def take_back(permission: Permission, deed: Deed) -> Permission:
    """One permission is taken back: whoever had something because of it sees nothing more and deletes.  Raises Refused.

    Without the first one there is no referral: that is taken back as a whole, by withdrawing.
    """
    if permission.kind == "referral":
        raise Refused("withdraw_whole")
    case = locked_case(permission.referral)
    permission.refresh_from_db()
    if permission.withdrawn_at is not None:
        return permission
    unpermit(permission, deed)
    if permission.kind == "receiver":
        for placement in case.placements.filter(entry=permission.entry_id):
            _leave(placement, deed)
        back_to_talk(case)
    if permission.kind == "feedback":
        stop_telling(case, "referrals.feedback")
    if permission.kind == "companion":
        _alone(case.placements.values_list("pk", flat=True))
    return permission


@transaction.atomic
def want_place(placement: Placement, *, yes: bool, deed: Deed) -> Placement:
    """Still on the waiting list?  Yes: it is asked again after its time.  No: the place goes to somebody else.  Raises Refused."""
    case = locked_case(placement)
    placement.refresh_from_db()
    if placement.state != placements.WAITLISTED:
        raise Refused("answered", state=placement.state)
    for errand in placement.errands.filter(kind="still_wanted", done_at=None):
        finish(errand, "yes" if yes else "no", deed)
    record("referral.moved", f"referrals.Referral:{case.pk}", by=deed.by, what="still_wanted", now="yes" if yes else "no")
    if yes:
        set_clock(placement, case, Clock(), now())
        placement.save()
    else:
        _leave(placement, deed)
        back_to_talk(case)
    return placement


@transaction.atomic
def talk_again(case: Referral, deed: Deed) -> Referral:
    """The resident wants to talk: the case comes back to its link worker, or somebody rings.  Raises Refused."""
    back = {cases.FOLLOW_UP: wants_more, cases.UNREACHABLE: called_back, cases.CLOSED: reopen}.get(case.state)
    if back is not None:
        return back(case, deed)
    if not case.open:
        raise Refused("ended", state=case.state)
    words = wording.wants_to_talk()
    if not any(errand.words == words for errand in case.errands.filter(kind="ring_resident", done_at=None)):
        ask("ring_resident", case, words=words, limit=wd(2))
        record("referral.moved", f"referrals.Referral:{case.pk}", by=deed.by, what="talk_again")
    return case


@transaction.atomic
def tell_unsafe(case: Referral, rules: Iterable[str], deed: Deed, *, protected: bool = False, words: str = "") -> Referral:
    """What is not safe is added to what was known, at once; a person takes it up, the same day when danger is near.  Raises Refused.

    Nothing can be allowed again here: somebody else may hold the resident's telephone.
    """
    asked, told = set(rules), check_free_text(words)
    if not asked <= set(SAFE_RULES):
        raise Refused("unknown_word")
    if not (asked or protected or told):
        raise Refused("no_reason")
    resident = case.resident
    protect(resident, deed, protected=True if protected else None, safe=asked | set(resident.safe))
    if case.open:
        ask("talk", case, words=wording.told_unsafe(told), limit=wd(0) if tells_danger(told) else wd(1))
    return case


@transaction.atomic
def confirm(case: Referral, given: Iterable[Given], deed: Deed, *, safe: Iterable[str] = (), protected: bool = False) -> Referral:
    """The resident says yes to what a relative wrote: with their own permissions it goes on its way.  Raises Refused."""
    kept = locked_case(case)
    if kept.state != cases.AWAITING:
        raise Refused("answered", state=kept.state)
    protect(kept.resident, deed, protected=True if protected else None, safe=set(safe) | set(kept.resident.safe))
    permit(kept, given, deed)
    return send(kept, Deed(deed.by, RESIDENT, deed.channel, deed.key), danger_seen=True)


def _leave(placement: Placement, deed: Deed) -> None:
    """The resident does not come (any more), and what the organiser knows is deleted."""
    known = placement.state in placements.KNOWS_NAME or placement.state == placements.ENDED
    if placement.open:
        asked = placement.state in placements.LIVE
        placement.sessions.filter(state=sessions.PLANNED).update(state=sessions.CANCELLED, marked_by=deed.by)
        _alone([placement.pk])
        move(placement, placements.RECALLED, Deed(deed.by, RESIDENT, deed.channel), Change("resident_declined"))
        if asked and not known:
            tell_receiver(placement, wording.gone(placement.entry_name))
    if known and placement.deletion_asked_at is None:
        ask_deletion(placement)


def _alone(keys: Iterable[object]) -> None:
    """Nobody comes along (any more)."""
    for task in Support.objects.filter(placement__in=list(keys), state__in=support.SUPPORT.open).select_related("companion", "placement"):
        call_off_support(task, "resident_cancelled", SYSTEM_DEED)
