"""Leaves of one word by itself: whole word > all parts > head only (search.md).  Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mukana.search.asking.plan import Leaf
from mukana.search.concepts.stopwords import WEAK_PARTS
from mukana.search.concepts.words import Word

WHOLE, AS_HEAD, AS_MODIFIER, AS_ROOT = 1.0, 0.7, 0.36, 0.5
CARRIED = 0.9
ROOT, ROOT_AS_HEAD, SHARED_ROOT = 0.62, 0.5, 0.55
ROOT_OF_PART, ROOT_BESIDE_WEAK = 0.7, 0.25  # shares of these; saattajapalvelu is not about serving
HEAD, WEAK_HEAD = 0.4, 0.05
MODIFIER, MODIFIER_OF_WEAK_HEAD, WEAK_MODIFIER = 0.22, 0.42, 0.05
FOREIGN = 0.9


def whole_leaves(word: Word, kind: str = "word") -> Iterator[Leaf]:
    """The word as asked, also as part of longer words, and what it is derived from."""
    for lemma in word.lemmas:
        yield Leaf(lemma, WHOLE, kind)
        yield Leaf(f"={lemma}", CARRIED, kind)
        yield Leaf(f"_{lemma}", AS_HEAD, kind)
        yield Leaf(f"{lemma}_", AS_MODIFIER, kind)
        yield Leaf(f"^{lemma}", AS_ROOT, kind)
    for root in word.roots:
        factor = 1.0 if not word.heads else ROOT_BESIDE_WEAK if _end(word) in WEAK_PARTS else ROOT_OF_PART
        yield Leaf(root, ROOT * factor, kind)
        yield Leaf(f"_{root}", ROOT_AS_HEAD * factor, kind)
        yield Leaf(f"^{root}", SHARED_ROOT * factor, kind)


def foreign_leaves(word: Word, kind: str = "word") -> Iterator[Leaf]:
    """The word as Swedish or English."""
    return (Leaf(stem, FOREIGN, kind) for stem in word.foreign)


def word_leaves(word: Word, share: float, kind: str = "word") -> Iterator[Leaf]:
    """A word inside a name of several words: `share` of the name's weight."""
    for leaf in (*whole_leaves(word, kind), *foreign_leaves(word, kind)):
        yield replace(leaf, weight=leaf.weight * share)


def part_leaves(word: Word, kind: str = "word", share: float = 1.0) -> Iterator[Leaf]:
    """Parts of a compound; they add up, so entries with all parts come before those with one.

    `share` is what the beginning of a word with a weak end counts: little when the whole word has a
    meaning of its own (ruoka-apu is not about food in general).
    """
    if not word.heads:
        return
    last = _end(word)
    weak = last in WEAK_PARTS
    for head in word.heads:
        weight = WEAK_HEAD if weak and head == last else HEAD
        yield from _spread(head, weight, kind)
    for modifier in word.modifiers:
        strong = MODIFIER_OF_WEAK_HEAD * share if weak else MODIFIER
        yield from _spread(modifier, WEAK_MODIFIER if modifier in WEAK_PARTS else strong, kind)


def _end(word: Word) -> str:
    return min(word.heads, key=len)


def _spread(part: str, weight: float, kind: str) -> Iterator[Leaf]:
    yield Leaf(part, weight, kind)
    yield Leaf(f"={part}", weight, kind)
    yield Leaf(f"_{part}", weight * 0.9, kind)
    yield Leaf(f"{part}_", weight * 0.9, kind)
