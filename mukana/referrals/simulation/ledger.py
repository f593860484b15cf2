"""The play's own book: what it did, counted apart from the tables; and what may never be, looked for at every tick."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q

from mukana.outbox.models import Message
from mukana.referrals.models import BreakGlass, Errand, Letter, Placement, Referral, Support, Transition
from mukana.referrals.queries.funnel import Funnel

EVERYTHING = 30  # ticks from one look at everything to the next
NOBODY = Q(owner="") | Q(due_at=None) | Q(next_step_at=None)
CASES, RESIDENTS = "referrals.Referral:", "referrals.resident"
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
    link: int = 0  # the last link of any history that has been looked at
    errand: object = None  # and the last errand
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
    """Nothing open is nobody's, and nothing has been told that may not be.  Raises Broken.

    Looks at what has moved since the tick before, and at everything there is at every thirtieth.
    """
    moved = None if ledger.ticks % EVERYTHING == 0 else _moved(ledger)
    ledger.ticks += 1
    for model in (Referral, Placement, Support):
        among = {} if moved is None else {"pk__in": moved[model.MACHINE.name]}
        if row := model.objects.filter(NOBODY, state__in=sorted(model.MACHINE.open), **among).first():
            raise Broken(f"{model.__name__} {row.pk} in {row.state} is nobody's")
    made = {"pk__gt": ledger.errand} if moved is not None and ledger.errand else {}
    if Errand.objects.filter(NOBODY, done_at=None, **made).exists() or BreakGlass.objects.filter(NOBODY, reviewed_at=None).exists():
        raise Broken("an errand or an opened glass is nobody's")
    _disclosed(ledger)
    ledger.link = Transition.objects.aggregate(last=Max("pk"))["last"] or 0
    ledger.errand = Errand.objects.order_by("-pk").values_list("pk", flat=True).first()
    ledger.looked_at = moment


def _moved(ledger: Ledger) -> dict[str, list[UUID]]:
    """Kind of thing → those with new links in the history."""
    found: dict[str, list[UUID]] = defaultdict(list)
    for thing, key in Transition.objects.filter(pk__gt=ledger.link).order_by().values_list("thing", "thing_id").distinct():
        found[thing].append(key)
    return found


def _disclosed(ledger: Ledger) -> None:
    since = {"queued_at__gt": ledger.looked_at} if ledger.looked_at else {}
    messages = [(message, _case_of(message)) for message in Message.objects.filter(kind__startswith="referrals.", **since)]
    told = {case for message, case in messages if case and message.kind == RESIDENTS}
    safe = dict(Referral.objects.filter(pk__in=told).values_list("pk", "resident__safe"))
    for message, case in messages:
        _check_message(ledger, message, case, safe)
    since = {"made_at__gt": ledger.looked_at} if ledger.looked_at else {}
    for letter in Letter.objects.filter(**since).select_related("referral__resident"):
        resident = letter.referral.resident
        if resident.protected or "no_letter" in resident.safe:
            raise Broken(f"a letter to {letter.referral.reference}, who gets none")


def _case_of(message: Message) -> UUID | None:
    key = message.about.removeprefix(CASES)
    return UUID(key) if message.about.startswith(CASES) else None


def _check_message(ledger: Ledger, message: Message, case: UUID | None, safe: Mapping[UUID, list[str]]) -> None:
    surname, street = ledger.names.get(case, ("", "")) if case else ("", "")
    if surname and message.kind != RESIDENTS and surname in message.text + message.subject:
        raise Broken(f"{message.kind} tells a name")
    if street and street in message.text:
        raise Broken(f"{message.kind} tells an address")
    if message.kind != RESIDENTS or case is None:
        return
    ended = ledger.withdrawn.get(case)
    if ended is not None and message.queued_at > ended:
        raise Broken("a message to a resident who has withdrawn")
    if f"no_{message.channel}" in safe[case] and message.state == "queued":
        raise Broken("a message by a forbidden channel")
