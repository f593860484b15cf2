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
# Where people, not offices, have their addresses.
_MAILBOXES = frozenset((
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.fi", "outlook.com", "live.com", "live.fi", "icloud.com",
    "me.com", "yahoo.com", "msn.com", "luukku.com", "suomi24.fi", "kolumbus.fi", "elisanet.fi", "saunalahti.fi",
))  # fmt: skip
MAX_LENGTH = 254
MAX_TEXT = 2000


def normal(text: str | None) -> str:
    """The first address of a text, in small letters; "" when there is none.

    "mailto:" and "etunimi(at)kunta.fi" are understood.
    """
    text = (text or "")[:MAX_TEXT]
    if "(" in text or "[" in text:
        text = _AT.sub("@", text)
    match = _ADDRESS.search(text) if "@" in text else None
    found = match[0].lower().removeprefix("mailto:").strip(".'") if match else ""
    return found if 0 < len(found) <= MAX_LENGTH else ""


def looks_personal(address: str) -> bool:
    """Whether an address names a person (etunimi.sukunimi@) rather than an office (info@)."""
    local = address.partition("@")[0].lower()
    if set(re.split(r"[._-]", local)) & _ROLE_WORDS:
        return False
    return bool(_PERSONAL.fullmatch(local))


def hide_personal(text: str) -> str:
    """The text with an ellipsis in the place of every address that names a person; offices' stay."""
    if "@" not in text:
        return text
    return _ADDRESS.sub(lambda found: "…" if looks_personal(found[0].strip(".")) else found[0], text)


def holds_person(identifier: str) -> bool:
    """Whether an id made by some program carries somebody's own address ("2026-8874-etunimi.sukunimi@…")."""
    found = _ADDRESS.search(identifier)
    if not found:
        return False
    local, _, domain = found[0].lower().rpartition("@")
    return domain in _MAILBOXES or looks_personal(f"{local.rpartition('-')[2]}@{domain}")
