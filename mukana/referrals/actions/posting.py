"""Letters are printed and posted, each once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from mukana.audit.actions import read
from mukana.lib.clock import now
from mukana.referrals.actions.errands import finish
from mukana.referrals.models import Letter
from mukana.referrals.queries.seeing import reach_of
from mukana.referrals.rules.codes import Deed, Refused
from mukana.referrals.rules.reaching import LETTER, check_way


@transaction.atomic
def printed(letters: Iterable[Letter], deed: Deed) -> None:
    """Somebody prints them: each is one look at the resident's name and address.  Raises Refused: forbidden_channel."""
    for letter in letters:
        check_way(reach_of(letter.referral.resident), LETTER)
        read(letter.referral.resident, by=deed.by, fields=["name", "address", "letter"], purpose="letter")


@transaction.atomic
def post(letter: Letter, deed: Deed) -> Letter:
    """It has been posted, and its errand is done.  Raises Refused: done_already, forbidden_channel."""
    kept = Letter.objects.select_for_update().select_related("referral__resident").get(pk=letter.pk)
    if kept.posted_at is not None:
        raise Refused("done_already")
    check_way(reach_of(kept.referral.resident), LETTER)
    kept.posted_at = now()
    kept.save(update_fields=["posted_at"])
    for errand in kept.referral.errands.filter(kind="post_letter", done_at=None):
        if errand.words == kept.text:
            finish(errand, "posted", deed)
            break
    return kept
