"""`analyse(word)`: the one door to Finnish morphology.

Order: place names with generated case forms, the morphology, then guesses.
A process remembers the latest words; an index build reads the rest from the
database's word table (mukana.search.word_forms).
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from mukana.search.analysis import gazetteer
from mukana.search.analysis.backend import morphology
from mukana.search.analysis.guess import guess
from mukana.search.analysis.reading import Analysis, read
from mukana.search.analysis.relatives import noun_candidates

VERSION = 2  # raise when the terms of any word change: tables and indexes are made anew
REMEMBERED = 20_000  # words; about 6 MB


@lru_cache(maxsize=REMEMBERED)
def analyse(word: str) -> Analysis:
    """Terms of one word form.  Any string will do; nothing raises for odd letters."""
    word = word.lower()
    place = gazetteer.base_form(word).partition(" ")[0]  # "Koski Tl" is called Koski
    found = read(word, _lookup(word))
    if place:
        return Analysis(tuple(dict.fromkeys((place, *(found.lemmas if found else ())))))
    if found is None:
        return guess(word, _lookup)
    nouns = {noun for lemma in found.lemmas for noun in noun_candidates(lemma) if _is_noun(noun)}
    return replace(found, roots=tuple(sorted(set(found.roots) | nouns - set(found.lemmas))))


def _lookup(word: str) -> list[str]:
    """Only letters are asked about: the morphology's view of digits and marks differs by backend."""
    return morphology().lookup(word) if word.isalpha() else []


def _is_noun(word: str) -> bool:
    """A noun in its base form: [Ln] … [Sn][Ny]."""
    return any("[Ln]" in output and "[Sn][Ny]" in output and "[Bc]" not in output for output in morphology().lookup(word))
