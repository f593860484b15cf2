"""What is open to whoever sends a text message from a number, and who it could be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mukana.attendance.rules import EARLY
from mukana.lib.phones import normal
from mukana.referrals.models import Placement, Referral, Resident, SupportOffer
from mukana.referrals.rules import cases, placements, sessions
from mukana.referrals.rules.texting import COMPANY, MARK, OFFER, WHY, Question
from mukana.upkeep.queries.contact import contact_of

KNOWN_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Open:
    """A question and the row it is about."""

    question: Question
    placement: Placement
    offer: SupportOffer | None = None


def open_to(number: str, now: datetime) -> list[Open]:
    """Everything the holder of the number has been asked and has not answered."""
    return [*_marks(number, now), *_offers(number), *_company(number), *_whys(number)]


def case_known_by(number: str, now: datetime) -> tuple[Referral, str] | None:
    """A case in which the number is known, and whose it is (resident, receiver, companion); None when nobody's."""
    if case := _residents_case(number):
        return case, "resident"
    recent = Placement.objects.filter(answered_at__gt=now - KNOWN_FOR) | Placement.objects.filter(state__in=sorted(placements.LIVE))
    for placement in recent.select_related("entry__organisation", "referral").order_by("-requested_at"):
        if _is_receivers(placement, number):
            return placement.referral, "receiver"
    for offer in SupportOffer.objects.filter(at__gt=now - KNOWN_FOR).select_related("companion", "support__placement__referral"):
        if normal(offer.companion.phone) == number:
            return offer.support.placement.referral, "companion"
    return None


def _marks(number: str, now: datetime) -> list[Open]:
    begun = Placement.objects.filter(state=placements.SCHEDULED, sessions__state=sessions.PLANNED, sessions__starts_at__lte=now + EARLY)
    rows = begun.select_related("entry__organisation", "referral__resident").order_by("sessions__starts_at")
    return [Open(Question(MARK, str(row.pk)), row) for row in rows if _is_receivers(row, number)]


def _offers(number: str) -> list[Open]:
    asked = Placement.objects.filter(state=placements.REQUESTED).select_related("entry__organisation", "referral__resident")
    return [Open(Question(OFFER, str(row.pk)), row) for row in asked if _is_receivers(row, number)]


def _company(number: str) -> list[Open]:
    asked = SupportOffer.objects.filter(state="offered").select_related("companion", "support__placement__referral__resident")
    return [Open(Question(COMPANY, str(row.pk)), row.support.placement, row) for row in asked if normal(row.companion.phone) == number]


def _whys(number: str) -> list[Open]:
    missed = Placement.objects.filter(state=placements.MISSED_FIRST).select_related("referral__resident", "referral__link_worker")
    return [Open(Question(WHY, str(row.pk)), row) for row in missed if normal(row.referral.resident.phone) == number]


def _is_receivers(placement: Placement, number: str) -> bool:
    return placement.entry is not None and contact_of(placement.entry).mobile == number


def _residents_case(number: str) -> Referral | None:
    """Numbers are sealed, so they are opened one after another; text messages that answer nothing are rare."""
    people = Resident.objects.filter(referrals__state__in=sorted(cases.CASE.open)).exclude(phone="").distinct().only("pk", "phone")
    key = next((one.pk for one in people.iterator() if normal(one.phone) == number), None)
    found = Referral.objects.filter(resident=key, state__in=sorted(cases.CASE.open)).select_related("resident", "link_worker")
    return found.order_by("-made_at").first() if key else None
