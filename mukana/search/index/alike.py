"""Entries told in the same words: one activity in many municipalities, or under many names.  Pure."""

from __future__ import annotations

import re
from hashlib import blake2b

LEAST_TOLD = 30  # letters that must be alike: "Tervetuloa!" tells nothing
_MOST_TOLD = 300
_SENTENCE_END = re.compile(r"[.!?\n]")


def first_sentence(body: str) -> str:
    """What a description begins with: the rest tells of times and of how to join."""
    return _SENTENCE_END.split(body.lstrip(), 1)[0]


def told_alike(summary: str, sentence: str) -> int:
    """One number for all entries whose summary and first sentence of description are the same; 0 when they say too little."""
    told = f"{summary.strip()}\n{sentence}".casefold()
    if len(told) < LEAST_TOLD:
        return 0
    return int.from_bytes(blake2b(told[:_MOST_TOLD].encode(), digest_size=8).digest(), "big", signed=True)
