"""How long the ways in are kept."""

from __future__ import annotations

from datetime import timedelta

from mukana.audit.rules import RetentionRule, retain

retain(
    RetentionRule(
        "accounts.login_links",
        "Kirjautumislinkit poistetaan 30 päivän kuluttua niiden vanhenemisesta.",
        "accounts.LoginLink",
        timedelta(days=30),
        "valid_until",
    ),
    RetentionRule(
        "accounts.sessions",
        "Vanhentuneet istunnot poistetaan viikon kuluttua.",
        "sessions.Session",
        timedelta(days=7),
        "expire_date",
    ),
)
