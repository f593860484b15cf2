"""How long guidance keeps what it has to keep."""

from __future__ import annotations

from datetime import timedelta

from mukana.audit.rules import RetentionRule, retain
from mukana.guidance.rules.contacts import KEPT_DAYS

retain(
    RetentionRule(
        "guidance.contacts",
        "Yhteydenottopyynnöt poistetaan 60 päivän kuluttua.",
        "guidance.ContactRequest",
        timedelta(days=KEPT_DAYS),
        "made_at",
    )
)
