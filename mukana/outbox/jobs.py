"""Sending and forgetting in their time."""

from __future__ import annotations

from datetime import datetime

from mukana.lib.jobs import every
from mukana.outbox.actions.privacy import tidy
from mukana.outbox.actions.sending import send_due
from mukana.outbox.queries import anything_to_do


@every(seconds=1, title="Viestien lähetys")
def send_messages(now: datetime) -> str | None:
    """Send what is due; without anything to do, nothing is written."""
    if not anything_to_do(now):
        return None
    tally = send_due()
    words = [(tally.sent, "lähti"), (tally.failed, "ei lähtenyt"), (tally.unknown, "jäi epäselväksi")]
    said = ", ".join(f"{count} {word}" for count, word in words if count)
    return f"Viestejä: {said}." if said else None


@every(seconds=600, title="Salaisten viestien ja numeroiden poisto")
def erase_what_has_served(now: datetime) -> str | None:
    """Erase secrets whose time is over and numbers whose report never came."""
    count = tidy(now)
    return f"Tyhjennettiin {count} viestin salaisuudet." if count else None
