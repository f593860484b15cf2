"""From the readings of one word to its terms.  Pure.

Readings with the fewest parts win (tanssimaan is "to dance", not "dance land");
all that remain count, so jumppaa is both the noun and the verb.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mukana.search.analysis.interpret import Part, lemma_of, parts_of

_VOWELS = frozenset("aeiouyäöå")


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one word form may be, everything in lower case.

    `lemmas` base forms of the whole word; `heads` the later parts of a compound
    (vesijumppa → jumppa), `modifiers` its earlier parts; `roots` what it is derived
    from (liikunta → liikkua); `known` is False when the morphology had no reading.
    """

    lemmas: tuple[str, ...]
    heads: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    known: bool = True

    @property
    def parts(self) -> tuple[str, ...]:
        """Every part of the compound, once; empty for a simple word."""
        return tuple(dict.fromkeys(self.modifiers + self.heads))


def read(word: str, outputs: Iterable[str]) -> Analysis | None:
    """Terms of `word` by its analysis strings, or None when there is no usable one."""
    readings = [parts for output in outputs if (parts := parts_of(output)) and _sound(parts)]
    if not readings:
        return None
    fewest = min(len(parts) for parts in readings)
    return combine([parts for parts in readings if len(parts) == fewest], known=True)


def combine(readings: Sequence[tuple[Part, ...]], known: bool) -> Analysis:
    """Joins the terms of several readings of one word, in a fixed order."""
    heads = {term for parts in readings for term in _heads(parts)}
    modifiers = {term for parts in readings for term in _modifiers(parts)}
    roots = {root for parts in readings for part in parts for root in part.roots}
    lemmas = sorted({lemma_of(parts) for parts in readings})
    roots -= set(lemmas)
    return Analysis(tuple(lemmas), tuple(sorted(heads)), tuple(sorted(modifiers)), tuple(sorted(roots)), known)


def _heads(parts: Sequence[Part]) -> Iterator[str]:
    """Ends of the compound: hallintaryhmä and ryhmä of painonhallintaryhmä."""
    for start in range(1, len(parts)):
        yield lemma_of(tuple(parts[start:]))


def _modifiers(parts: Sequence[Part]) -> Iterator[str]:
    """Beginnings and inner parts: painonhallinta, paino and hallinta of painonhallintaryhmä."""
    for end in range(1, len(parts)):
        yield parts[end - 1].base
        if end > 1:
            yield lemma_of(tuple(parts[:end]))


def _sound(parts: Sequence[Part]) -> bool:
    """Finnish writes a hyphen between equal vowels, so kela+ajat is no reading of kelaajat."""
    return not any(left.kind and left.surface[-1] == right.surface[0] and right.surface[0] in _VOWELS for left, right in pairwise(parts))
