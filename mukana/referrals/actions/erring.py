"""A case that ought not to be: one person asks, another one confirms, and only then it is hidden.

The asking is a link of the case's own chained history, so nobody can have asked unseen.
"""

from __future__ import annotations

from django.db import transaction

from mukana.lib.clock import now
from mukana.referrals.actions import ending
from mukana.referrals.actions.errands import ask, finish
from mukana.referrals.actions.moving import Step, chained, locked_case
from mukana.referrals.models import Errand, Referral, Transition
from mukana.referrals.queries.erring import ASKED, KEPT, asked_in_error
from mukana.referrals.queries.turns import turns_on
from mukana.referrals.rules.cases import ERROR_REASONS
from mukana.referrals.rules.codes import COORDINATOR, DEPUTY, LEAD, Deed, Refused


@transaction.atomic
def ask_error(case: Referral, reason: str, deed: Deed) -> Errand:
    """The first person says so; a coordinator who is somebody else gets the errand.  Raises Refused."""
    if reason not in ERROR_REASONS:
        raise Refused("unknown_reason", reason=reason)
    kept = locked_case(case)
    if asked_in_error(kept) is not None:
        raise Refused("error_asked")
    _note(kept, f"{ASKED}:{reason}", deed)
    return ask("confirm_error", kept, queue=_somebody_else(kept, deed.by))


@transaction.atomic
def confirm_error(case: Referral, deed: Deed) -> Referral:
    """The second person agrees: hidden for all, its history stays.  Raises Refused: nothing asked, or the same person."""
    kept = locked_case(case)
    asked = asked_in_error(kept)
    if asked is None:
        raise Refused("done_already")
    ending.entered_in_error(case, asked.reason, deed, second=asked.by)
    return case


@transaction.atomic
def refuse_error(case: Referral, deed: Deed) -> Referral:
    """It was no mistake after all; whoever asked may say so too.  Raises Refused."""
    kept = locked_case(case)
    if asked_in_error(kept) is None:
        raise Refused("done_already")
    for errand in kept.errands.filter(kind="confirm_error", done_at=None):
        finish(errand, "kept", deed)
    _note(kept, KEPT, deed)
    case.refresh_from_db()
    return case


def _note(case: Referral, reason: str, deed: Deed) -> None:
    """A link of the history that moves nothing."""
    link: Transition = chained(case, Step("case", case.pk, case.state, case.state, reason), deed, now())
    link.key = deed.key or None
    link.save(force_insert=True)
    case.save(update_fields=["chain", "chain_hash"])


def _somebody_else(case: Referral, by: str) -> str:
    """The first queue of the area whose person did not ask."""
    turns = turns_on(now().date())
    return next((queue for queue in (COORDINATOR, DEPUTY, LEAD) if str(turns.person(queue, case)) != by), LEAD)
