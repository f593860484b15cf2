"""Finding messages in tests by what only an opened one tells."""

from __future__ import annotations

from django.db.models import QuerySet

from mukana.outbox.models import Message


def saying(words: str, **which: object) -> QuerySet[Message]:
    """Messages with the words in their text."""
    rows = Message.objects.filter(**which)
    return Message.objects.filter(pk__in=[row.pk for row in rows if words in row.text])


def sent_to(address: str, **which: object) -> QuerySet[Message]:
    """Messages to exactly this address."""
    rows = Message.objects.filter(**which)
    return Message.objects.filter(pk__in=[row.pk for row in rows if row.to == address])
