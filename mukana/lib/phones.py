"""Finnish phone numbers as people type them, in one shape for dialling and one for reading.

Own small rules instead of a library: only Finnish numbers need care, and the notes
around them ("klo 9-16", two numbers in one field) are what libraries refuse.
"""

from __future__ import annotations

import re

NBSP = "\u00a0"
_NOTE = re.compile(r"\((?=[^)]*[^\W\d_])[^)]*\)|\bklo\.?\s*[\d.:\s–-]+", re.IGNORECASE)
_CANDIDATE = re.compile(r"(?:\+|\b00)?\s?\(?\d[\d\s().\u00a0\u2010-\u2015-]*")
_SPOKEN = re.compile(r"(?<![\d.,:])(?:\+358 ?\d{1,3}|0\d{1,3})(?: \d{2,4}){1,4}(?![\d.,:]\d)")
MAX_TEXT = 300  # a field with a number in it, not an essay
_SHORT = frozenset({"112", "116111", "116117", "116006", "116123", "116000"})
_SERVICE = ("10", "20", "29", "30", "60", "70", "71", "73", "75", "80")
_AREAS = ("13", "14", "15", "16", "17", "18", "19", "2", "3", "5", "6", "8", "9")


def normal(text: str | None) -> str:
    """The first phone number of a text as "+358417308168", or "" when there is none.

    Emergency and helpline numbers (112, 116117) stay as they are.  A mobile number
    that lost its zero in a spreadsheet gets it back.
    """
    for match in _CANDIDATE.finditer(_NOTE.sub(" ; ", (text or "")[:MAX_TEXT])):
        found = _international(match[0].strip())
        if found:
            return found
    return ""


def from_pair(prefix: str | None, number: str | None) -> str:
    """A number given as country prefix and rest: ("+358", "63253122") → "+35863253122"."""
    digits = re.sub(r"\D", "", number or "")
    country = re.sub(r"\D", "", prefix or "")
    if not digits:
        return ""
    if country in ("", "0", "358"):
        return normal(f"+358{digits.lstrip('0')}") if country == "358" else normal(number)
    return normal(f"+{country}{digits}")


def shown(number: str) -> str:
    """A `normal` number grouped for reading: "041 730 8168"; any other as it is.  The blanks are unbreakable."""
    if number.startswith("+358"):
        return _grouped(number[4:])
    if number.startswith("+"):
        return NBSP.join([number[:3], *_threes(number[3:])])
    return NBSP.join([number[:3], number[3:]]) if number in _SHORT and len(number) > 3 else NBSP.join(number.split())


def unbroken(text: str) -> str:
    """The text with no line break inside its phone numbers."""
    return _SPOKEN.sub(lambda match: match[0].replace(" ", NBSP), text) if "0" in text else text


def _international(text: str) -> str:
    text = text.replace("(0)", "")
    digits = re.sub(r"\D", "", text)
    if text.startswith("+") or digits.startswith("00"):
        return _with_country(digits.removeprefix("00"))
    if digits in _SHORT:
        return digits
    if digits.startswith("0"):
        return _finnish(digits[1:])
    if digits.startswith("358") and len(digits) >= 10:
        return _finnish(digits[3:])
    if re.fullmatch(r"(4\d|50)\d{5,8}", digits):
        return _finnish(digits)
    return ""


def _with_country(digits: str) -> str:
    if digits.startswith("358"):
        rest = digits[3:].removeprefix("0")
        return rest if rest in _SHORT else _finnish(rest)
    return f"+{digits}" if 8 <= len(digits) <= 15 and digits[0] != "0" else ""


def _finnish(rest: str) -> str:
    """`rest` is the number without the country and the leading zero: 5–11 digits."""
    return f"+358{rest}" if 5 <= len(rest) <= 11 and rest[0] != "0" else ""


def _grouped(rest: str) -> str:
    head = _head(rest)
    return NBSP.join(["0" + rest[:head], *_threes(rest[head:])])


def _head(rest: str) -> int:
    """How many digits belong to the network or the area."""
    if rest.startswith(("4", "50")):
        return 2
    if rest.startswith(("60", "70", "80")):
        return 3
    if rest.startswith(_SERVICE):
        return 2
    return next((len(area) for area in _AREAS if rest.startswith(area)), 2)


def _threes(digits: str) -> list[str]:
    """Groups of three, the last of two to four: 7308168 → 730 8168."""
    groups: list[str] = []
    while len(digits) > 4:
        groups.append(digits[:3])
        digits = digits[3:]
    return [*groups, digits] if digits else groups
