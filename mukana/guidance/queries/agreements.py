"""Agreements that govern a card, or referrals."""

from __future__ import annotations

from mukana.guidance.models import Agreement


def agreements_of(code: str) -> list[Agreement]:
    """Those in force, with who has accepted them."""
    in_force = Agreement.objects.filter(in_force=True).prefetch_related("acceptances")
    return [one for one in in_force if code in one.cards]  # there are a few; SQLite cannot ask inside JSON lists
