"""The invented region's practice agreement: how a wellbeing referral is made, and who stands behind it."""

from __future__ import annotations

from datetime import timedelta

from mukana.guidance.actions.agreements import accept, agree
from mukana.guidance.models import REFERRAL
from mukana.lib.clock import today

TEXT = (
    "Kysymme luvan ennen kuin otamme asian puheeksi. Hyvinvointilähete tehdään yhdessä asukkaan kanssa. "
    "Linkkihenkilö ottaa yhteyttä viidessä arkipäivässä. Kerromme lähettäjälle, miten kävi, jos asukas antaa luvan."
)
CARDS = (REFERRAL, "loneliness", "mood")
ACCEPTED = (
    ("Esittelyalueen hyvinvointialue", "Outi Väisänen"),
    ("Jaalan kunta", "Tiina Tossavainen"),
    ("Jaalan Eläkeläiset ry", ""),
)


def fill(by: str) -> None:
    """The first version, accepted by three."""
    made = agree(
        {
            "title": "Hyvinvointilähetteen käytäntö", "version": "1", "text": TEXT, "cards": list(CARDS), "contact_name": "Outi Väisänen",
            "contact_phone": "05 000 1210", "rhythm": "kaksi kertaa vuodessa, huhti- ja lokakuussa",
            "review_on": today() + timedelta(days=150),
        },
        by=by,
    )  # fmt: skip
    for organisation, contact in ACCEPTED:
        accept(made, organisation, contact, by=by)
