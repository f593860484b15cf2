"""Tokens and codes, all made of the site's key: a copy of the database opens nothing."""

from __future__ import annotations

import base64
import hmac
from hashlib import sha256
from secrets import randbelow
from uuid import UUID

from django.conf import settings

TOKEN = 16  # signs: 96 bits


def token_of(alert: UUID) -> str:
    """The secret of an alert's links; the same in every message."""
    return base64.urlsafe_b64encode(_keyed(f"token:{alert}"))[:TOKEN].decode()


def digest(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def address_digest(channel: str, address: str) -> str:
    """What an address is found by; without the site's key nobody can try numbers one by one."""
    return _keyed(f"address:{channel}:{address}").hex()


def new_code() -> str:
    """Six digits."""
    return f"{randbelow(1_000_000):06}"


def code_digest(alert: UUID, code: str) -> str:
    """What is kept of a code."""
    return _keyed(f"code:{alert}:{code}").hex()


def same(one: str, other: str) -> bool:
    """Compared so that the time taken tells nothing."""
    return hmac.compare_digest(one, other)


def _keyed(text: str) -> bytes:
    return hmac.digest(b"mukana.alerts:" + settings.SECRET_KEY.encode(), text.encode(), "sha256")
