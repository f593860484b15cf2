"""A receiver answers: by link without an account, or by phone through staff."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.conf import settings

from mukana.audit.actions import read
from mukana.lib.clock import now
from mukana.lib.composed import Composed, Hole
from mukana.lib.deeds import whole
from mukana.referrals import wording
from mukana.referrals.actions.errands import ask, finish
from mukana.referrals.actions.moving import Change, move, renew
from mukana.referrals.actions.offering import back_to_talk
from mukana.referrals.actions.telling import can_write, digest, tell_receiver, tell_resident, view_url
from mukana.referrals.models import Errand, Placement
from mukana.referrals.queries.seeing import is_permitted, view_for
from mukana.referrals.rules import placements
from mukana.referrals.rules.codes import COORDINATOR, RECEIVER, Deed, Refused
from mukana.referrals.rules.disclosure import PREVIEW
from mukana.referrals.rules.writing import check_words

_RINGS = Composed(lambda: Errand.objects.filter(placement=Hole("placement"), kind="ring_receiver", done_at=None))


@dataclass(frozen=True, slots=True)
class Offer:
    """What an offer's link shows before the yes: no name."""

    placement: Placement
    fields: dict[str, object]


def look(token: str) -> Offer:
    """The preview; looking uses nothing up, and is written down.  Raises Refused: unknown, answered, recalled, withdrawn."""
    placement = Placement.objects.select_related("referral__resident", "referral__area").filter(offer_digest=digest(token)).first()
    if placement is None:
        raise Refused("unknown")
    if placement.state != placements.REQUESTED:
        raise Refused(why_dead(placement))
    _check_permitted(placement)
    fields = view_for(PREVIEW, placement, now())
    read(placement.referral.resident, by=by_link(token).by, fields=sorted(fields), purpose="preview")
    return Offer(placement, fields)


def why_dead(placement: Placement) -> str:
    """Why a link opens nothing."""
    if placement.state != placements.RECALLED:
        return "answered"
    return "withdrawn" if placement.reason == "withdrawn" else "recalled"


def offered(token: str) -> Placement:
    """The placement an offer's link was made for, answered or not.  Raises Refused: unknown."""
    placement = Placement.objects.select_related("referral__resident", "referral__area").filter(offer_digest=digest(token)).first()
    if placement is None:
        raise Refused("unknown")
    return placement


def by_link(token: str, key: str = "") -> Deed:
    """The receiver's own deed, through the link."""
    return Deed(f"link:{digest(token)[:16]}", RECEIVER, "link", key)


@whole
def accept(placement: Placement, deed: Deed) -> str:
    """The receiver's yes.  Gives the secret of the page that shows the name; the offer's link is dead.  Raises Refused.

    The receiver gets the page's link in a message too, so that it is found again.  The same form sent twice gives the same
    secret, so that a double click ends at the page; another device, with a form of its own, finds the link dead.
    """
    token = _secret_of(placement)
    _check_alive(placement)
    if not move(placement, placements.ACCEPTED, deed, Change(facts={"view_digest": digest(token), "answered_at": now()})):
        return token
    _rung(placement, deed)
    _send_page(placement, token, deed)
    return token


@whole
def decline(placement: Placement, reason: str, deed: Deed, *, counter_proposal: str = "") -> Placement:
    """The receiver's no, with a reason: the coordinator acts within two working days.  Raises Refused."""
    placements.check_reason(placements.DECLINED, reason)
    words = check_words(counter_proposal)
    _check_alive(placement)
    if move(placement, placements.DECLINED, deed, Change(reason, facts={"counter_proposal": words, "answered_at": now()})):
        _rung(placement, deed)
        ask("act_on_decline", placement.referral, placement, words=words, queue=COORDINATOR, limit=placements.ACT_ON_DECLINE)
        back_to_talk(placement.referral)
    return placement


@whole
def waitlist(placement: Placement, deed: Deed) -> str:
    """There is room later.  Gives the secret of the page where the receiver tells when there is.  Raises Refused."""
    token = _secret_of(placement)
    _check_alive(placement)
    facts = {"view_digest": digest(token), "answered_at": now()}
    if not move(placement, placements.WAITLISTED, deed, Change(facts=facts)):
        return token
    _rung(placement, deed)
    _send_page(placement, token, deed)
    return token


def viewed(token: str) -> Placement:
    """The placement a receiver's page was made for, whatever it shows now.  Raises Refused: unknown."""
    placement = Placement.objects.select_related("referral__resident", "referral__area", "entry").filter(view_digest=digest(token)).first()
    if placement is None:
        raise Refused("unknown")
    return placement


@whole
def see(token: str) -> tuple[Placement, dict[str, object]]:
    """Whom to expect, after the yes; every look is written down.  Raises Refused: unknown, withdrawn, recalled, answered, over.

    On the waiting list no more is shown than before the answer.
    """
    placement = viewed(token)
    check_shown(placement)
    waiting = placement.state == placements.WAITLISTED
    fields = view_for(PREVIEW if waiting else RECEIVER, placement, now())
    read(placement.referral.resident, by=by_link(token).by, fields=sorted(fields), purpose="receiver")
    return placement, fields


def check_shown(placement: Placement) -> None:
    """May the receiver's page still show anything?  Raises Refused: withdrawn, recalled, answered, over."""
    if placement.state in (placements.RECALLED, placements.DECLINED):
        raise Refused(why_dead(placement))
    _check_permitted(placement)
    if not placement.open and placement.ended_at and placement.ended_at + timedelta(days=placements.COPY_KEPT_DAYS) < now():
        raise Refused("over")


@whole
def confirm_deletion(placement: Placement, deed: Deed) -> Placement:
    """The receiver has deleted what it had of the resident."""
    errand = placement.errands.filter(kind="deletion_confirmed", done_at=None).first()
    if errand is not None:
        finish(errand, "deleted", deed)
    placement.refresh_from_db()
    return placement


@whole
def still_wanted(placement: Placement, deed: Deed) -> None:
    """Ask the resident on a waiting list by their own channel whether they still want the place."""
    tell_resident(placement.referral, "still_wanted", wording.still_wanted(placement.referral, placement.entry_name))
    for errand in placement.errands.filter(kind="still_wanted", done_at=None):
        finish(errand, "asked", deed)


def send_view(placement: Placement, token: str) -> str:
    """The page's own link to the organiser's known address, so that it is found again.  Gives the channel, "" when none."""
    if placement.state not in placements.KNOWS_NAME:
        raise Refused("closed")
    return tell_receiver(placement, _ready(placement, token), kind="referrals.offer")


@whole
def send_again(placement: Placement) -> str:
    """The same from the answered offer's link, where the page's secret is not at hand.  Gives the channel.  Raises Refused."""
    check_shown(placement)
    token = _secret_of(placement)
    if has_page(placement) and digest(token) != placement.view_digest:  # the site's key has changed since
        placement.view_digest = digest(token)
        placement.save(update_fields=["view_digest"])
    return send_view(placement, token)


def has_page(placement: Placement) -> bool:
    """Has the offer been taken, so that there is a page of whom to expect?"""
    return placement.state in placements.KNOWS_NAME


def _send_page(placement: Placement, token: str, deed: Deed) -> None:
    """Who answered by link stands on the page already: without an address nobody needs to ring."""
    if deed.channel != "link" or can_write(placement):
        tell_receiver(placement, _ready(placement, token), kind="referrals.offer")


def _ready(placement: Placement, token: str) -> str:
    ready = wording.queue_ready if placement.state == placements.WAITLISTED else wording.view_ready
    return ready(placement.entry_name, view_url(token))


def _secret_of(placement: Placement) -> str:
    """The secret of the placement's page: one for each offer, known only here and in the message."""
    made = hmac.new(settings.SECRET_KEY.encode(), f"view:{placement.pk}:{placement.offer_digest}".encode(), sha256)
    return made.hexdigest()[:32]


def _rung(placement: Placement, deed: Deed) -> None:
    """Nobody needs to ring a receiver who has answered."""
    for errand in _RINGS.all(placement=placement.pk):
        finish(errand, "answered", deed)


def _check_permitted(placement: Placement) -> None:
    """The permission to tell this receiver stands.  Raises Refused."""
    if not is_permitted(placement.referral, "receiver", now(), placement.entry_id):
        raise Refused("withdrawn")


def _check_alive(placement: Placement) -> None:
    renew(placement)
    if placement.state == placements.RECALLED:
        raise Refused(why_dead(placement))
