"""A history whose links are chained by digests: changing or removing one breaks every later one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256

Word = str | int | float


def link_hash(before: str, words: Sequence[Word]) -> str:
    """The digest of a link's words and, through `before`, of everything before it."""
    return sha256(json.dumps([before, *words]).encode()).hexdigest()


def broken_at(links: Iterable[tuple[Sequence[Word], str]]) -> int:
    """The place (from 1) of the first link whose digest does not follow; 0 when the chain is whole."""
    before = ""
    for place, (words, digest) in enumerate(links, 1):
        if words[0] != place or digest != link_hash(before, words):
            return place
        before = digest
    return 0
