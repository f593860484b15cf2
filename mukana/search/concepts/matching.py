"""Finds the concepts named in a row of analysed words.  Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mukana.search.concepts.compiling import Sequence as Continuation
from mukana.search.concepts.compiling import Tables
from mukana.search.concepts.stopwords import WEAK_PARTS
from mukana.search.concepts.words import Word

BY_HEAD, BY_CARRIED, BY_MODIFIER, BY_ROOT = 0.8, 0.75, 0.45, 0.55
_LEAPS = 1  # words that a name of several words may leap over, in all


@dataclass(frozen=True, slots=True)
class Match:
    """Words start…end-1 mean `concept` with `strength` 0…1."""

    concept: str
    strength: float
    start: int
    end: int


def matches(words: Sequence[Word], tables: Tables) -> list[Match]:
    """All concepts named, longest names first; a word inside a longer name is not read again."""
    found = names(words, tables)
    taken = {at for match in found if match.concept not in tables.lone for at in range(match.start, match.end)}
    for start, word in enumerate(words):
        if start not in taken:
            found.extend(single(word, start, tables))
    return found


def names(words: Sequence[Word], tables: Tables) -> list[Match]:
    """Concepts named by several words together: from each beginning only the longest names."""
    return names_from(range(len(words)), words, tables)


def names_from(starts: Iterable[int], words: Sequence[Word], tables: Tables) -> list[Match]:
    """As `names`, for whoever knows where a name may begin."""
    found: list[Match] = []
    for start in starts:
        for name in words[start].names:
            seconds = tables.several.get(name)
            if seconds is not None:
                found += _longest(words, start, seconds)
    return found


def _longest(words: Sequence[Word], start: int, seconds: Mapping[str, Sequence[Continuation]]) -> list[Match]:
    best: list[Match] = []
    for second in range(start + 1, min(start + 2 + _LEAPS, len(words))):
        for name in words[second].names:
            for rest, concept, strength in seconds.get(name, ()):
                end = _follows(words, second + 1, rest, _LEAPS - (second - start - 1))
                if end and (not best or end >= best[0].end):
                    kept = best if best and end == best[0].end else []
                    best = [*kept, Match(concept, strength, start, end)]
    return best


def _follows(words: Sequence[Word], at: int, rest: Sequence[str], leaps: int) -> int:
    """Index after the last word when `rest` (it may be empty) follows from `at` with so many leaps, else 0."""
    for term in rest:
        for skip in range(leaps + 1):
            if at + skip < len(words) and term in words[at + skip].names:
                at += skip + 1
                leaps -= skip
                break
        else:
            return 0
    return at


def single(word: Word, at: int, tables: Tables) -> list[Match]:
    """Concepts of one word: by itself, else by its parts and roots at less strength."""
    own = _named(word.names, 1.0, at, tables)
    if any(match.concept not in tables.lone for match in own):
        return own
    found = own + _named(word.heads, BY_HEAD, at, tables)
    found += _named(word.modifiers, BY_MODIFIER, at, tables)
    found += _named(_about(word), BY_CARRIED, at, tables)
    found += _named(word.roots, BY_ROOT, at, tables)
    strongest: dict[str, Match] = {}
    for match in found:
        if match.concept in tables.fillers:
            continue  # päihdeapu is not "apu"
        held = strongest.get(match.concept)
        if held is None or held.strength < match.strength:
            strongest[match.concept] = match
    return list(strongest.values())


def _about(word: Word) -> tuple[str, ...]:
    """What a compound is about when its end says little: päihde of päihdeapu."""
    if not word.modifiers or min(word.heads, key=len, default="") not in WEAK_PARTS:
        return ()
    return (max(word.modifiers, key=len),)


def _named(names: Sequence[str], factor: float, at: int, tables: Tables) -> list[Match]:
    return [Match(concept, strength * factor, at, at + 1) for name in names for concept, strength in tables.single.get(name, ())]
