"""Every code that goes out, in words."""

from __future__ import annotations

from mukana.api.fhir.mapping.facts import Site
from mukana.lib.clock import now
from mukana.referrals import labels

_OWN = {
    "wellbeing_referral": "Hyvinvointilähete",
    "coordination": "Lähetteen hoitaminen",
    "accompaniment": "Saattaminen",
    "contact_attempt": "Yhteydenotto asukkaaseen",
    "feedback": "Palaute lähettäjälle",
    "nobody_to_tell": "Lähettäjällä ei ole osoitetta",
    "first_visit": "Ensimmäinen käynti",
    "corrected": "Korjaus: ensimmäinen käynti ei toteutunut",
    "not_reached": "Ei tavoitettu",
    "redirected": "Siirretty toiselle yksikölle",
    "expired": "Saattaja ei vastannut",
    "declined": "Ei onnistunut",
    "released": "Saattaja vaihtuu",
    "ill": "Saattaja sairastui",
    "no_transport": "Ei kyytiä",
    "resident_cancelled": "Asukas perui",
    "no_show": "Asukas ei tullut",
    "not_there": "Asukas kertoi, ettei saattaja tullut",
    "decided": "Koordinaattori selvitti",
    "needed": "Etsitään saattajaa",
    "ended": "Päättyi",
    "municipality": "Kunta",
    "wellbeing_county": "Hyvinvointialue",
    "association": "Järjestö",
    "parish": "Seurakunta",
    "company": "Yritys",
    "education": "Oppilaitos",
    "state": "Valtio",
}


# Vocabularies that share codes with another one keep their own words.
_VOCABULARIES = {
    "case-state": labels.CASE, "placement-state": labels.PLACEMENT, "support-state": labels.SUPPORT, "role": labels.ROLES,
    "attempt-result": labels.ATTEMPTS, "permission": labels.PERMISSIONS, "field-group": labels.FIELD_GROUPS, "need": labels.NEEDS,
}  # fmt: skip
_REASONS = (
    labels.SUPPORT, labels.CASE, labels.PLACEMENT, labels.SESSION, labels.REDIRECT_REASONS, labels.CANCEL_REASONS, labels.PAUSE_REASONS,
    labels.OUTCOMES, labels.RESIDENT_REASONS, labels.END_REASONS, labels.RECALL_REASONS, labels.DECLINE_REASONS,
    labels.MARK_REASONS,
)  # fmt: skip


def words() -> dict[str, str]:
    """Code → words, and "vocabulary:code" → words where that differs."""
    found = {code: str(said) for table in _REASONS for code, said in table.items()}
    own = {f"{name}:{code}": str(said) for name, table in _VOCABULARIES.items() for code, said in table.items()}
    return {**found, **_OWN, **own}


def site(base: str) -> Site:
    """Where this is, the time, and the words."""
    return Site(base, now(), words())
