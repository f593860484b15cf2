"""Finnish business identity codes (Y-tunnus): seven digits, a hyphen and a check digit.

Source of the check: the Finnish Tax Administration's description of the Business ID
(weights 7, 9, 10, 5, 8, 4, 2; modulus 11; a remainder of 1 is never given out).
"""

from __future__ import annotations

import re

_SHAPE = re.compile(r"(?:FI)?(\d{6,7})-?(\d)", re.IGNORECASE)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def normal(text: str | None) -> str:
    """A valid code as "0737546-2" ("" when not valid).

    Blanks, a missing hyphen, the old six-digit form and the VAT form "FI07375462" are understood.
    """
    match = _SHAPE.fullmatch(re.sub(r"\s", "", text or "").replace("–", "-"))
    if not match:
        return ""
    digits, check = match[1].zfill(7), int(match[2])
    return f"{digits}-{check}" if check_digit(digits) == check else ""


def check_digit(digits: str) -> int | None:
    """The check digit of seven digits; None for a number that is never given out."""
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11
    if rest == 1:
        return None
    return 0 if rest == 0 else 11 - rest
