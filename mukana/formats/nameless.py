"""Texts without the names of people: what is given out as open data tells of offices, never of persons.  Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from mukana.lib.emails import hide_personal, looks_personal

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3  # letters by which a bent form of a name is still known ("Pekka" → "Pekan")
_LOST = 2  # letters that Finnish endings change at a name's end ("Virtanen" → "Virtasen")


def without_names(text: str, names: Iterable[str]) -> str:
    """The text without the sentences that hold a known person's name in any case form, and without personal addresses."""
    stems = stems_of(names)
    if stems:
        for sentence in _SENTENCE.split(text):
            if sentence and _names(sentence, stems):
                text = text.replace(sentence, "")
    return hide_personal(re.sub(r"[ \t]{2,}", " ", text)).strip()


def texts_without_names(texts: dict[str, dict[str, Any]], names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The same of a record's texts; the field that tells who meets a visitor is left out."""
    known = tuple(names)
    return {
        language: {name: _clean(name, value, known) for name, value in fields.items() if name != "whom"}
        for language, fields in texts.items()
    }


def role_address(email: str) -> str:
    """The address if it is an office's, "" when it names a person."""
    return "" if looks_personal(email) else email


def stems_of(names: Iterable[str]) -> frozenset[str]:
    """Beginnings by which forms of the names are known; an office ("Asiakaspalvelu") is one word and no name."""
    found: set[str] = set()
    for name in names:
        words = [word for word in _WORD.findall(name) if word[:1].isupper() and len(word) >= _SHORTEST]
        if len(words) >= 2:
            found.update(map(_stem, words))
    return frozenset(found)


def _stem(word: str) -> str:
    """ "Virtanen" → "Virta", as "Virtasen" is his too."""
    return word[: max(_SHORTEST, len(word) - (3 if word.endswith("nen") else _LOST))]


def _names(sentence: str, stems: frozenset[str]) -> bool:
    return any(word[:1].isupper() and any(word.startswith(stem) for stem in stems) for word in _WORD.findall(sentence))


def _clean(name: str, value: Any, names: tuple[str, ...]) -> Any:
    """A record's name stays as it is: it is what the thing is called."""
    if isinstance(value, str):
        return value if name == "name" else without_names(value, names)
    if isinstance(value, list):
        return [kept for item in value if (kept := _step(item, names))]
    return value


def _step(item: Any, names: tuple[str, ...]) -> Any:
    if not isinstance(item, dict):
        return item
    told = {key: without_names(text, names) for key, text in item.items() if isinstance(text, str)}
    return {key: text for key, text in told.items() if text}
