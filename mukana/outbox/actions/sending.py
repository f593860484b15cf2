"""Sending what is due."""

from __future__ import annotations

from uuid import UUID


def send_now(message: UUID) -> bool:
    """Try a message of a hurry kind without waiting for the worker; what fails stays in the queue."""
    return False
