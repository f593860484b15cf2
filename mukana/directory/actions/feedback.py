"""A visitor's word: taken in, and answered within 14 days."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from mukana.accounts.models import Person
from mukana.audit.actions import record
from mukana.directory.models import Entry, Feedback
from mukana.lib.clock import now
from mukana.lib.moments import as_local

DAYS_TO_ANSWER = 14  # what the accessibility act (306/2019) allows


class AlreadyAnswered(Exception):
    """Somebody has answered this one."""

    code = "already_answered"


@transaction.atomic
def send(*, topic: str, text: str, contact: str = "", page: str = "", entry: Entry | None = None) -> Feedback:
    """Keep a visitor's word.  `contact` is asked only for the answer."""
    moment = now()
    feedback = Feedback.objects.create(
        topic=topic,
        text=text,
        contact=contact,
        page=page[:300],
        entry=entry,
        sent_at=moment,
        due_on=as_local(moment).date() + timedelta(days=DAYS_TO_ANSWER),
    )
    record("feedback.sent", f"directory.Feedback:{feedback.pk}", by="visitor", topic=topic)
    return feedback


@transaction.atomic
def answer(feedback: Feedback, *, text: str, by: Person) -> Feedback:
    """Write down the answer given by phone or e-mail, and forget the contact it needed.

    Raises AlreadyAnswered when a colleague was first.
    """
    kept = Feedback.objects.select_for_update().get(pk=feedback.pk)
    if kept.answered_at is not None:
        raise AlreadyAnswered
    kept.answer = text
    kept.answered_at = now()
    kept.answered_by = by
    kept.contact = ""
    kept.save(update_fields=["answer", "answered_at", "answered_by", "contact"])
    record("feedback.answered", f"directory.Feedback:{kept.pk}", by=str(by.pk))
    return kept
