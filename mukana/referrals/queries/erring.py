"""Has somebody asked that a case be taken away as a mistake, and who?"""

from __future__ import annotations

from dataclasses import dataclass

from mukana.referrals.models import Errand, Referral, Transition

ASKED, KEPT = "error_asked", "error_kept"


@dataclass(frozen=True, slots=True)
class ErrorAsked:
    """The first person's word: who and why."""

    by: str
    reason: str


def asked_in_error(case: Referral) -> ErrorAsked | None:
    """The request that waits for a second person; None when there is none."""
    if not Errand.objects.filter(referral=case, kind="confirm_error", done_at=None).exists():
        return None
    last = Transition.objects.filter(referral=case, thing="case", reason__startswith=f"{ASKED}:").order_by("-number").first()
    return ErrorAsked(last.by, last.reason.partition(":")[2]) if last else None
