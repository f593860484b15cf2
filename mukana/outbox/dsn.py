"""Returned e-mails: reading a delivery status notification (RFC 3464), pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message as Mail
from uuid import UUID

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE)
_OURS = ("x-mukana-message", "message-id", "in-reply-to", "references", "original-envelope-id")
MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Returned:
    """What a notification tells: of which message (None when it does not name ours), and what became of it."""

    message: UUID | None
    action: str  # failed delayed delivered relayed expanded
    status: str  # "5.1.1"
    reason: str

    @property
    def for_good(self) -> bool:
        """Whether the receiver cannot be reached; a delay or a full queue may still pass."""
        return self.action == "failed" and not self.status.startswith(("2", "4"))


def read(raw: bytes) -> Returned | None:
    """The notification in an e-mail; None when it is none (a holiday answer, a person's reply)."""
    mail = message_from_bytes(raw[:MOST_BYTES], policy=policy.compat32)
    fields = _status_fields(mail)
    if not fields.get("action"):
        return None
    words = " ".join(fields.get("diagnostic-code", "").partition(";")[2].split() or fields.get("status", "").split())
    return Returned(_ours(mail), fields["action"].lower(), fields.get("status", ""), words[:300])


def _status_fields(mail: Mail) -> dict[str, str]:
    """The fields of the first receiver with an action; receivers are messages within message/delivery-status."""
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.walk():
            if block.get("Action"):
                return {name.lower(): str(value).strip().split("\n")[0].strip() for name, value in block.items()}
    return {}


def _ours(mail: Mail) -> UUID | None:
    """Our id in the headers of the returned letter, or in those of the notification."""
    texts: list[str] = []
    for part in mail.walk():
        if part.get_content_type() in ("text/rfc822-headers", "message/rfc822-headers"):
            texts.append(_decoded(part))
        texts.extend(str(value) for name, value in part.items() if name.lower() in _OURS)
    for text in texts:
        if found := _ID.search(text):
            return UUID(found[0])
    return None


def _decoded(part: Mail) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else str(part.get_payload())
