"""How long messages are kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mukana.audit.rules import RetentionRule, retain
from mukana.lib.clock import now


def _with_words(rows: Any) -> Any:
    return rows.filter(next_at__isnull=True).exclude(text="", to="", subject="")


def _without_words(rows: Any) -> int:
    return int(rows.update(text="", subject="", to="", to_tag="", headers={}, problem_text="", erased_at=now()))


retain(
    RetentionRule(
        "outbox.words",
        "Lähetettyjen viestien teksti ja vastaanottaja poistetaan 90 päivän kuluttua.",
        "outbox.Message",
        timedelta(days=90),
        "queued_at",
        _without_words,
        _with_words,
    ),
    RetentionRule(
        "outbox.messages",
        "Tieto siitä, milloin ja millainen viesti lähti, poistetaan kahden vuoden kuluttua.",
        "outbox.Message",
        timedelta(days=730),
        "queued_at",
    ),
)
