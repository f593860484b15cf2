"""Changing how a resident may be reached: address protection and safe contact act everywhere at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from mukana.audit.actions import record
from mukana.lib import phones
from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.outbox.rules import QUEUED
from mukana.referrals.actions.errands import ask
from mukana.referrals.models import Letter, Referral, Resident
from mukana.referrals.queries.seeing import reach_of
from mukana.referrals.rules.codes import Deed, Refused
from mukana.referrals.rules.reaching import SAFE_RULES, WAYS, check_way


@transaction.atomic
def protect(resident: Resident, deed: Deed, *, protected: bool | None = None, safe: Iterable[str] | None = None) -> Resident:
    """Set address protection and the safe-contact rules, at any stage.  Raises Refused.

    With protection the address is erased; views are made anew at every look, so it is gone from them at once; letters not
    yet posted lose their words, and messages by a channel now forbidden do not leave.
    """
    kept = Resident.objects.select_for_update().get(pk=resident.pk)
    if safe is not None:
        rules = sorted(set(safe))
        if not set(rules) <= set(SAFE_RULES):
            raise Refused("unknown_word")
        kept.safe, kept.safe_asked = rules, True
    if protected is not None:
        kept.protected = protected
    if kept.protected:
        kept.address = {}
    kept.save()
    _stop_forbidden(kept)
    record("referral.protected", f"referrals.Resident:{kept.pk}", by=deed.by, protected=kept.protected, safe=kept.safe)
    resident.refresh_from_db()
    return resident


@transaction.atomic
def reach_by(resident: Resident, deed: Deed, *, phone: str, email: str, preferred: str) -> Resident:
    """Another number, address or wished way: what waits by the old one does not leave but is told by somebody.  Raises Refused."""
    if preferred not in WAYS:
        raise Refused("unknown_word")
    kept = Resident.objects.select_for_update().get(pk=resident.pk)
    was = {"sms": kept.phone, "email": kept.email}
    kept.phone, kept.email, kept.preferred = phones.normal(phone), email.strip(), preferred
    changed = [way for way, now_is in (("sms", kept.phone), ("email", kept.email)) if was[way] != now_is]
    if not changed and preferred == resident.preferred:
        return resident
    kept.save(update_fields=["phone", "email", "preferred"])
    cases = list(Referral.objects.filter(resident=kept))
    for way in changed:
        _say_instead(cases, way)
        _stop(cases, way)
    record("referral.protected", f"referrals.Resident:{kept.pk}", by=deed.by, changed=[*changed, preferred])
    resident.refresh_from_db()
    return resident


def _say_instead(cases: list[Referral], way: str) -> None:
    """What a message that has not left would have said is somebody's errand to tell."""
    named = {f"referrals.Referral:{case.pk}": case for case in cases}
    for message in Message.objects.filter(about__in=named, kind="referrals.resident", channel=way, state=QUEUED):
        ask("ring_resident", named[message.about], words=message.text)


def _stop_forbidden(resident: Resident) -> None:
    reach = reach_of(resident)
    cases = list(Referral.objects.filter(resident=resident))
    for way in ("sms", "email", "letter"):
        try:
            check_way(reach, way)
        except Refused:
            _stop(cases, way)


def _stop(cases: list[Referral], way: str) -> None:
    if way == "letter":
        Letter.objects.filter(referral__in=cases, posted_at=None).update(text="")
        for case in cases:
            case.errands.filter(kind="post_letter", done_at=None).update(
                done_at=now(),
                done_by="system",
                result="forbidden_channel",
                owner="",
                owner_person=None,
                due_at=None,
                next_step_at=None,
                words="",
            )
        return
    names = [f"referrals.Referral:{case.pk}" for case in cases]
    waiting = Message.objects.filter(about__in=names, kind="referrals.resident", channel=way, state=QUEUED)
    waiting.update(state="failed", next_at=None, problem="forgotten", text="", subject="", to="", erased_at=now())
