"""Writing messages and sending them."""

from __future__ import annotations

from mukana.outbox.actions.queueing import BadMessage, Delivery, send_email, send_sms

__all__ = ["BadMessage", "Delivery", "send_email", "send_sms"]
