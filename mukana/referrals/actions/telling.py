"""The only doors out: to a resident by a safe way, to a receiver, a companion, a referrer, staff."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Unpack
from uuid import UUID

from django.conf import settings

from mukana.accounts.models import Person
from mukana.lib.clock import now
from mukana.lib.composed import Composed, Hole
from mukana.lib.phones import normal
from mukana.outbox.actions import send_email, send_sms
from mukana.outbox.actions.queueing import Delivery
from mukana.outbox.actions.stopping import stop as stop_messages
from mukana.outbox.models import Message
from mukana.outbox.rules import WAITING
from mukana.referrals import secrets, subjects, wording
from mukana.referrals.actions.errands import ask, drop_kind
from mukana.referrals.labels import said
from mukana.referrals.models import Companion, Feedback, Letter, Placement, Referral
from mukana.referrals.models.feedback import CORRECTED, VISITS
from mukana.referrals.queries.seeing import is_permitted, reach_of
from mukana.referrals.rules.clocks import wd
from mukana.referrals.rules.codes import COMPANIONS, COORDINATOR
from mukana.referrals.rules.reaching import EMAIL, LETTER, SMS, check_way, usable, way_for
from mukana.upkeep.queries.contact import MOBILE, channel_of, contact_of

_ADDRESS = Composed(lambda: Person.objects.filter(pk=Hole("person"), active=True).values_list("email", flat=True))
LINKED = frozenset({"receipt", "plan", "first_session", "not_reached", "still_wanted"})  # what has the way to the own page in it


def tell_resident(case: Referral, kind: str, text: str, *, urgent: bool = False, **delivery: Unpack[Delivery]) -> str:
    """Tell the resident in a way that is safe and wished: gives the way.  A call or a letter becomes somebody's errand.

    What goes to the resident's own safe channel carries the link of their page; nobody else gets it.  A message's `key` is
    its own name: it goes once, and can be stopped while it waits.  After `valid_until` it is not true any more.
    """
    resident = case.resident
    reach = reach_of(resident)
    way = way_for(reach, urgent=urgent)
    check_way(reach, way)
    if way == SMS:
        send_sms(to=resident.phone, text=_with_link(case, kind, text), kind="referrals.resident", about=about(case), **delivery)
    elif way == EMAIL:
        words = _with_link(case, kind, text)
        send_email(to=resident.email, subject=_subject(case, kind), text=words, kind="referrals.resident", about=about(case), **delivery)
    elif way == LETTER:
        words = _with_code(case, kind, text)
        Letter.objects.create(referral=case, kind=kind, text=words, made_at=now())
        ask("post_letter", case, words=words, limit=wd(1))
    else:
        ask("ring_resident", case, words=wording.to_say(text), limit=wd(0) if urgent else wd(1))
    return way


def tell_code(case: Referral) -> bool:
    """The code of the resident's own page to their own channel; False when there is none that is safe."""
    moment, resident = now(), case.resident
    way = next((one for one in usable(reach_of(resident)) if one in (SMS, EMAIL)), "")
    text = wording.door_code(case, secrets.door_code(case, moment))
    until = moment + timedelta(seconds=secrets.CODE_FOR_S)
    if way == SMS:
        send_sms(to=resident.phone, text=text, kind="referrals.code", about=about(case), valid_until=until)
    elif way == EMAIL:
        subject = _subject(case, "code")
        send_email(to=resident.email, subject=subject, text=text, kind="referrals.code", about=about(case), valid_until=until)
    return bool(way)


def _subject(case: Referral, kind: str) -> str:
    with wording.speaking_to(case):
        return said(subjects.RESIDENT, kind)


def _with_link(case: Referral, kind: str, text: str) -> str:
    if kind == "confirmation":
        return f"{text} {wording.answer_here(case, confirm_url(case))}"
    return f"{text} {wording.see_yourself(case, own_url(case))}" if kind in LINKED else text


def _with_code(case: Referral, kind: str, text: str) -> str:
    if kind != "confirmation":
        return text
    address = f"{settings.BASE_URL}/vastaa/".removeprefix("https://")
    return f"{text} {wording.answer_by_code(case, address, secrets.letter_code(case))}"


def tell_receiver(
    placement: Placement, text: str, *, kind: str = "referrals.receiver", subject: str = "", **delivery: Unpack[Delivery]
) -> str:
    """Tell the entry's organiser by e-mail or text message; "" and an errand to ring when there is neither."""
    entry = placement.entry
    channel, to = channel_of(contact_of(entry), bounced=False) if entry else ("", "")
    if channel == "email":
        named = said(subjects.RECEIVER, subject or kind)
        send_email(to=to, subject=named, text=text, kind=kind, about=about(placement.referral), **delivery)
    elif channel == "sms":
        send_sms(to=to, text=text, kind=kind, about=about(placement.referral), **delivery)
    else:
        ask("ring_receiver", placement.referral, placement, words=text)
    return channel


def can_write(placement: Placement) -> bool:
    """Has the entry's organiser an address for messages?"""
    return placement.entry is not None and bool(channel_of(contact_of(placement.entry), bounced=False)[0])


def tell_companion(case: Referral, companion: Companion, text: str, **delivery: Unpack[Delivery]) -> str:
    """A text message where there is a mobile, else whoever keeps the companions rings today: an offer waits one day only."""
    if normal(companion.phone).startswith(MOBILE):
        send_sms(to=companion.phone, text=text, kind="referrals.companion", about=about(case), **delivery)
        return SMS
    ask("find_companion", case, words=wording.ring_companion(companion, wording.to_say(text)), queue=COMPANIONS, limit=wd(0))
    return ""


def tell_referrer(case: Referral, kind: str, outcome: str = "") -> Feedback | None:
    """Status and reason to the referrer, if the resident allows; each kind once, and a first visit again after its correction."""
    if not is_permitted(case, "feedback", now()):
        return None
    if kind in VISITS:
        last = Feedback.objects.filter(referral=case, kind__in=VISITS).order_by("-at", "-pk").first()
        if (last.kind if last else CORRECTED) == kind:
            return last
        row, made = Feedback.objects.create(referral=case, kind=kind, at=now()), True
    else:
        row, made = Feedback.objects.get_or_create(referral=case, kind=kind, outcome=outcome, defaults={"at": now()})
    to = case.referrer_email or (case.referrer.email if case.referrer else "")
    if made and to:
        text, subject = wording.feedback(case, kind, outcome), said(subjects.REFERRER, kind)
        send_email(to=to, subject=subject, text=text, kind="referrals.feedback", about=about(case))
        row.told = "email"
        row.save(update_fields=["told"])
    elif made and case.referrer_unit:
        words = wording.tell_referrer(case.referrer_unit, wording.feedback(case, kind, outcome))
        ask("tell_referrer", case, words=words, queue=COORDINATOR, limit=wd(3))
    return row


def tell_staff(person: UUID, count: int, day: str) -> None:
    """One word a day, without names: how many things ask for them."""
    to = _ADDRESS.first(person=person)
    if to:
        text = wording.digest(count)
        send_email(to=to, subject=str(subjects.STAFF), text=text, kind="referrals.staff", key=f"referrals.staff:{person}:{day}")


def stop(key: str) -> int:
    """The message of the key, if it has not left, does not.  Gives how many."""
    return stop_messages(Message.objects.filter(key=key))


def take_back(case: Referral, *kinds: str) -> int:
    """Messages about the case that have not left are not sent: all of them, or those of the kinds.  Gives how many.

    Of feedback that has not left nobody is told that the referrer has it.
    """
    rows = Message.objects.filter(about=about(case))
    rows = rows.filter(kind__in=kinds) if kinds else rows
    if not kinds or "referrals.feedback" in kinds:
        drop_kind(case, "tell_referrer", "withdrawn")
    waiting = set(rows.filter(kind="referrals.feedback", state__in=WAITING).values_list("text", flat=True))
    for row in case.feedback.exclude(told="") if waiting else ():
        if wording.feedback(case, row.kind, row.outcome) in waiting:
            Feedback.objects.filter(pk=row.pk).update(told="")
    return stop_messages(rows)


def about(case: Referral) -> str:
    """What messages of a case carry."""
    return f"referrals.Referral:{case.pk}"


def new_token() -> tuple[str, str]:
    """A link's secret and what is kept of it."""
    token = token_urlsafe(16)
    return token, digest(token)


def digest(token: str) -> str:
    """What is kept of a secret."""
    return sha256(token.encode()).hexdigest()


def own_url(case: Referral) -> str:
    """The resident's own page."""
    return f"{settings.BASE_URL}/oma/{secrets.token_of(case, secrets.OWN)}/"


def confirm_url(case: Referral) -> str:
    """Where a resident says yes or no to what a relative wrote."""
    return f"{settings.BASE_URL}/vastaa/{secrets.token_of(case, secrets.CONFIRM)}/"


def offer_url(token: str) -> str:
    """Where a receiver looks and answers."""
    return f"{settings.BASE_URL}/tarjous/{token}/"


def view_url(token: str) -> str:
    """Where a receiver who said yes sees whom to expect."""
    return f"{settings.BASE_URL}/tulija/{token}/"


def companion_url(token: str) -> str:
    """Where a companion answers."""
    return f"{settings.BASE_URL}/saattaja/{token}/"
