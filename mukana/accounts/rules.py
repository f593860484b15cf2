"""Roles and permissions as data: each with the sentence a person reads."""

from __future__ import annotations

PERMISSIONS: dict[str, str] = {
    "public": "Kaikki näkevät, myös ilman tunnusta.",
    "signed_in": "Jokainen, jolla on tunnus.",
    "desk.see": "Näkee työpöydän.",
    "sources.see": "Näkee, mistä tiedot tulevat ja milloin ne on haettu.",
    "sources.import": "Tuo tietoja taulukosta ja korjaa sarakkeiden selitykset.",
    "lexicon.edit": "Muuttaa haun sanastoa.",
    "feedback.answer": "Lukee palautteet ja vastaa niihin.",
}

ROLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "coordinator": (
        "Hyvinvointikoordinaattori",
        ("desk.see", "sources.see", "sources.import", "lexicon.edit", "feedback.answer"),
    ),
    "link_worker": ("Linkkihenkilö", ("desk.see", "sources.see")),
    "referral_coordinator": ("Koordinoiva linkkihenkilö", ("desk.see", "sources.see", "feedback.answer")),
    "professional": ("Ammattilainen", ("desk.see",)),
    "organiser": ("Järjestäjä", ("desk.see",)),
    "instructor": ("Ohjaaja", ("desk.see",)),
    "supervisor": ("Esihenkilö", ("desk.see", "sources.see")),
    "evaluator": ("Arvioija", ("desk.see",)),
    "it": ("Pääkäyttäjä", ("desk.see", "sources.see", "sources.import", "lexicon.edit")),
}


def granted(roles: set[str]) -> frozenset[str]:
    """Every permission that the roles together give."""
    return frozenset(permission for role in roles if role in ROLES for permission in ROLES[role][1])
