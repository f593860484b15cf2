"""Putting a message in the queue, in the caller's transaction: it leaves only if what it tells of is kept."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parseaddr
from threading import Thread
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, connections, transaction

from mukana.lib import emails, phones
from mukana.lib.clock import now
from mukana.lib.composed import Composed, Hole
from mukana.lib.quickrows import insert_row
from mukana.outbox.actions.sending import send_now
from mukana.outbox.models import Message
from mukana.outbox.rules import kind_of
from mukana.outbox.texting import parts, plainer

_HEADER = re.compile(r"(?!(?:to|cc|bcc|from|sender|subject|date|message-id|mime-version|content-.*)$)[a-z][a-z0-9-]{0,60}", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[<>\"@,;:\\()\[\]\x00-\x1f]")
LONGEST_SMS_PARTS = 10


class Delivery(TypedDict, total=False):
    """How a message is delivered, all by choice.

    `key`: a second message with the same key is not made, the first one is given back.
    `valid_until`: it is not sent after this.  `not_before`: nor before this.
    """

    key: str
    valid_until: datetime
    not_before: datetime


_OF_KEY = Composed(lambda: Message.objects.filter(key=Hole("key")))


class BadMessage(Exception):
    """A message that cannot be sent to anybody; `code` is address, number, empty, header or long."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def send_email(  # noqa: PLR0913  # a letter has this many words, all given by name
    *,
    to: str,
    subject: str,
    text: str,
    kind: str,
    about: str = "",
    by: str = "system",
    headers: dict[str, str] | None = None,
    **delivery: Unpack[Delivery],
) -> Message:
    """Queue an e-mail to one address ("a@b.fi" or "Outi Väisänen <a@b.fi>").  Raises BadMessage."""
    address = _address(to)
    one_line = " ".join(subject.split())[:300]
    if not address or not (one_line or text.strip()):
        raise BadMessage("empty" if address else "address")
    message = Message(channel="email", to=_named(to, address), subject=one_line, text=text, headers=_clean(headers or {}))
    message.kind, message.about, message.by = kind, about, by
    return _queue(message, delivery)


def send_sms(*, to: str, text: str, kind: str, about: str = "", by: str = "system", **delivery: Unpack[Delivery]) -> Message:
    """Queue a text message to one number, written in any way.  Raises BadMessage."""
    number, words = phones.normal(to), plainer(text).strip()
    if not number.startswith("+"):
        raise BadMessage("number")
    if not words:
        raise BadMessage("empty")
    count = parts(words)
    if count > LONGEST_SMS_PARTS:
        raise BadMessage("long")
    return _queue(Message(channel="sms", to=number, text=words, parts=count, kind=kind, about=about, by=by), delivery)


def _queue(message: Message, delivery: Delivery) -> Message:
    message.queued_at = now()
    message.next_at = max(message.queued_at, delivery.get("not_before") or message.queued_at)
    message.valid_until = delivery.get("valid_until")
    message.key = delivery.get("key") or None
    if not message.key:
        insert_row(message)
    elif known := _OF_KEY.first(key=message.key):
        return known
    else:
        try:
            with transaction.atomic():
                insert_row(message)
        except IntegrityError:  # the same key at the same moment
            return Message.objects.get(key=message.key)
    if kind_of(message.kind).at_once:
        transaction.on_commit(lambda: Thread(target=_send_alone, args=(message.pk,)).start())
    return message


def _send_alone(message: UUID) -> None:
    """In a thread of its own, so that nobody can tell from a page's slowness that a message was written."""
    try:
        send_now(message)
    finally:
        connections.close_all()


def _address(to: str) -> str:
    """The address in small letters, its domain as the net writes it; "" when there is none that can be used."""
    _, bare = parseaddr(" ".join(to.split()))
    local, _, domain = bare.rpartition("@")
    try:
        written = f"{local}@{domain.encode('idna').decode()}".lower()
    except UnicodeError:
        return ""
    return written if written.isascii() and emails.normal(written) == written else ""


def _named(to: str, address: str) -> str:
    """The receiver as people read it, "Outi Väisänen <a@b.fi>", or the bare address."""
    name = " ".join(_NOT_IN_NAMES.sub(" ", parseaddr(" ".join(to.split()))[0]).split())
    return f"{name} <{address}>" if name and len(name) <= 60 else address


def _clean(headers: dict[str, str]) -> dict[str, str]:
    """Headers of one line each, with proper names.  Raises BadMessage."""
    if not all(_HEADER.fullmatch(name) for name in headers):
        raise BadMessage("header")
    return {name: " ".join(str(value).split()) for name, value in headers.items()}
