"""Tokens of links, made of the site's key: a copy of the database opens nothing."""

from __future__ import annotations

import base64
import hmac
from hashlib import sha256
from uuid import UUID

from django.conf import settings

TOKEN = 20  # signs: 120 bits


def token_of(record: UUID) -> str:
    """The secret of a record's link."""
    made = hmac.digest(b"mukana.guidance:" + settings.SECRET_KEY.encode(), record.bytes, "sha256")
    return base64.urlsafe_b64encode(made)[:TOKEN].decode()


def digest(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()
