"""A receiver answers: by link without an account, or by phone through staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from mukana.audit.actions import read
from mukana.lib.clock import now
from mukana.referrals import wording
from mukana.referrals.actions.errands import ask, finish
from mukana.referrals.actions.moving import Change, move
from mukana.referrals.actions.offering import back_to_talk
from mukana.referrals.actions.telling import digest, new_token, tell_receiver, tell_resident, view_url
from mukana.referrals.models import Placement
from mukana.referrals.queries.seeing import view_for
from mukana.referrals.rules import placements
from mukana.referrals.rules.codes import COORDINATOR, RECEIVER, Deed, Refused
from mukana.referrals.rules.disclosure import PREVIEW
from mukana.referrals.rules.writing import check_free_text


@dataclass(frozen=True, slots=True)
class Offer:
    """What an offer's link shows before the yes: no name."""

    placement: Placement
    fields: dict[str, object]


def look(token: str) -> Offer:
    """The preview; looking uses nothing up.  Raises Refused: unknown, answered, recalled, withdrawn."""
    placement = Placement.objects.select_related("referral__resident", "referral__area").filter(offer_digest=digest(token)).first()
    if placement is None:
        raise Refused("unknown")
    if placement.state != placements.REQUESTED:
        raise Refused(why_dead(placement))
    return Offer(placement, view_for(PREVIEW, placement, now()))


def why_dead(placement: Placement) -> str:
    """Why a link opens nothing."""
    if placement.state != placements.RECALLED:
        return "answered"
    return "withdrawn" if placement.reason == "withdrawn" else "recalled"


def by_link(token: str) -> Deed:
    """The receiver's own deed, through the link."""
    return Deed(f"link:{digest(token)[:16]}", RECEIVER, "link")


@transaction.atomic
def accept(placement: Placement, deed: Deed) -> str:
    """The receiver's yes.  Gives the secret of the page that shows the name; the offer's link is dead.  Raises Refused.

    Of a yes by phone the receiver gets the page's link in a message.
    """
    token, kept = new_token()
    _check_alive(placement)
    if not move(placement, placements.ACCEPTED, deed, Change(facts={"view_digest": kept, "answered_at": now()})):
        raise Refused("answered")
    if deed.channel != "link":
        tell_receiver(placement, wording.view_ready(placement.entry_name, view_url(token)), kind="referrals.offer")
    return token


@transaction.atomic
def decline(placement: Placement, reason: str, deed: Deed, *, counter_proposal: str = "") -> Placement:
    """The receiver's no, with a reason: the coordinator acts within two working days.  Raises Refused."""
    placements.check_reason(placements.DECLINED, reason)
    words = check_free_text(counter_proposal)
    _check_alive(placement)
    if move(placement, placements.DECLINED, deed, Change(reason, facts={"counter_proposal": words, "answered_at": now()})):
        ask("act_on_decline", placement.referral, placement, words=words, queue=COORDINATOR, limit=placements.ACT_ON_DECLINE)
        back_to_talk(placement.referral)
    return placement


@transaction.atomic
def waitlist(placement: Placement, deed: Deed) -> Placement:
    """There is room later.  Raises Refused."""
    _check_alive(placement)
    move(placement, placements.WAITLISTED, deed, Change(facts={"answered_at": now()}))
    return placement


@transaction.atomic
def see(token: str) -> tuple[Placement, dict[str, object]]:
    """Whom to expect, after the yes; every look is written down.  Raises Refused: unknown, withdrawn, recalled, over."""
    placement = Placement.objects.select_related("referral__resident", "referral__area").filter(view_digest=digest(token)).first()
    if placement is None:
        raise Refused("unknown")
    if placement.state == placements.RECALLED:
        raise Refused(why_dead(placement))
    if not placement.open and placement.ended_at and placement.ended_at + timedelta(days=placements.COPY_KEPT_DAYS) < now():
        raise Refused("over")
    fields = view_for(RECEIVER, placement, now())
    read(placement.referral.resident, by=f"link:{digest(token)[:16]}", fields=sorted(fields), purpose="receiver")
    return placement, fields


@transaction.atomic
def confirm_deletion(placement: Placement, deed: Deed) -> Placement:
    """The receiver has deleted what it had of the resident."""
    errand = placement.errands.filter(kind="deletion_confirmed", done_at=None).first()
    if errand is not None:
        finish(errand, "deleted", deed)
    placement.refresh_from_db()
    return placement


@transaction.atomic
def still_wanted(placement: Placement, deed: Deed) -> None:
    """Ask the resident on a waiting list by their own channel whether they still want the place."""
    tell_resident(placement.referral, "still_wanted", wording.still_waiting(placement.entry_name))
    for errand in placement.errands.filter(kind="still_wanted", done_at=None):
        finish(errand, "asked", deed)


def _check_alive(placement: Placement) -> None:
    placement.refresh_from_db()
    if placement.state == placements.RECALLED:
        raise Refused(why_dead(placement))
