"""What a person decides of a message that did not go or may have gone."""

from __future__ import annotations

from django.db import transaction

from mukana.audit.actions import record
from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.outbox.rules import FAILED, QUEUED, SENDING, SENT, UNKNOWN, WAITING


class CannotDecide(Exception):
    """The message is not in a state for that; `code` is going, gone, erased or expired."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def retry(message: Message, *, by: str) -> Message:
    """Send it again, now.  One that may have gone can then come twice: the person was told.  Raises CannotDecide."""
    kept = _locked(message)
    if kept.state not in (QUEUED, FAILED, UNKNOWN):
        raise CannotDecide("going" if kept.state == SENDING else "gone")
    if not kept.to or not (kept.text or kept.subject):
        raise CannotDecide("erased")
    moment = now()
    if kept.valid_until and kept.valid_until < moment:
        raise CannotDecide("expired")
    record("message.retried", _name(kept), by=by, was=kept.state)
    kept.state, kept.next_at, kept.problem, kept.lease, kept.queued_at = QUEUED, moment, "", "", moment
    kept.save(update_fields=["state", "next_at", "problem", "lease", "queued_at"])
    return kept


@transaction.atomic
def it_went(message: Message, *, by: str) -> Message:
    """A person knows that an unknown one went.  Raises CannotDecide."""
    kept = _locked(message)
    if kept.state != UNKNOWN:
        raise CannotDecide("gone")
    record("message.went", _name(kept), by=by)
    kept.state, kept.sent_at, kept.problem, kept.lease = SENT, kept.sent_at or now(), "", ""
    kept.save(update_fields=["state", "sent_at", "problem", "lease"])
    return kept


@transaction.atomic
def forget(message: Message, *, by: str) -> Message:
    """Erase its words and receiver; one that waits is not sent.  Raises CannotDecide while it is being sent."""
    kept = _locked(message)
    if kept.state == SENDING:
        raise CannotDecide("going")
    record("message.forgotten", _name(kept), by=by, was=kept.state)
    if kept.state in (*WAITING, UNKNOWN):
        kept.state, kept.problem = FAILED, "forgotten"
    kept.next_at, kept.erased_at, kept.ended_at = None, now(), now()
    kept.to = kept.subject = kept.text = kept.lease = kept.problem_text = ""
    kept.headers = {}
    kept.save()
    return kept


def _locked(message: Message) -> Message:
    return Message.objects.select_for_update().get(pk=message.pk)


def _name(message: Message) -> str:
    return f"outbox.Message:{message.pk}"
