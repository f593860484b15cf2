"""Sealing texts with AES-256-GCM: keys in an order, the first one seals, all of them open.

A sealed text is "s1.KEY.DATA": KEY names the key (eight signs of its digest), DATA is the nonce and the ciphertext.
What a text is for (`about`, a column's name) is authenticated with it, so that it cannot be moved elsewhere.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = "s1"
NONCE = 12
KEY_BYTES = 32


class CannotOpen(Exception):
    """A text that none of the keys opens: its key is missing, or somebody has changed it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code  # no_key, broken


def new_key() -> str:
    """A key as it is written in the environment."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()


def named(key: str) -> tuple[str, bytes]:
    """A key's name and the key itself.  Raises ValueError when it is none."""
    raw = _raw(key)
    return _name(raw), raw


class SecretBox:
    """Seals with the first key and opens with all of them."""

    def __init__(self, keys: Sequence[str]) -> None:
        """`keys` as `new_key` gives them.  Raises ValueError when one is no key or there is none."""
        if not keys:
            raise ValueError("no keys")
        raws = [_raw(key) for key in keys]
        self._ciphers = {_name(raw): AESGCM(raw) for raw in raws}
        self.first = _name(raws[0])

    def seal(self, text: str, about: str) -> str:
        """The text sealed with the first key."""
        nonce = os.urandom(NONCE)
        data = nonce + self._ciphers[self.first].encrypt(nonce, text.encode(), about.encode())
        return f"{MARK}.{self.first}.{base64.urlsafe_b64encode(data).decode()}"

    def open(self, sealed: str, about: str) -> str:
        """The text.  Raises CannotOpen."""
        mark, name, data = (*sealed.split(".", 2), "", "")[:3]
        if mark != MARK:
            raise CannotOpen("broken")
        cipher = self._ciphers.get(name)
        if cipher is None:
            raise CannotOpen("no_key")
        try:
            raw = base64.urlsafe_b64decode(data)
            return cipher.decrypt(raw[:NONCE], raw[NONCE:], about.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise CannotOpen("broken") from error

    @property
    def prefix(self) -> str:
        """How every text begins that the first key has sealed."""
        return f"{MARK}.{self.first}."


def _raw(key: str) -> bytes:
    raw = base64.urlsafe_b64decode(key.encode())
    if len(raw) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return raw


def _name(raw: bytes) -> str:
    return sha256(b"mukana key " + raw).hexdigest()[:8]
