"""Ids as others see them: `<source>:<row id>` for what a source sent, `mukana:<uuid>` for our own.  Pure.

Signs that an address cannot carry are written as %-codes in the id itself, so an `@id` is a
whole address.  Readers take both forms, because a server sees an address already decoded.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote
from uuid import UUID

OWN = "mukana"
SERIES = "series:"  # how the hub marks the provenance row of a series
_PLAIN = re.compile(r"[\w.:~-]+", re.ASCII)
_FOREIGN = re.compile(r"[a-z][a-z0-9-]*:[\w.-]+", re.ASCII)  # a keyword of somebody's vocabulary: "yso:p4354"


def public_id(source: str, row_id: str) -> str:
    """The id of a source's row."""
    local = row_id.removeprefix(SERIES)
    return f"{source}:{local if _PLAIN.fullmatch(local) else quote(local, safe=':')}"


def own_id(key: str | UUID) -> str:
    """The id of what no source has sent; `key` is a UUID, also as 32 hexadecimal digits."""
    return f"{OWN}:{UUID(key) if isinstance(key, str) else key}"


def own_key(whole_id: str) -> UUID | None:
    """The UUID of an id of our own, None when it is none."""
    source, _, local = whole_id.partition(":")
    if source != OWN or len(local) != 36:
        return None
    try:
        return UUID(local)
    except ValueError:
        return None


def rows_meant(whole_id: str) -> list[tuple[str, str]]:
    """(source, row id) pairs that the id may mean, likeliest first; "" stands for any source.

    The last is for those who know a row by its id in the system it came from.
    """
    source, _, local = whole_id.partition(":")
    pairs = [(source, local), (source, unquote(local))] if local else []
    return _storable([*pairs, ("", whole_id), ("", unquote(whole_id))])


def keyword_id(scheme: str, code: str) -> str:
    """The id of a word: "mukana:topic.balance"; a word that has an id of a vocabulary keeps it."""
    if scheme == "keyword" and _FOREIGN.fullmatch(code):
        return code
    return f"{OWN}:{scheme}.{quote(code, safe='')}"


def words_meant(whole_id: str) -> list[tuple[str, str]]:
    """(scheme, code) pairs that a keyword's id may mean."""
    scheme, dot, code = whole_id.removeprefix(f"{OWN}:").partition(".")
    if whole_id.startswith(f"{OWN}:") and dot:
        return _storable([(scheme, code), (scheme, unquote(code))])
    return [("keyword", whole_id)]


def _storable(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each pair once; one with a NUL ("%00" in an id) no database holds and PostgreSQL refuses to look for."""
    return [pair for pair in dict.fromkeys(pairs) if "\x00" not in pair[0] + pair[1]]
