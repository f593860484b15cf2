"""Offering a resident to a receiver, and taking the offer back."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import IntegrityError, transaction

from mukana.directory.models import Entry
from mukana.directory.queries.freshness import referable
from mukana.lib.clock import now, today
from mukana.lib.composed import Composed, Hole
from mukana.lib.deeds import whole
from mukana.lib.quickrows import insert_row, update_row
from mukana.referrals import wording
from mukana.referrals.actions.moving import CHAIN, Change, Clock, Step, chained, locked_case, move, set_clock
from mukana.referrals.actions.supporting import call_off_support
from mukana.referrals.actions.telling import new_token, offer_url, tell_receiver
from mukana.referrals.actions.unplanning import unplan
from mukana.referrals.models import Placement, Referral, Support
from mukana.referrals.queries.seeing import is_permitted
from mukana.referrals.rules import cases, placements
from mukana.referrals.rules.clocks import due
from mukana.referrals.rules.codes import SYSTEM_DEED, Deed, Refused
from mukana.referrals.rules.support import SUPPORT
from mukana.upkeep.actions.doubting import doubt

_EVER = datetime(2000, 1, 1, tzinfo=UTC)
_ALONG = Composed(lambda: Support.objects.filter(placement=Hole("placement"), state__in=SUPPORT.open).select_related("companion"))
_LIVE = Composed(lambda: Placement.objects.filter(referral=Hole("case"), state__in=placements.LIVE))
_ANSWERED = Composed(
    lambda: (
        Placement.objects.filter(entry=Hole("entry"), answered_at__isnull=False)
        .order_by("-answered_at")
        .values_list("answered_at", flat=True)
    )
)
_SILENT = Composed(
    lambda: Placement.objects.filter(
        entry=Hole("entry"), state=placements.RECALLED, reason="silent", requested_at__gt=Hole("since")
    ).values_list("pk", flat=True)
)


@whole
def propose(case: Referral, entry: Entry, deed: Deed) -> Placement:
    """Think of an entry for the resident; nobody outside knows yet.  Raises Refused: an expired entry's own reason too."""
    kept = locked_case(case)
    if not kept.open:
        raise Refused("ended", state=kept.state)
    if not is_permitted(kept, "referral", now()):
        raise Refused("no_permission")
    if kept.state not in cases.CAN_OFFER:
        raise Refused("not_in_dialogue", state=kept.state)
    if refusal := referable(entry, today()):
        raise Refused(refusal.code, why=refusal.why)
    placement = Placement(referral=kept, entry=entry, entry_name=str(entry)[:200], state=placements.PROPOSED)
    set_clock(placement, kept, Clock(), now())
    try:
        with transaction.atomic():
            insert_row(placement)
    except IntegrityError as error:
        raise Refused("offered_already") from error
    insert_row(chained(kept, Step("placement", placement.pk, "", placements.PROPOSED), deed, now()))
    update_row(kept, CHAIN)
    return placement


@whole
def request(placement: Placement, deed: Deed) -> str:
    """Send the offer: a link that shows no name.  Gives the link's secret.  Raises Refused: without permission nothing leaves."""
    case = placement.referral
    if placement.entry is None:
        raise Refused("entry_gone")
    if not is_permitted(case, "referral", now()):
        raise Refused("no_permission")
    if not is_permitted(case, "receiver", now(), placement.entry_id):
        raise Refused("no_permission_for_receiver")
    if refusal := referable(placement.entry, today()):
        raise Refused(refusal.code, why=refusal.why)
    token, kept = new_token()
    if move(placement, placements.REQUESTED, deed, Change(facts={"offer_digest": kept, "requested_at": now()})):
        until = due(now(), placements.WATCHES[placements.REQUESTED].limit, urgent=case.urgent)
        tell_receiver(
            placement, wording.offer(case, placement.entry_name, offer_url(token), until), kind="referrals.offer", valid_until=until
        )
    return token


@whole
def recall(placement: Placement, reason: str, deed: Deed) -> Placement:
    """Take the offer back: its link dies at once, the receiver is told, and so is the resident of an agreed day.  Raises Refused."""
    placements.check_reason(placements.RECALLED, reason)
    known = placement.state in placements.LIVE
    if move(placement, placements.RECALLED, deed, Change(reason)) and known:
        tell_receiver(placement, wording.gone(placement.entry_name))
    unplan(placement, reason, deed)
    nobody_along(placement, deed)
    back_to_talk(placement.referral)
    return placement


@whole
def end(placement: Placement, reason: str, deed: Deed) -> Placement:
    """The person does not come any more, with the reason.  Raises Refused."""
    placements.check_reason(placements.ENDED, reason)
    move(placement, placements.ENDED, deed, Change(reason))
    unplan(placement, reason, deed)
    nobody_along(placement, deed)
    back_to_talk(placement.referral)
    return placement


def nobody_along(placement: Placement, deed: Deed) -> None:
    """Nobody goes there any more: whoever was coming along is told, and sees no name."""
    for task in _ALONG.all(placement=placement.pk):
        task.placement = placement
        call_off_support(task, "case_ended", deed)


def back_to_talk(case: Referral) -> None:
    """When nothing planned is left, the case comes back to its link worker within two working days."""
    kept = locked_case(case)
    if kept.state not in (cases.PLANNED, cases.ACTIVE) or kept.own_path:
        return
    if not _LIVE.exists(case=kept.pk):
        move(kept, cases.IN_DIALOGUE, SYSTEM_DEED, Change(clock=Clock(limit=cases.BACK_TO_TALK)))


def doubt_silent(placement: Placement) -> None:
    """Two offers in a row that nobody answered make the entry doubtful: is anybody there?"""
    if placement.entry is None:
        return
    since = _ANSWERED.first(entry=placement.entry_id) or _EVER
    if len(_SILENT.all(entry=placement.entry_id, since=since)) >= placements.SILENCES_TO_DOUBT:
        doubt(placement.entry, "referrals", by="system")
