"""Text → the terms that stand in the index (see schema for their marks)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mukana.search.analysis.guess import foreign_stems
from mukana.search.analysis.reading import Analysis
from mukana.search.analysis.words import folded, words_of
from mukana.search.concepts.compiling import Tables
from mukana.search.concepts.matching import Match, Word, matches, single
from mukana.search.concepts.stopwords import STOP

HINT = 0.6  # concepts found with less strength than this are only hinted at
FORM_MARK = "|"


@dataclass(frozen=True, slots=True)
class WordTerms:
    """One word form made ready: its terms, its line for the stored words, its spelling."""

    word: Word
    terms: str
    line: str
    spelling: str
    begins: bool  # a name of several words may begin here


def word_of(form: str, analysis: Analysis) -> Word:
    """The word as the concept matcher and the index see it."""
    foreign = () if analysis.known else foreign_stems(form)
    return Word(form, analysis.lemmas, analysis.heads, analysis.modifiers, analysis.roots, foreign)


def lexical_terms(word: Word) -> list[str]:
    """Terms of the word itself, without concepts."""
    terms = list(word.lemmas)
    terms += (f"_{head}" for head in word.heads)
    terms += (f"{part}_" for part in word.modifiers)
    terms += (f"^{root}" for root in word.roots)
    terms += word.foreign
    return terms


def concept_term(match: Match) -> str:
    """#swimming when the text names it, #?swimming when it hints."""
    return f"#{match.concept}" if match.strength >= HINT else f"#?{match.concept}"


class TermMaker:
    """Makes terms with one lexicon; remembers every word form for as long as it lives."""

    def __init__(self, analyse: Callable[[str], Analysis], tables: Tables) -> None:
        self._analyse = analyse
        self._tables = tables
        self._known: dict[str, WordTerms | None] = {}

    def word(self, form: str) -> WordTerms | None:
        """The form made ready, or None for a stop word."""
        try:
            return self._known[form]
        except KeyError:
            made = self._known[form] = self._make(form)
            return made

    def zone(self, text: str) -> tuple[str, list[WordTerms]]:
        """Terms of a text, parted by blanks, and its words."""
        words = [made for form in words_of(text) if (made := self.word(form)) is not None]
        terms = [made.terms for made in words]
        if any(made.begins for made in words):
            terms += (concept_term(match) for match in self._names(words))
        return " ".join(terms), words

    def foreign(self, text: str, language: str) -> str:
        """Stems of a Swedish or English text; the other languages stand as they are."""
        forms = (form for form in words_of(text) if form not in STOP)
        if language in ("sv", "en"):
            return " ".join(self._foreign_terms(form, language) for form in forms)
        return " ".join(forms)

    def _foreign_terms(self, form: str, language: str) -> str:
        stems = tuple(stem for stem in foreign_stems(form) if stem.startswith(language))
        found = single(Word(form, (), foreign=stems), 0, self._tables)
        return " ".join((*stems, *map(concept_term, found)))

    def _names(self, words: Sequence[WordTerms]) -> list[Match]:
        """Concepts named by several words together; single words have theirs already."""
        found = matches([made.word for made in words], self._tables)
        return [match for match in found if match.end - match.start > 1]

    def _make(self, form: str) -> WordTerms | None:
        if form in STOP:
            return None
        word = word_of(form, self._analyse(form))
        if STOP.issuperset(word.lemmas):
            return None
        found = single(word, 0, self._tables)
        terms = " ".join(dict.fromkeys((*lexical_terms(word), *map(concept_term, found))))
        begins = any(name in self._tables.several for name in word.names)
        return WordTerms(word, terms, f"{form}\t{terms}", f"{folded(form)}{FORM_MARK}{form}", begins)
