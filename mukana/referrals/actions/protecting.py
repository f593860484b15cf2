"""Changing how a resident may be reached: address protection and safe contact act everywhere at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from mukana.audit.actions import record
from mukana.lib import phones
from mukana.lib.clock import now
from mukana.outbox.actions.stopping import stop
from mukana.outbox.models import Message
from mukana.outbox.rules import WAITING
from mukana.referrals import wording
from mukana.referrals.actions.errands import ask
from mukana.referrals.models import Letter, Referral, Resident
from mukana.referrals.queries.same import same_people
from mukana.referrals.queries.seeing import reach_of
from mukana.referrals.rules.codes import Deed, Refused
from mukana.referrals.rules.reaching import SAFE_RULES, WAYS, check_way, usable


@transaction.atomic
def protect(resident: Resident, deed: Deed, *, protected: bool | None = None, safe: Iterable[str] | None = None) -> Resident:
    """Set address protection and the safe-contact rules, at any stage.  Raises Refused.

    With protection the address is erased, also from other referrals of the same person; views are made anew at every look,
    so it is gone from them at once; letters not yet posted lose their words, and messages by a channel now forbidden do
    not leave.
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
    if kept.protected:
        for other in same_people(kept.name, kept.phone):
            if not other.protected:
                protect(other, deed, protected=True)
    resident.refresh_from_db()
    return resident


@dataclass(frozen=True, slots=True)
class Ways:
    """By what a resident is reached; `address` None leaves the one there is, {} takes it away."""

    phone: str
    email: str
    preferred: str
    address: dict[str, str] | None = None


@transaction.atomic
def reach_safely(resident: Resident, ways: Ways, deed: Deed, *, protected: bool, safe: Iterable[str]) -> Resident:
    """What is not safe and by what one is reached, both or neither.  Raises Refused."""
    protect(resident, deed, protected=protected, safe=safe)
    return reach_by(resident, ways, deed)


@transaction.atomic
def reach_by(resident: Resident, ways: Ways, deed: Deed) -> Resident:
    """Another number, address or wished way: what waits by the old one does not leave but is told by somebody.

    Raises Refused: the last way of contact is not taken away, and a way that cannot be used is not the wished one.
    """
    if ways.preferred not in WAYS:
        raise Refused("unknown_word")
    kept = Resident.objects.select_for_update().get(pk=resident.pk)
    was = _contacts(kept)
    kept.phone, kept.email, kept.preferred = phones.normal(ways.phone), ways.email.strip(), ways.preferred
    if ways.address is not None:
        kept.address = {} if kept.protected else ways.address
    changed = [way for way, now_is in _contacts(kept).items() if was[way] != now_is]
    if not changed and ways.preferred == resident.preferred:
        return resident
    _check_reached(kept, emptied=any(was[way] for way in changed))
    kept.save(update_fields=["phone", "phone_tag", "email", "address", "preferred"])
    cases = list(Referral.objects.filter(resident=kept))
    for way in changed:
        _say_instead(cases, way, gone=not _contacts(kept)[way])
    record("referral.protected", f"referrals.Resident:{kept.pk}", by=deed.by, changed=[*changed, ways.preferred])
    resident.refresh_from_db()
    return resident


def _contacts(resident: Resident) -> dict[str, object]:
    return {"sms": resident.phone, "email": resident.email, "letter": resident.address or {}}


def _check_reached(resident: Resident, *, emptied: bool) -> None:
    """Somebody can still reach the resident, and as they wish.  (Protection alone may take the address away.)"""
    if emptied and not any(_contacts(resident).values()):
        raise Refused("nobody_to_reach")
    if resident.preferred not in usable(reach_of(resident)):
        raise Refused("way_not_usable", way=resident.preferred)


def _say_instead(cases: list[Referral], way: str, *, gone: bool) -> None:
    """What a message that has not left would have said is somebody's errand to tell; a letter goes to the new address."""
    if way == "letter":
        if gone:
            for letter in Letter.objects.filter(referral__in=cases, posted_at=None).exclude(text="").select_related("referral"):
                ask("ring_resident", letter.referral, words=wording.to_say(letter.text))
            _stop(cases, way)
        return
    named = {f"referrals.Referral:{case.pk}": case for case in cases}
    waiting = Message.objects.filter(about__in=named, kind="referrals.resident", channel=way, state__in=WAITING)
    for message in waiting.exclude(next_at=None):
        ask("ring_resident", named[message.about], words=wording.to_say(message.text))
    _stop(cases, way)


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
    stop(Message.objects.filter(about__in=names, kind="referrals.resident", channel=way))
