"""What is open to whoever sends a text message from a number, and who it could be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from mukana.attendance.rules import EARLY
from mukana.directory.models import Entry
from mukana.lib.blind import phone_key, tags_of
from mukana.referrals.models import Companion, Placement, Referral, Resident, Support, SupportOffer
from mukana.referrals.queries.together import may_say, was_asked
from mukana.referrals.rules import cases, placements, sessions
from mukana.referrals.rules.support import ACCEPTED, ASK_WITHIN, MET
from mukana.referrals.rules.texting import ALONG, COMPANY, MARK, NO, OFFER, WHY, Question, answer_to
from mukana.upkeep.queries.contact import contact_of

KNOWN_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Open:
    """A question and the row it is about."""

    question: Question
    placement: Placement
    offer: SupportOffer | None = None
    support: Support | None = None


def open_to(number: str, now: datetime) -> list[Open]:
    """Everything the holder of the number has been asked and has not answered."""
    return [*_marks(number, now), *_offers(number), *_company(number), *_whys(number), *_alongs(number, now)]


def lets_go(number: str, text: str, now: datetime) -> Support | None:
    """The one visit ahead that the sender has promised to come along to, when the words say no; None when it is not clear."""
    if answer_to(COMPANY, text) != NO:
        return None
    ahead = Support.objects.filter(state__in=(ACCEPTED, MET), starts_at__gt=now, companion__in=companions_of(number))
    rows = list(ahead.select_related("placement__referral__resident", "companion", "backup")[:2])
    return rows[0] if len(rows) == 1 else None


def answered_yes(case: Referral) -> bool:
    """Has a receiver of the case said yes, and is nothing asked of one any more?"""
    return case.placements.filter(state__in=sorted(placements.KNOWS_NAME)).exists()


def case_known_by(number: str, now: datetime) -> tuple[Referral, str] | None:
    """A case in which the number is known, and whose it is (resident, receiver, companion); None when nobody's."""
    if case := _residents_case(number):
        return case, "resident"
    recent = Placement.objects.filter(answered_at__gt=now - KNOWN_FOR) | Placement.objects.filter(state__in=sorted(placements.LIVE))
    placement = _receivers(recent, number).select_related("referral").order_by("-requested_at").first()
    if placement is not None:
        return placement.referral, "receiver"
    offers = SupportOffer.objects.filter(at__gt=now - KNOWN_FOR, companion__in=companions_of(number))
    offer = offers.select_related("support__placement__referral").order_by("at", "pk").first()
    return (offer.support.placement.referral, "companion") if offer else None


def _marks(number: str, now: datetime) -> list[Open]:
    begun = Placement.objects.filter(state=placements.SCHEDULED, sessions__state=sessions.PLANNED, sessions__starts_at__lte=now + EARLY)
    rows = _receivers(begun, number).select_related("referral__resident").order_by("sessions__starts_at")
    return [Open(Question(MARK, str(row.pk)), row) for row in rows]


def _offers(number: str) -> list[Open]:
    asked = _receivers(Placement.objects.filter(state=placements.REQUESTED), number).select_related("referral__resident")
    return [Open(Question(OFFER, str(row.pk)), row) for row in asked]


def _company(number: str) -> list[Open]:
    asked = SupportOffer.objects.filter(state="offered", companion__in=companions_of(number))
    rows = asked.select_related("companion", "support__placement__referral__resident")
    return [Open(Question(COMPANY, str(row.pk)), row.support.placement, row) for row in rows]


def _whys(number: str) -> list[Open]:
    missed = Placement.objects.filter(state=placements.MISSED_FIRST, referral__resident__in=_residents(number))
    return [Open(Question(WHY, str(row.pk)), row) for row in missed.select_related("referral__resident", "referral__link_worker")]


def _alongs(number: str, now: datetime) -> list[Open]:
    theirs = Support.objects.filter(placement__referral__resident__in=_residents(number))
    rows = theirs.filter(starts_at__gt=now - ASK_WITHIN, starts_at__lte=now).select_related("placement__referral__resident")
    return [Open(Question(ALONG, str(row.pk)), row.placement, None, row) for row in rows if was_asked(row) and may_say(row, now)]


def _receivers(rows: QuerySet[Placement], number: str) -> QuerySet[Placement]:
    """Those whose organiser has the number: each entry is asked once, and nothing of a resident is opened for it."""
    entries = Entry.objects.filter(pk__in=rows.exclude(entry=None).order_by().values("entry")).select_related("organisation")
    return rows.filter(entry__in=[one.pk for one in entries if contact_of(one).mobile == number])


def _residents(number: str) -> list[UUID]:
    """Whose number it is: found by its digest, then compared."""
    near = Resident.objects.filter(phone_tag__in=tags_of(Resident, "phone_tag", number)).only("pk", "phone")
    return [one.pk for one in near if phone_key(one.phone) == number]


def companions_of(number: str) -> list[UUID]:
    """Whose number it is among those who come along."""
    near = Companion.objects.filter(phone_tag__in=tags_of(Companion, "phone_tag", number)).only("pk", "phone")
    return [one.pk for one in near if phone_key(one.phone) == number]


def _residents_case(number: str) -> Referral | None:
    found = Referral.objects.filter(resident__in=_residents(number), state__in=sorted(cases.CASE.open))
    return found.select_related("resident", "link_worker").order_by("-made_at", "-pk").first()
