"""What a party sees of a resident, in words for a page: only fields that `seeing` let out come here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from django.utils.translation import gettext as _

from mukana.referrals.labels import AGE_BANDS, PRACTICAL, listed, said
from mukana.referrals.labels_meeting import LANGUAGES, SAFE_RULES


class Fact(TypedDict):
    """One line of look/parts/facts.html."""

    icon_name: str
    term: str
    text: str


def facts_of(fields: Mapping[str, object]) -> list[Fact]:
    """Age, area, wish, needs and language; what is not there is left out."""
    wish, practical = fields.get("wish"), _codes(fields.get("practical"))
    found = [
        ("user", _("Ikä"), said(AGE_BANDS, str(fields["age_band"])) if "age_band" in fields else ""),
        ("map-pin", _("Asuinkunta"), str(fields.get("area", ""))),
        ("chat-circle-text", _("Toive omin sanoin"), f"”{wish}”" if wish else ""),
        ("hand-heart", _("Hyvä tietää"), listed(PRACTICAL, practical)),
        ("users", _("Saattaja"), _("Toivoo saattajaa ensimmäiselle kerralle") if fields.get("company") else ""),
        ("translate", _("Kieli"), said(LANGUAGES, str(fields["language"])) if "language" in fields else ""),
    ]
    return [Fact(icon_name=icon, term=term, text=text) for icon, term, text in found if text]


def safe_rules(fields: Mapping[str, object]) -> list[str]:
    """How not to be in touch, a sentence for each rule that a receiver could break."""
    return [said(SAFE_RULES, code) for code in _codes(fields.get("safe")) if code != "no_letter"]


def needs_of(fields: Mapping[str, object]) -> str:
    """Practical needs, one after another."""
    return listed(PRACTICAL, _codes(fields.get("practical")))


def _codes(value: object) -> list[str]:
    return [str(code) for code in value] if isinstance(value, list) else []
