"""Secrets of the resident's links and codes, made of the site's key: a copy of the database opens nothing.

The secret changes when the resident's number, address or rules of contact change, so a link that went to a way
that is no longer safe opens nothing.
"""

from __future__ import annotations

import base64
import hmac
import json
from datetime import datetime

from django.conf import settings

from mukana.referrals.models import Referral
from mukana.referrals.rules.writing import ALPHABET, LENGTH, clean_reference

OWN, CONFIRM, LETTER = "own", "confirm", "letter"
SECRET = 16  # signs: 96 bits
LETTER_SIGNS = 8
CODE_FOR_S = 600


def token_of(case: Referral, purpose: str) -> str:
    """What stands in the link: the reference, by which the case is found, and the secret."""
    return f"{case.reference}{_secret(case, purpose)}"


def reference_in(token: str) -> str:
    """The reference a token begins with; "" when it is none."""
    return clean_reference(token[:LENGTH]) if len(token) == LENGTH + SECRET else ""


def opens(token: str, case: Referral, purpose: str) -> bool:
    """Compared so that the time taken tells nothing."""
    return hmac.compare_digest(token.encode(), token_of(case, purpose).encode())


def letter_code(case: Referral) -> str:
    """Eight signs that stand on a letter, without look-alikes."""
    made = _keyed(LETTER, case)
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in made[:LETTER_SIGNS])


def is_letter_code(code: str, case: Referral) -> bool:
    """Is it the letter's, however it was typed?"""
    typed = "".join(code.upper().split()).replace("-", "")
    return hmac.compare_digest(typed.encode(), letter_code(case).encode())


def door_code(case: Referral, moment: datetime) -> str:
    """Six digits sent to the resident's own channel; another ten minutes, another code."""
    return _digits(case, int(moment.timestamp()) // CODE_FOR_S)


def is_door_code(code: str, case: Referral, moment: datetime) -> bool:
    """Was it sent within the last ten minutes, or up to twenty?"""
    window = int(moment.timestamp()) // CODE_FOR_S
    typed = "".join(code.split()).encode()
    return any(hmac.compare_digest(typed, _digits(case, one).encode()) for one in (window, window - 1))


def _digits(case: Referral, window: int) -> str:
    return f"{int.from_bytes(_keyed(f'door:{window}', case)[:8]) % 1_000_000:06}"


def _secret(case: Referral, purpose: str) -> str:
    return base64.urlsafe_b64encode(_keyed(purpose, case))[:SECRET].decode()


def _keyed(purpose: str, case: Referral) -> bytes:
    who = case.resident
    facts = [purpose, str(case.pk), who.phone, who.email, sorted(who.safe), who.protected]
    return hmac.digest(b"mukana.referrals:" + settings.SECRET_KEY.encode(), json.dumps(facts).encode(), "sha256")
