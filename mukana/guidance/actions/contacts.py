"""Asking many organisers at once to get in touch, and their answers."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from mukana.audit.actions import record
from mukana.directory.models import Entry
from mukana.guidance import letters, secrets
from mukana.guidance.actions.counting import count_given
from mukana.guidance.models import Asked, ContactRequest
from mukana.guidance.rules.contacts import WAITING
from mukana.lib.clock import now
from mukana.lib.ids import new_id
from mukana.outbox.actions import BadMessage, send_email, send_sms

KIND = "guidance.contact"


@transaction.atomic
def ask_contact(entries: Sequence[Entry], *, name: str, contact: str, message: str) -> ContactRequest:
    """One request to the organisers of these entries; each gets a link, and the asker's name only behind it."""
    key = new_id()
    made = ContactRequest.objects.create(
        id=key, digest=secrets.digest(secrets.token_of(key)), name=name, contact=contact, message=message, made_at=now()
    )
    for entry in entries:
        _ask(made, entry)
    count_given("contact", [entry.pk for entry in entries], None)
    return made


@transaction.atomic
def answer(asked: Asked, state: str) -> Asked:
    """The organiser has been in touch, or cannot; the first answer holds."""
    kept = Asked.objects.select_for_update().get(pk=asked.pk)
    if kept.state == WAITING:
        kept.state, kept.answered_at = state, now()
        kept.save(update_fields=["state", "answered_at"])
        record(f"guidance.contact_{state}", f"guidance.ContactRequest:{kept.request_id}", by="link")
    return kept


@transaction.atomic
def withdraw(request: ContactRequest) -> None:
    """The asker takes it back: nothing of it stays."""
    record("guidance.contact_withdrawn", f"guidance.ContactRequest:{request.pk}", by="visitor")
    request.delete()


def _ask(request: ContactRequest, entry: Entry) -> None:
    key = new_id()
    Asked.objects.create(id=key, request=request, entry=entry, digest=secrets.digest(secrets.token_of(key)))
    text = letters.contact(entry, secrets.token_of(key))
    email, phone = letters.reach(entry)
    try:
        if email:
            send_email(to=email, subject=letters.contact_subject(), text=text, kind=KIND, about=f"directory.Entry:{entry.pk}")
        else:
            send_sms(to=phone, text=text, kind=KIND, about=f"directory.Entry:{entry.pk}")
    except BadMessage as problem:
        record("guidance.contact_unsent", f"directory.Entry:{entry.pk}", by="system", reason=problem.code)
