"""Sending a list along: the number or address is erased when the message has arrived."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from mukana.directory.models import Entry
from mukana.guidance import letters
from mukana.guidance.actions.counting import count_given
from mukana.guidance.models import Unit
from mukana.lib import emails, phones
from mukana.outbox.actions import BadMessage, send_email, send_sms

KIND = "guidance.picks"


class BadAddress(Exception):
    """Neither a phone number nor an e-mail address."""


@transaction.atomic
def send_picks(to: str, entries: Sequence[Entry], *, unit: Unit | None = None) -> str:
    """Send the list to a number or an address; gives the channel.  Raises BadAddress."""
    channel = "email" if "@" in to else "sms"
    try:
        if channel == "email":
            send_email(to=emails.normal(to) or to, subject=letters.subject(), text=letters.letter(entries), kind=KIND)
        else:
            send_sms(to=phones.normal(to), text=letters.short(entries), kind=KIND)
    except BadMessage as problem:
        raise BadAddress from problem
    count_given(channel, [entry.pk for entry in entries], unit)
    return channel
