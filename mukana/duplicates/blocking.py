"""Which pairs are worth comparing: those that share something rare.  Pure.

Comparing everything with everything would be a billion pairs for 50,000 entries; entries that
are one thing share a start, a phone, a place or a rare word of the name in the same municipality.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations

from mukana.duplicates.rules import Face, words_of

LARGEST = 120  # a block larger than this is of something common and tells nothing
RARE = 3  # the rarest words of a name that make blocks

Key = tuple[str, ...]
Pair = tuple[Face, Face]


def pairs(faces: Collection[Face], wanted: Collection[str] | None = None) -> Iterator[Pair]:
    """Every pair worth comparing, once; with `wanted`, only pairs of which one is among these keys."""
    seen: set[tuple[str, str]] = set()
    for block in _blocks(faces).values():
        if not 2 <= len(block) <= LARGEST:
            continue
        for one, two in _within(block, wanted):
            key = (one.key, two.key) if one.key < two.key else (two.key, one.key)
            if one.key != two.key and key not in seen:
                seen.add(key)
                yield one, two


def _within(block: list[Face], wanted: Collection[str] | None) -> Iterable[Pair]:
    if wanted is None:
        return combinations(block, 2)
    return ((one, two) for one in block if one.key in wanted for two in block if two.key not in wanted or one.key < two.key)


def _blocks(faces: Collection[Face]) -> dict[Key, list[Face]]:
    common = Counter(word for face in faces for word in set(words_of(face.name)))
    blocks: dict[Key, list[Face]] = defaultdict(list)
    for face in faces:
        for key in set(keys_of(face, common)):
            blocks[key].append(face)
    return blocks


def keys_of(face: Face, common: Counter[str]) -> Iterator[Key]:
    """What a face might share with its twin; `common` counts in how many names a word stands."""
    rare = sorted(set(words_of(face.name)), key=lambda word: (common[word], word))[:RARE]
    for word in rare:
        yield "word", word, face.municipality
        for start in face.starts:
            yield "word-start", word, str(start // 60)
    for start in face.starts:
        yield "start", str(start // 60), face.municipality, face.place
    for kind, value in (("phone", face.phone), ("email", face.email.casefold()), ("place", face.place), ("url", face.url)):
        if value:
            yield kind, value
