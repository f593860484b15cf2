"""Django's own mail goes through the outbox too: `EMAIL_BACKEND = "mukana.outbox.backend.Queue"`.

The header `X-Mukana-Kind` names the kind, `X-Mukana-About` the record and `X-Mukana-Valid-Until` the moment
(ISO 8601) after which it is worth nothing; they stay here and are not sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from mukana.outbox.actions import BadMessage, Delivery, send_email


class Queue(BaseEmailBackend):
    """Queues; a hurry kind ("login_code") is tried as soon as the transaction is done."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """One message for each receiver; gives how many e-mails were queued."""
        return sum(self._queue(email) for email in email_messages)

    def _queue(self, email: EmailMessage) -> bool:
        headers = {name: str(value) for name, value in email.extra_headers.items()}
        kind, about = headers.pop("X-Mukana-Kind", "mail"), headers.pop("X-Mukana-About", "")
        delivery: Delivery = {}
        if until := headers.pop("X-Mukana-Valid-Until", ""):
            delivery["valid_until"] = datetime.fromisoformat(until)
        if email.reply_to:
            headers["Reply-To"] = ", ".join(email.reply_to)
        kept = {name: value for name, value in headers.items() if name not in ("From", "To", "Cc", "Message-ID", "Date")}
        try:
            for to in email.recipients():
                send_email(to=to, subject=str(email.subject), text=str(email.body), kind=kind, about=about, headers=kept, **delivery)
        except BadMessage:
            if not self.fail_silently:
                raise
            return False
        return True
