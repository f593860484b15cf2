"""How long links, calls and proposals are kept."""

from __future__ import annotations

from datetime import timedelta

from mukana.audit.rules import RetentionRule, retain, with_contact, without_contact

retain(
    RetentionRule(
        "upkeep.link",
        "Järjestäjille lähetetyt linkit ja niiden vastaanottajat poistetaan kahden vuoden kuluttua.",
        "upkeep.Link",
        timedelta(days=2 * 365),
        "made_at",
    ),
    RetentionRule(
        "upkeep.proposal_contact",
        "Korjauksen ehdottajan sähköposti poistetaan viimeistään vuoden kuluttua, vaikka ehdotusta ei olisi ratkaistu.",
        "upkeep.Proposal",
        timedelta(days=365),
        "sent_at",
        without_contact,
        with_contact,
    ),
    RetentionRule(
        "upkeep.call", "Järjestäjille soitetut puhelut poistetaan kolmen vuoden kuluttua.", "upkeep.Call", timedelta(days=3 * 365), "at"
    ),
)
