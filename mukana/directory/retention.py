"""How long visitors' words are kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mukana.audit.rules import RetentionRule, retain


def _with_contact(rows: Any) -> Any:
    return rows.exclude(contact="")


def _without_contact(rows: Any) -> int:
    return int(rows.update(contact=""))


retain(
    RetentionRule(
        "directory.feedback_contact",
        "Palautteen jättäjän yhteystieto poistetaan viimeistään vuoden kuluttua, vaikka palautteeseen ei olisi vastattu.",
        "directory.Feedback",
        timedelta(days=365),
        "sent_at",
        _without_contact,
        _with_contact,
    ),
    RetentionRule(
        "directory.feedback",
        "Palautteet vastauksineen poistetaan kolmen vuoden kuluttua.",
        "directory.Feedback",
        timedelta(days=3 * 365),
        "sent_at",
    ),
)
