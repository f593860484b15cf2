"""Text → the terms that stand in the index (see schema for their marks)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mukana.search.analysis.guess import foreign_stems
from mukana.search.analysis.reading import Analysis
from mukana.search.analysis.words import folded, words_of
from mukana.search.concepts.compiling import Tables
from mukana.search.concepts.leanings import Votes, reached, together, votes_of
from mukana.search.concepts.matching import Match, names_from, single
from mukana.search.concepts.stopwords import CARRIERS, STOP
from mukana.search.concepts.words import Word

HINT = 0.6  # concepts found with less strength than this are only hinted at
LEANS, SURELY_LEANS, MOST_LEANINGS = 0.12, 0.3, 3  # strengths from which a text hints at, or names, what its words lean to
FORM_MARK = "|"
IN_PLACE = "@"
ANYWHERE = f"{IN_PLACE}*"  # stands for the municipality of what is remote or serves a whole area
_SENTENCES = 50_000  # remembered in one build, some 60 MB in a worker
_END, _ENDS = ". ", ("! ", "? ", " · ", "\n")

Voted = tuple[Votes, list[str]]
"""What the words of a text vote for together, and the concepts that it comes to."""


@dataclass(frozen=True, slots=True, eq=False)
class WordTerms:
    """One word form made ready: its terms, its line for the stored words, its spelling."""

    word: Word
    terms: str
    line: bytes
    spelling: str
    begins: bool  # a name of several words may begin here


class Told(NamedTuple):
    """What a piece of text gave, put together once: pieces repeat from entry to entry."""

    terms: str  # parted by blanks
    spellings: str  # of its words, for mending typing slips
    lines: bytes  # of its words and names, for telling why an entry is shown


def told(words: Sequence[WordTerms]) -> Told:
    """The words and names together; how often a term stands matters, how often a spelling does not."""
    distinct = dict.fromkeys(words)
    return Told(
        " ".join([one.terms for one in words]),
        " ".join([one.spelling for one in distinct if one.spelling]),
        b"\n".join([one.line for one in distinct]),
    )


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
        self._sentences: dict[str, Told] = {}
        self._votes: dict[str, Votes] = {}
        self._voted: dict[str, Voted] = {}
        self._foreign: dict[tuple[str, str], str] = {}
        self._foreign_words: dict[tuple[str, str], WordTerms] = {}

    def word(self, form: str) -> WordTerms:
        """The form made ready; a stop word has no terms of its own but may stand inside a name."""
        made = self._known.get(form)
        if made is None:
            made = self._known[form] = self._make(form)
        return made

    def names_only(self, text: str) -> Told:
        """As `zone`, for names of places and organisers: Kaislaranta tells of no beach."""
        words = [self._plain(form) for form in words_of(text)]
        return told([made for made in words if made.terms])

    def zone(self, text: str) -> list[Told]:
        """What each sentence of a text gives."""
        known, made = self._sentences, self._sentence
        return [known.get(sentence) or made(sentence) for sentence in _sentences_of(text)]

    def leaning(self, texts: tuple[str, ...]) -> str:
        """Concepts that short texts lean towards by all their words: "Toinen tyyny tyhjä" is about grief though no word says so."""
        known, made = self._voted, self._votes_of
        voted = [known.get(text) or made(text) for text in texts]
        concepts = dict.fromkeys([concept for _, found in voted for concept in found])
        if not concepts:
            return ""
        strongest = sorted([row for row in _strengths([votes for votes, _ in voted], concepts) if -row[0] >= LEANS])
        return " ".join([f"#{'' if -less >= SURELY_LEANS else '?'}{concept}" for less, concept in strongest[:MOST_LEANINGS]])

    def _votes_of(self, text: str) -> Voted:
        """Titles and summaries repeat too, though not together."""
        known, vote_of = self._votes, self._vote_of
        votes = together([known.get(form) or vote_of(form) for form in words_of(text)])
        held = votes, reached(votes, LEANS) if votes[0] else []
        if len(self._voted) < _SENTENCES:
            self._voted[text] = held
        return held

    def _vote_of(self, form: str) -> Votes:
        most, votes = votes_of(self.word(form).word, self._tables.leanings, self._tables.concepts)
        made = self._votes[form] = most, {concept: vote for concept, vote in votes.items() if concept in self._tables.telling}
        return made

    def _sentence(self, sentence: str) -> Told:
        """Sentences repeat from entry to entry ("Mukaan voi liittyä kesken kauden"), so they are remembered."""
        known, word = self._known, self.word
        words = [known.get(form) or word(form) for form in words_of(sentence)]
        telling = [made for made in words if made.terms]
        starts = [at for at, made in enumerate(words) if made.begins]
        if starts:
            telling += self._names(starts, words)
        made = told(telling)
        if len(self._sentences) < _SENTENCES:
            self._sentences[sentence] = made
        return made

    def foreign(self, text: str, language: str) -> str:
        """Stems and concepts of a Swedish or English text; the other languages stand as they are."""
        if language not in ("sv", "en"):
            return " ".join(words_of(text))
        return " ".join([self._foreign_sentence(sentence, language) for sentence in _sentences_of(text)])

    def _foreign_sentence(self, sentence: str, language: str) -> str:
        held = self._foreign.get((language, sentence))
        if held is None:
            made = [self._foreign_word(form, language) for form in words_of(sentence)]
            terms = [one.terms for one in made if one.terms]
            starts = [at for at, one in enumerate(made) if one.begins]
            if starts:
                terms += [one.terms for one in self._names(starts, made)]
            held = " ".join(terms)
            if len(self._foreign) < _SENTENCES:
                self._foreign[language, sentence] = held
        return held

    def _foreign_word(self, form: str, language: str) -> WordTerms:
        made = self._foreign_words.get((language, form))
        if made is None:
            word = Word(form, (), foreign=tuple(stem for stem in foreign_stems(form) if stem.startswith(language)))
            begins = any(name in self._tables.several for name in word.names)
            terms = (*(() if form in STOP else word.foreign), *map(concept_term, single(word, 0, self._tables)))
            made = self._foreign_words[language, form] = WordTerms(word, " ".join(terms), b"", "", begins)
        return made

    def _names(self, starts: Sequence[int], made: Sequence[WordTerms]) -> list[WordTerms]:
        """Concepts named by several words together; single words have theirs already."""
        words = [one.word for one in made]
        found = names_from(starts, words, self._tables)
        return [self._name(match, " ".join([word.form for word in words[match.start : match.end]])) for match in found]

    def _name(self, match: Match, form: str) -> WordTerms:
        terms = concept_term(match)
        return WordTerms(Word(form, ()), terms, f"{form}\t {terms} ".encode(), "", begins=False)

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
            return WordTerms(word, "", b"", "", begins)
        terms = " ".join(dict.fromkeys((*lexical_terms(word), *map(concept_term, found))))
        return WordTerms(word, terms, f"{form}\t {terms} ".encode(), f"{folded(form)}{FORM_MARK}{form}", begins)


def _strengths(votes: Sequence[Votes], concepts: Iterable[str]) -> list[tuple[float, str]]:
    """(strength below nothing, so that the strongest sorts first; concept), of texts as one."""
    possible = sum([most for most, _ in votes])
    return [(-sum([scores.get(concept, 0.0) for _, scores in votes]) / possible, concept) for concept in concepts]


def _sentences_of(text: str) -> list[str]:
    """Sentences, lines and parts of lists: no name of several words goes on from one to the next."""
    for end in _ENDS:
        if end in text:
            text = text.replace(end, _END)
    sentences = text.split(_END)
    return [sentence for sentence in sentences if sentence] if "" in sentences else sentences
