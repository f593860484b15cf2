"""The play's own book: what it did, counted apart from the tables; and what may never be, looked for at every tick."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from mukana.outbox.models import Message
from mukana.referrals.models import BreakGlass, Errand, Letter, Placement, Referral, Support
from mukana.referrals.queries.funnel import Funnel

STAGES = ("agreed", "reached", "placed", "first_visit", "fourth_visit")


class Broken(Exception):
    """Something that may never be was; the words tell what."""


@dataclass(slots=True)
class Ledger:
    """Who came how far, by the play's own count; `withdrawn` with the moment."""

    said_no: int = 0
    reached: dict[str, set[UUID]] = field(default_factory=lambda: {stage: set() for stage in STAGES})
    visits: dict[UUID, int] = field(default_factory=dict)
    withdrawn: dict[UUID, datetime] = field(default_factory=dict)
    names: dict[UUID, tuple[str, str]] = field(default_factory=dict)  # case → surname, street
    looked_at: datetime | None = None
    ticks: int = 0
    deeds: int = 0

    def note(self, stage: str, case: UUID) -> None:
        """The case has come so far."""
        self.reached[stage].add(case)

    def funnel(self) -> Funnel:
        """The same shape as the tables' own count."""
        counts = {stage: len(cases) for stage, cases in self.reached.items()}
        return Funnel(offered=counts["agreed"] + self.said_no, **counts)


def check(ledger: Ledger, moment: datetime) -> None:
    """Nothing open is nobody's, and nothing has been told that may not be.  Raises Broken."""
    ledger.ticks += 1
    nobody = Q(owner="") | Q(due_at=None) | Q(next_step_at=None)
    for model in (Referral, Placement, Support):
        if row := model.objects.filter(nobody, state__in=sorted(model.MACHINE.open)).first():
            raise Broken(f"{model.__name__} {row.pk} in {row.state} is nobody's")
    if Errand.objects.filter(nobody, done_at=None).exists() or BreakGlass.objects.filter(nobody, reviewed_at=None).exists():
        raise Broken("an errand or an opened glass is nobody's")
    _disclosed(ledger)
    ledger.looked_at = moment


def _disclosed(ledger: Ledger) -> None:
    since = {"queued_at__gt": ledger.looked_at} if ledger.looked_at else {}
    for message in Message.objects.filter(kind__startswith="referrals.", **since):
        _check_message(ledger, message)
    since = {"made_at__gt": ledger.looked_at} if ledger.looked_at else {}
    for letter in Letter.objects.filter(**since).select_related("referral__resident"):
        resident = letter.referral.resident
        if resident.protected or "no_letter" in resident.safe:
            raise Broken(f"a letter to {letter.referral.reference}, who gets none")


def _check_message(ledger: Ledger, message: Message) -> None:
    key = message.about.removeprefix("referrals.Referral:")
    case = UUID(key) if message.about.startswith("referrals.Referral:") else None
    surname, street = ledger.names.get(case, ("", "")) if case else ("", "")
    if surname and message.kind != "referrals.resident" and surname in message.text + message.subject:
        raise Broken(f"{message.kind} tells a name")
    if street and street in message.text:
        raise Broken(f"{message.kind} tells an address")
    if message.kind != "referrals.resident" or case is None:
        return
    ended = ledger.withdrawn.get(case)
    if ended is not None and message.queued_at > ended:
        raise Broken("a message to a resident who has withdrawn")
    resident = Referral.objects.select_related("resident").get(pk=case).resident
    if f"no_{message.channel}" in resident.safe and message.state == "queued":
        raise Broken("a message by a forbidden channel")
