"""Sending what is due: claim a row, hand it over, write down what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet

from mukana.lib.clock import now
from mukana.lib.jobs import stopping
from mukana.outbox import rules
from mukana.outbox.actions.privacy import erasure, expire
from mukana.outbox.listeners import bounced, lost
from mukana.outbox.models import Message
from mukana.outbox.rules import FAILED, SENDING, SENT, UNKNOWN, WAITING, Bounce, Lost, Outcome
from mukana.outbox.senders import Sender, sender_for

BATCH = 200  # messages of a channel in a round, so that other jobs get their turn
HURRY_TIMEOUT_S = 5.0  # while a person waits for the page


@dataclass(slots=True)
class Tally:
    """What a round did."""

    sent: int = 0
    failed: int = 0
    unknown: int = 0

    def add(self, code: str) -> None:
        """Count one outcome."""
        if code == "sent":
            self.sent += 1
        elif code == "unknown":
            self.unknown += 1
        else:
            self.failed += 1


def send_due() -> Tally:
    """Send what is due on every channel; a channel whose other end is down leaves the rest for later."""
    moment, tally = now(), Tally()
    abandon(moment)
    expire(moment)
    for channel in rules.CHANNELS:
        if due(moment).filter(channel=channel).exists():
            _send_channel(channel, tally)
    return tally


def send_now(message: UUID) -> bool:
    """Try a message without waiting for the worker; what fails stays in the queue.  True when it went."""
    claimed = _claim(message, now())
    if claimed is None:
        return False
    sender = sender_for(claimed.channel, HURRY_TIMEOUT_S)
    try:
        return _send(claimed, sender).code == "sent"
    finally:
        if sender:
            sender.close()


def due(moment: datetime) -> QuerySet[Message]:
    """Messages whose time has come, the longest waiting first."""
    return Message.objects.filter(state__in=WAITING, next_at__lte=moment).order_by("next_at", "id")


@transaction.atomic
def abandon(moment: datetime) -> int:
    """What was being sent when its worker ended may have gone or not: nobody but a person may send it again."""
    left = list(Message.objects.select_for_update().filter(state=SENDING, lease_until__lt=moment))
    for message in left:
        Message.objects.filter(pk=message.pk).update(state=UNKNOWN, problem="worker_ended", next_at=None)
        lost.tell(lost_of(message, unknown=True))
    return len(left)


def _send_channel(channel: str, tally: Tally) -> None:
    sender = sender_for(channel)
    try:
        for key in due(now()).filter(channel=channel).values_list("pk", flat=True)[:BATCH]:
            claimed = None if stopping() else _claim(key, now())
            if claimed is None:
                continue
            outcome = _send(claimed, sender)
            tally.add(outcome.code)
            if outcome.down:
                _postpone(channel, outcome)
                return
    finally:
        if sender:
            sender.close()


def _claim(key: UUID, moment: datetime) -> Message | None:
    """Take the row for ourselves; None when somebody was quicker."""
    lease = str(uuid4())
    free = Message.objects.filter(pk=key, state__in=WAITING, next_at__lte=moment)
    if not free.update(state=SENDING, lease=lease, lease_until=moment + rules.LEASE, tries=F("tries") + 1):
        return None
    return Message.objects.get(pk=key)


def _send(message: Message, sender: Sender | None) -> Outcome:
    """Hand over and write down.  An error of our own leaves the row to its lease: it becomes unknown."""
    outcome = sender.send(message) if sender else Outcome("later", problem="no_sender", down=True)
    settle(message, outcome, sender.name if sender else "")
    return outcome


@transaction.atomic
def settle(message: Message, outcome: Outcome, sender: str) -> bool:
    """Write down what came of a claimed message.  False when a person has decided of it meanwhile."""
    facts = _facts(message, outcome, sender, now())
    facts |= {"sender": sender, "provider_id": outcome.provider_id, "problem_text": outcome.said[:500], "lease_until": None, "lease": ""}
    kept = Message.objects.filter(Q(state=SENDING) | Q(state=UNKNOWN), pk=message.pk, lease=message.lease).update(**facts)
    if kept and outcome.code == "bounced":
        bounced.tell(bounce_of(message, outcome.said))
    if kept and facts["state"] != SENT and facts["next_at"] is None:
        lost.tell(lost_of(message, unknown=facts["state"] == UNKNOWN))
    return bool(kept)


def bounce_of(message: Message, reason: str) -> Bounce:
    """What listeners hear of a message that did not arrive."""
    return Bounce(str(message.pk), message.channel, message.to, message.kind, message.about, reason[:300])


def lost_of(message: Message, *, unknown: bool = False) -> Lost:
    """What listeners hear of a message that nobody sends again by itself."""
    return Lost(str(message.pk), message.channel, message.to, message.kind, message.about, message.text, unknown)


def _facts(message: Message, outcome: Outcome, sender: str, moment: datetime) -> dict[str, object]:
    if outcome.code == "sent":
        left = {"state": SENT, "sent_at": moment, "next_at": None, "problem": ""}
        return left | erasure(message, SENT, sender, moment)
    if outcome.code == "later":
        at = rules.next_try(message.tries, message.queued_at, moment, message.valid_until, outcome.asked)
        return {"state": FAILED, "next_at": at, "problem": outcome.problem if at else "given_up"}
    state = {"refused": FAILED, "bounced": rules.BOUNCED, "unknown": UNKNOWN}[outcome.code]
    return {"state": state, "next_at": None, "problem": outcome.problem} | erasure(message, state, sender, moment)


def _postpone(channel: str, outcome: Outcome) -> None:
    """A pause that the other end asked for is everybody's."""
    if outcome.asked:
        moment = now()
        due(moment).filter(channel=channel).update(next_at=moment + outcome.asked)
