"""E-mail addresses: found in text, written in one way, told to be a person's or an office's."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_AT = re.compile(r"\s*(?:\(at\)|\[at\]|\(a\)|\[a\]|\(ät\))\s*", re.IGNORECASE)
_PERSONAL = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)?\.(?:[^\W\d_]\.)?[^\W\d_]{2,}(?:-[^\W\d_]+)?\d*")
_ROLE_WORDS = frozenset((
    "info", "toimisto", "kirjaamo", "asiakaspalvelu", "palvelu", "palvelut", "liikunta",
    "kulttuuri", "kirjasto", "seurakunta", "nuoriso", "neuvonta", "ajanvaraus", "posti",
    "ilmoittautuminen", "yhdistys", "hallitus", "office", "uimahalli", "vapaa", "aika",
    "tapahtumat", "viestinta", "sihteeri", "puheenjohtaja", "koordinaattori",
))  # fmt: skip
MAX_LENGTH = 254
MAX_TEXT = 2000


def normal(text: str | None) -> str:
    """The first address of a text, in small letters; "" when there is none.

    "mailto:" and "etunimi(at)kunta.fi" are understood.
    """
    match = _ADDRESS.search(_AT.sub("@", (text or "")[:MAX_TEXT]))
    found = match[0].lower().removeprefix("mailto:").strip(".'") if match else ""
    return found if 0 < len(found) <= MAX_LENGTH else ""


def looks_personal(address: str) -> bool:
    """Whether an address names a person (etunimi.sukunimi@) rather than an office (info@)."""
    local = address.partition("@")[0].lower()
    if set(re.split(r"[._-]", local)) & _ROLE_WORDS:
        return False
    return bool(_PERSONAL.fullmatch(local))
