"""Identifiers: random ones that sort by birth, and stable ones made of names."""

from __future__ import annotations

import os
import time
import uuid

_NAMESPACE = uuid.UUID("6f1b5a52-6d0e-5c3b-9a43-0d5f6d756b61")


def new_id() -> uuid.UUID:
    """A version 7 UUID (RFC 9562): milliseconds first, so new rows land at an index's end."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76  # version
    value = value & ~(0x3 << 62) | 0x2 << 62  # variant
    return uuid.UUID(int=value)


def stable_id(*parts: str | int) -> uuid.UUID:
    """The same UUID for the same parts, everywhere and always (version 5)."""
    return uuid.uuid5(_NAMESPACE, "\x1f".join(str(part) for part in parts))
