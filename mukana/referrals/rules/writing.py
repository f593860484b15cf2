"""What people write in free text: no identity codes; words of acute danger stop the sending."""

from __future__ import annotations

import re
import secrets

from mukana.guidance.rules.danger import acute
from mukana.lib.text import strip_identifiers
from mukana.referrals.rules.codes import Refused

ALPHABET = "23456789ACDEFHJKMNPRTVWXY"  # no look-alikes
LENGTH = 10
LONGEST_WISH = 500
_DANGER = re.compile(
    r"\b(?:itsemurh\w*|tappa\w+ its\w+|tapan its\w+|en halua (?:enää )?elää|itsetuho\w*|självmord\w*|suicid\w*"
    r"|hakkaa minu\w*|lyö minu\w*|uhkaa tappaa\w*)",
    re.IGNORECASE,
)


def new_reference() -> str:
    """Ten signs that can be read out on the phone."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def clean_reference(text: str) -> str:
    """A reference as people type it; "" when it is none."""
    found = re.sub(r"[\s-]", "", text).upper()
    return found if len(found) == LENGTH and set(found) <= set(ALPHABET) else ""


def check_free_text(text: str, limit: int = LONGEST_WISH) -> str:
    """The text as it may be kept.  Raises Refused: identity_code, too_long."""
    kept = text.strip()
    if strip_identifiers(kept) != kept:
        raise Refused("identity_code")
    if len(kept) > limit:
        raise Refused("too_long", limit=limit)
    return kept


def check_words(text: str, limit: int = LONGEST_WISH) -> str:
    """The same of a door where acute danger is not written down but rung about.  Raises Refused: acute_danger too."""
    kept = check_free_text(text, limit)
    if tells_danger(kept):
        raise Refused("acute_danger")
    return kept


def tells_danger(text: str) -> bool:
    """Do the words tell of acute danger?  Then a person is shown 112 and the crisis line before anything is sent."""
    return bool(_DANGER.search(text)) or acute(text)
