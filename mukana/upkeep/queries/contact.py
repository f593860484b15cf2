"""Whom to ask about an entry, and by which channel."""

from __future__ import annotations

from dataclasses import dataclass

from mukana.directory.models import Entry
from mukana.lib import emails, phones

MOBILE = ("+3584", "+35850")  # numbers that take text messages


@dataclass(frozen=True, slots=True)
class Contact:
    """The entry's own contact, else its organisation's; every part may be empty."""

    name: str
    email: str
    phone: str  # as people wrote it
    number: str  # for dialling

    @property
    def mobile(self) -> str:
        """The number when it takes text messages."""
        return self.number if self.number.startswith(MOBILE) else ""


def contact_of(entry: Entry) -> Contact:
    """Who answers for the entry."""
    organiser = entry.organisation
    own = bool(entry.email or entry.phone)
    name = entry.contact_name or (organiser.contact_name if organiser else "")
    email = entry.email or (organiser.email if organiser and not own else "")
    phone = entry.phone or (organiser.phone if organiser else "")
    return Contact(name or (str(organiser) if organiser else ""), emails.normal(email), phone, phones.normal(phone))


def channel_of(contact: Contact, bounced: bool) -> tuple[str, str]:
    """The channel and the address a request goes by; ("", "") when nothing can be sent."""
    if contact.email and not bounced:
        return "email", contact.email
    if contact.mobile:
        return "sms", contact.mobile
    return "", ""
