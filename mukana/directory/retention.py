"""How long visitors' words are kept."""

from __future__ import annotations

from datetime import timedelta

from mukana.audit.rules import RetentionRule, retain, with_contact, without_contact

retain(
    RetentionRule(
        "directory.feedback_contact",
        "Palautteen jättäjän yhteystieto poistetaan viimeistään vuoden kuluttua, vaikka palautteeseen ei olisi vastattu.",
        "directory.Feedback",
        timedelta(days=365),
        "sent_at",
        without_contact,
        with_contact,
    ),
    RetentionRule(
        "directory.feedback",
        "Palautteet vastauksineen poistetaan kolmen vuoden kuluttua.",
        "directory.Feedback",
        timedelta(days=3 * 365),
        "sent_at",
    ),
)
