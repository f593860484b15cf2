"""A message as the bytes of an e-mail (RFC 5322), and the address that a receiver stands for."""

from __future__ import annotations

from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from mukana.lib.clock import now
from mukana.outbox.models import Message

_POLICY = policy.SMTP.clone(cte_type="7bit")  # every server takes it
MARK = "X-Mukana-Message"


def bare(to: str) -> str:
    """The address alone: "Outi Väisänen <a@b.fi>" → "a@b.fi"."""
    _, sign, rest = to.rpartition("<")
    return rest.rstrip("> ") if sign else to


def letter(message: Message, sender: str) -> bytes:
    """The whole e-mail with CRLF line ends; names and words in UTF-8."""
    made = EmailMessage(policy=_POLICY)
    name, address = parseaddr(sender)
    made["From"] = Address(name, addr_spec=address)
    made["To"] = Address(message.to.rpartition("<")[0].strip(), addr_spec=bare(message.to))
    made["Subject"] = message.subject
    made["Date"] = format_datetime(now())
    made["Message-ID"] = f"<{message.pk}@{address.rpartition('@')[2]}>"
    made[MARK] = str(message.pk)
    for header, value in message.headers.items():
        made[header] = value
    if "Auto-Submitted" not in made:
        made["Auto-Submitted"] = "auto-generated"  # no holiday answers, please
    made.set_content(message.text.replace("\r\n", "\n"))
    return made.as_bytes()
