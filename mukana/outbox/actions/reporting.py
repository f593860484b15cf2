"""What the other end tells afterwards: it arrived, or it came back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from mukana.lib.clock import now
from mukana.outbox import dsn
from mukana.outbox.actions.privacy import erasure
from mukana.outbox.actions.sending import bounce_of, lost_of
from mukana.outbox.listeners import bounced, lost
from mukana.outbox.models import Message
from mukana.outbox.rules import BOUNCED, DELIVERED, QUEUED

ARRIVED = frozenset({"delivered", "delivrd", "success", "ok", "read", "received", "perillä"})
LOST = frozenset({"failed", "undelivered", "undeliv", "undeliverable", "rejected", "rejectd", "expired", "deleted", "bounced", "error"})


def report(name: str, word: str) -> str:
    """A gateway's delivery report on the message it calls `name` (or we do).  Gives the new state, "" when nothing changed."""
    state = DELIVERED if word.strip().lower() in ARRIVED else BOUNCED if word.strip().lower() in LOST else ""
    message = _called(name.strip()) if state else None
    return state if message is not None and _end(message, state, word) else ""


def take_returned(raw: bytes) -> tuple[dsn.Returned | None, bool]:
    """Read a returned e-mail and mark its message.  Gives what it told and whether a message was marked."""
    told = dsn.read(raw)
    if told is None or told.message is None or not told.for_good:
        return told, False
    message = Message.objects.filter(pk=told.message, channel="email").first()
    return told, message is not None and _end(message, BOUNCED, told.reason)


@transaction.atomic
def _end(message: Message, state: str, said: str) -> bool:
    """The last word on a message; the first such word holds.  Listeners hear of a bounce in the same transaction."""
    kept = Message.objects.select_for_update().get(pk=message.pk)
    if kept.state in (QUEUED, DELIVERED, BOUNCED):
        return False
    moment = now()
    facts = {"state": state, "ended_at": moment, "next_at": None, "lease": "", "problem": "returned" if state == BOUNCED else ""}
    facts |= {"sent_at": kept.sent_at or moment, "problem_text": said[:500] if state == BOUNCED else ""}
    Message.objects.filter(pk=kept.pk).update(**facts, **erasure(kept, state, kept.sender, moment))
    if state == BOUNCED:
        bounced.tell(bounce_of(kept, said))
        lost.tell(lost_of(kept))
    return True


def _called(name: str) -> Message | None:
    if not name:
        return None
    try:
        found = Message.objects.filter(pk=UUID(name), channel="sms").first()
    except ValueError:
        found = None
    return found or Message.objects.filter(provider_id=name[:200], channel="sms").first()
