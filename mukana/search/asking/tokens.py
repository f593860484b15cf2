"""The question's words, analysed, with ages read out of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from mukana.search.analysis.guess import foreign_stems
from mukana.search.analysis.reading import Analysis
from mukana.search.analysis.words import words_of
from mukana.search.concepts.stopwords import NEGATIONS, STOP
from mukana.search.concepts.words import Word

LONGEST_QUESTION = 2_000  # characters read
MOST_WORDS = 32
_AGE = re.compile(
    r"\b(\d{1,3})\s*(?:\+|plus\b|-?\s*(?:v\b\.?|vuotia\w*|vuotta\b|vuoden\b|v\.|år\w*|years?\b|year-old\w*))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the question; `typed` is as written, `word` what it is read as."""

    typed: str
    word: Word
    known: bool = True
    stop: bool = False
    negation: bool = False


def ages_in(text: str) -> tuple[list[int], str]:
    """Ages named in the question and the question without them."""
    ages = [int(match[1]) for match in _AGE.finditer(text) if 0 < int(match[1]) <= 110]
    return ages, _AGE.sub(" ", text)


def token_of(form: str, analyse: Callable[[str], Analysis]) -> Token:
    """A word form as a token."""
    analysis = analyse(form)
    word = Word(form, analysis.lemmas, analysis.heads, analysis.modifiers, analysis.roots, foreign_stems(form))
    stop = form in STOP or STOP.issuperset(analysis.lemmas)
    return Token(form, word, analysis.known, stop, form in NEGATIONS or analysis.lemmas == ("ei",))


def tokens_of(text: str, analyse: Callable[[str], Analysis]) -> list[Token]:
    """Tokens of a question, stop words marked, at most MOST_WORDS."""
    forms = words_of(text[:LONGEST_QUESTION])[:MOST_WORDS]
    return [token_of(form, analyse) for form in forms]


def audience_of_age(age: int) -> str:
    """Audience code an age points to."""
    for limit, code in ((2, "baby_parents"), (7, "families_small_children"), (13, "children"), (29, "youth")):
        if age < limit:
            return code
    return "working_age" if age < 63 else "older"
