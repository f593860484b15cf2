"""Which pairs are worth comparing: those that share something rare.  Pure.

Comparing everything with everything would be a billion pairs for 50,000 entries; entries that
are one thing share a start, a phone, a place or a rare word of the name in the same municipality.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from itertools import combinations, product

from mukana.duplicates.rules import Face, rhythm, words_of

LARGEST = 120  # a block larger than this is of something common and tells nothing
RARE = 3  # the rarest words of a name that make blocks
SILENT: dict[str, Callable[[Face], bool]] = {  # kinds of blocks for those that do not tell all
    "undated": lambda face: not face.starts,
    "nowhere": lambda face: not face.municipality,
}

Key = tuple[str, ...]
Pair = tuple[Face, Face]


def pairs(faces: Collection[Face], wanted: Collection[str] | None = None) -> Iterator[Pair]:
    """Every pair worth comparing, once; with `wanted`, only pairs of which one is among these keys."""
    seen: set[tuple[str, str]] = set()
    for key, block in _blocks(faces).items():
        for one, two in _within(block, SILENT.get(key[0])):
            pair = (one.key, two.key) if one.key < two.key else (two.key, one.key)
            if pair not in seen and (wanted is None or one.key in wanted or two.key in wanted):
                seen.add(pair)
                yield one, two


def _within(block: list[Face], silent: Callable[[Face], bool] | None) -> Iterator[Pair]:
    """The pairs of one block.  Where `silent` is given one of the two must be so: two that both tell share a tighter block."""
    first = block if silent is None else [face for face in block if silent(face)]
    others = [] if silent is None else [face for face in block if not silent(face)]
    if len(block) >= 2 and len(first) * len(block) <= LARGEST * LARGEST:
        yield from combinations(first, 2)
        yield from product(first, others)


def _blocks(faces: Collection[Face]) -> dict[Key, list[Face]]:
    common = Counter(word for face in faces for word in set(words_of(face.name)))
    blocks: dict[Key, list[Face]] = defaultdict(list)
    for face in faces:
        for key in set(keys_of(face, common)):
            blocks[key].append(face)
    return blocks


def keys_of(face: Face, common: Counter[str]) -> Iterator[Key]:
    """What a face might share with its twin; `common` counts in how many names a word stands."""
    hours = [str(hour) for hour in rhythm(face.starts)]
    for word in sorted(set(words_of(face.name)), key=lambda word: (common[word], word))[:RARE]:
        yield "undated", word, face.municipality
        for hour in hours:
            yield "nowhere", word, hour
            yield "hour", word, hour, face.municipality
    for hour in hours:
        yield "hour", hour, face.municipality, face.place
    for kind, value in (("phone", face.phone), ("email", face.email.casefold()), ("place", face.place), ("url", face.url)):
        if value:
            yield kind, value
