"""How long traces themselves are kept: longer than what they tell of."""

from __future__ import annotations

from datetime import timedelta

from mukana.audit.rules import RetentionRule, retain

retain(
    RetentionRule(
        "audit.traces",
        "Merkinnät siitä, kuka katsoi ja muutti tietoja, poistetaan kuuden vuoden kuluttua.",
        "audit.Trace",
        timedelta(days=6 * 365 + 2),
        "at",
    )
)
