"""Text → the terms that stand in the index (see schema for their marks)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mukana.search.analysis.guess import foreign_stems
from mukana.search.analysis.reading import Analysis
from mukana.search.analysis.words import folded, words_of
from mukana.search.concepts.compiling import Tables
from mukana.search.concepts.matching import Match, matches, names, single
from mukana.search.concepts.stopwords import CARRIERS, STOP
from mukana.search.concepts.words import Word

HINT = 0.6  # concepts found with less strength than this are only hinted at
FORM_MARK = "|"
IN_PLACE = "@"
ANYWHERE = f"{IN_PLACE}*"  # stands for the municipality of what is remote or serves a whole area
_SENTENCES = 50_000  # remembered in one build, some 60 MB in a worker
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+| · ")


@dataclass(frozen=True, slots=True, eq=False)
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
    terms += carried(word)
    terms += (f"^{root}" for root in word.roots)
    terms += word.foreign
    return terms


def place_term(municipality: str) -> str:
    """@kuopio: questions learn from these which words are municipalities, also those in no table."""
    return IN_PLACE + municipality.lower().replace(" ", "_")


def carried(word: Word) -> tuple[str, ...]:
    """The part that says what it is where the head only carries it: painonhallinta of painonhallintaryhmä."""
    if not word.heads or min(word.heads, key=len) not in CARRIERS:
        return ()
    return (f"={max(word.modifiers, key=len)}",) if word.modifiers else ()


def concept_term(match: Match) -> str:
    """#swimming when the text names it, #?swimming when it hints."""
    return f"#{match.concept}" if match.strength >= HINT else f"#?{match.concept}"


class TermMaker:
    """Makes terms with one lexicon; remembers every word form for as long as it lives."""

    def __init__(self, analyse: Callable[[str], Analysis], tables: Tables) -> None:
        self._analyse = analyse
        self._tables = tables
        self._known: dict[str, WordTerms] = {}
        self._known_plain: dict[str, WordTerms] = {}
        self._sentences: dict[str, list[WordTerms]] = {}

    def word(self, form: str) -> WordTerms:
        """The form made ready; a stop word has no terms of its own but may stand inside a name."""
        made = self._known.get(form)
        if made is None:
            made = self._known[form] = self._make(form)
        return made

    def names_only(self, text: str) -> tuple[str, list[WordTerms]]:
        """As `zone`, for names of places and organisers: Kaislaranta tells of no beach."""
        words = [self._plain(form) for form in words_of(text)]
        telling = [made for made in words if made.terms]
        return " ".join([made.terms for made in telling]), telling

    def zone(self, text: str) -> tuple[str, list[WordTerms]]:
        """Terms of a text, parted by blanks, and the words and names that gave them."""
        telling = [made for sentence in _SENTENCE_END.split(text) for made in self._sentence(sentence)]
        return " ".join([made.terms for made in telling]), telling

    def _sentence(self, sentence: str) -> list[WordTerms]:
        """Sentences repeat from entry to entry ("Mukaan voi liittyä kesken kauden"), so they are remembered."""
        held = self._sentences.get(sentence)
        if held is None:
            words = [self.word(form) for form in words_of(sentence)]
            held = [made for made in words if made.terms]
            if any(made.begins for made in words):
                held += self._names([made.word for made in words])
            if len(self._sentences) < _SENTENCES:
                self._sentences[sentence] = held
        return held

    def foreign(self, text: str, language: str) -> str:
        """Stems and concepts of a Swedish or English text; the other languages stand as they are."""
        forms = words_of(text)
        if language not in ("sv", "en"):
            return " ".join(forms)
        words = [Word(form, (), foreign=tuple(stem for stem in foreign_stems(form) if stem.startswith(language))) for form in forms]
        stems = (stem for word in words if word.form not in STOP for stem in word.foreign)
        return " ".join((*stems, *map(concept_term, matches(words, self._tables))))

    def _names(self, words: Sequence[Word]) -> list[WordTerms]:
        """Concepts named by several words together; single words have theirs already."""
        found = names(words, self._tables)
        return [self._name(match, " ".join(word.form for word in words[match.start : match.end])) for match in found]

    def _name(self, match: Match, form: str) -> WordTerms:
        terms = concept_term(match)
        return WordTerms(Word(form, ()), terms, f"{form}\t {terms} ", "", begins=False)

    def _plain(self, form: str) -> WordTerms:
        made = self._known_plain.get(form)
        if made is None:
            made = self._known_plain[form] = self._made(word_of(form, self._analyse(form)), (), begins=False)
        return made

    def _make(self, form: str) -> WordTerms:
        word = word_of(form, self._analyse(form))
        begins = any(name in self._tables.several for name in word.names)
        found = [match for match in single(word, 0, self._tables) if match.concept not in self._tables.fillers]
        return self._made(word, found, begins)

    def _made(self, word: Word, found: Sequence[Match], begins: bool) -> WordTerms:
        form = word.form
        if form in STOP or STOP.issuperset(word.lemmas):
            return WordTerms(word, "", "", "", begins)
        terms = " ".join(dict.fromkeys((*lexical_terms(word), *map(concept_term, found))))
        return WordTerms(word, terms, f"{form}\t {terms} ", f"{folded(form)}{FORM_MARK}{form}", begins)
