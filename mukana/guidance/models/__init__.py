"""The tables of guidance: whose link it is, anonymous counts, requests to organisers, agreements.  What was typed is in none."""

from __future__ import annotations

from mukana.guidance.models.agreement import REFERRAL, Acceptance, Agreement
from mukana.guidance.models.contact import Asked, ContactRequest
from mukana.guidance.models.count import Count
from mukana.guidance.models.lack import Lack
from mukana.guidance.models.unit import Unit

__all__ = ["REFERRAL", "Acceptance", "Agreement", "Asked", "ContactRequest", "Count", "Lack", "Unit"]
