"""How many events a word or a place has, and whether any is ahead."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from mukana.api import sql
from mukana.lib.clock import now

Counts = tuple[int, bool]
Key = TypeVar("Key", int, str)
KEPT_S = 600.0  # numbers inside other documents may be this old
_words: dict[int, tuple[float, Counts]] = {}
_MOST_WORDS = 5_000


def word_counts(terms: Collection[int]) -> dict[int, Counts]:
    """Term → counts, at most ten minutes old; common words would cost too much to count for each entry."""
    moment = time.monotonic()
    fresh = {term: kept[1] for term in terms if (kept := _words.get(term)) and moment - kept[0] < KEPT_S}
    missing = [term for term in terms if term not in fresh]
    counted = exact_word_counts(missing)
    if len(_words) > _MOST_WORDS:
        _words.clear()
    _words.update({term: (moment, counted.get(term, (0, False))) for term in missing})
    return fresh | counted


def exact_word_counts(terms: Sequence[int]) -> dict[int, Counts]:
    """Term → counts of this moment; words without events are left out."""
    return _told(sql.events_by_word(terms))


def place_counts(places: Sequence[UUID]) -> dict[str, Counts]:
    """Place (hexadecimal) → counts of this moment; places without events are left out."""
    return _told(sql.events_by_place(places))


def forget() -> None:
    """Drop the numbers kept in this process."""
    _words.clear()


def _told(found: dict[Key, tuple[int, datetime]]) -> dict[Key, Counts]:
    moment = now()
    return {key: (count, last >= moment) for key, (count, last) in found.items()}
