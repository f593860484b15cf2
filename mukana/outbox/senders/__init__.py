"""Ways out: each sender hands one message over and tells honestly what is known of it."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings

from mukana.outbox.models import Message
from mukana.outbox.rules import Outcome


class Sender(Protocol):
    """Hands messages over; may keep a connection until it is closed."""

    name: str

    def send(self, message: Message) -> Outcome:
        """Hand one over.  Everything the network may do is an outcome, not an error."""

    def close(self) -> None:
        """Let go of the connection."""


def sender_for(channel: str, timeout_seconds: float = 30.0) -> Sender | None:
    """The sender that the settings give a channel; in the demo the catcher; None when there is none."""
    if channel == "email" and settings.SMTP_URL:
        from mukana.outbox.senders.smtp import Smtp  # web processes that only queue do not load it

        return Smtp(settings.SMTP_URL, settings.EMAIL_FROM, timeout_seconds)
    if channel == "sms" and settings.SMS_URL:
        from mukana.outbox.senders.gateway import Gateway  # likewise

        return Gateway(timeout_seconds)
    return Catcher() if settings.DEMO else None


class Catcher:
    """Keeps messages to be read on the page *Lähetetyt viestit*; nothing leaves the machine."""

    name = "catcher"

    def send(self, message: Message) -> Outcome:
        """Kept as it is."""
        return Outcome("sent")

    def close(self) -> None:
        """There is nothing to close."""
