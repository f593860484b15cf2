"""How long referrals are kept: a proposal for the controller, each rule confirmed by a person before it works."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q

from mukana.audit.rules import RetentionRule, retain
from mukana.referrals.actions.forgetting import anonymise, delete_unsent
from mukana.referrals.queries.withdrawn import WITHDRAWN

_DAY = timedelta(days=1)


def _drafts(rows: Any) -> Any:
    return rows.filter(state="draft")


def _unconfirmed(rows: Any) -> Any:
    return rows.filter(Q(state="awaiting_confirmation") | Q(state="closed", sent_at=None))


def _closed(rows: Any) -> Any:
    return rows.filter(state="closed", anonymised_at=None).exclude(outcome="unreachable")


def _withdrawn(rows: Any) -> Any:
    return rows.filter(state__in=("withdrawn", "entered_in_error"), anonymised_at=None)


def _in_vain(rows: Any) -> Any:
    return rows.filter(state__in=("cancelled", "closed"), anonymised_at=None).exclude(state="closed", outcome__in=_REAL)


_REAL = (
    "attending_regularly", "attended_and_ended_well", "own_path_found", "attended_dropped_out", "no_suitable_service",
    "full_everywhere", "declined_by_resident", "moved_or_deceased", "handed_to_health_or_social_care", "duplicate",
)  # fmt: skip
_MODEL = "referrals.Referral"

retain(
    RetentionRule(
        "referrals.drafts", "Lähettämätön hyvinvointilähete poistetaan 14 päivän kuluttua.",
        _MODEL, 14 * _DAY, "made_at", delete_unsent, _drafts
    ),
    RetentionRule(
        "referrals.unconfirmed", "Läheisen tekemä hyvinvointilähete, johon asukas ei ole vastannut, poistetaan 60 päivän kuluttua.",
        _MODEL, 60 * _DAY, "made_at", delete_unsent, _unconfirmed,
    ),
    RetentionRule(
        "referrals.closed", "Päättynyt hyvinvointilähete tehdään nimettömäksi kahden vuoden kuluttua.",
        _MODEL, 730 * _DAY, "ended_at", anonymise, _closed,
    ),
    RetentionRule(
        WITHDRAWN, "Perutun tai virheellisen hyvinvointilähetteen henkilötiedot poistetaan 30 päivän kuluttua.",
        _MODEL, 30 * _DAY, "ended_at", anonymise, _withdrawn,
    ),
    RetentionRule(
        "referrals.in_vain", "Lähettäjän perumasta tai tavoittamatta jääneestä tehdään nimetön puolen vuoden kuluttua.",
        _MODEL, 183 * _DAY, "ended_at", anonymise, _in_vain,
    ),
)  # fmt: skip
