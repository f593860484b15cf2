"""The question as read: tokens with spelling mended and joined words, and the concepts in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from mukana.search.analysis.guess import foreign_stems
from mukana.search.analysis.reading import Analysis
from mukana.search.asking.spelling import Forms, corrections
from mukana.search.asking.tokens import Token, token_of
from mukana.search.asking.vocabulary import Vocabulary
from mukana.search.concepts.compiling import Tables
from mukana.search.concepts.matching import Match, matches

_SHORTEST_JOINED = 7


@dataclass(slots=True)
class Reading:
    """Tokens after mending; `matches` index into them."""

    tokens: list[Token]
    matches: list[Match] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)
    foreign: bool = False  # some word is not Finnish


class Reader:
    """Reads questions against one state of the index and one lexicon."""

    def __init__(self, analyse: Callable[[str], Analysis], tables: Tables, vocabulary: Vocabulary, spellings: Forms) -> None:
        self._analyse = analyse
        self._tables = tables
        self._vocabulary = vocabulary
        self._spellings = spellings

    def read(self, tokens: Sequence[Token]) -> Reading:
        """Joined, mended and matched."""
        reading = Reading(self._joined(tokens))
        reading.tokens = [self._mended(token, reading) for token in reading.tokens]
        reading.foreign = any(not t.known and not t.stop and self._is_foreign(t) for t in reading.tokens)
        words = [token.word for token in reading.tokens]
        if not reading.foreign:
            words = [replace(w, foreign=()) if t.known else w for w, t in zip(words, reading.tokens, strict=True)]
        found = matches(words, self._tables)
        reading.matches = [m for m in found if not all(t.stop for t in reading.tokens[m.start : m.end])]
        return reading

    def lies_in(self, municipality: str) -> bool:
        """Whether some entry lies in a municipality, given as the index names it ("@kuopio")."""
        return self._vocabulary.frequency("place", municipality) > 0

    def _joined(self, tokens: Sequence[Token]) -> list[Token]:
        """ "digi neuvonta" is read as digineuvonta when such a word is known."""
        result: list[Token] = []
        index = 0
        while index < len(tokens):
            joined = self._join(tokens[index], tokens[index + 1]) if index + 1 < len(tokens) else None
            result.append(joined or tokens[index])
            index += 2 if joined else 1
        return result

    def _join(self, first: Token, second: Token) -> Token | None:
        form = first.typed + second.typed
        if first.stop or second.stop or len(form) < _SHORTEST_JOINED or not form.isalpha():
            return None
        token = token_of(form, self._analyse)
        lemma = token.word.lemmas[0]
        names = self._tables.several.get(first.word.lemmas[0], {})
        if any(name in names for name in second.word.lemmas):
            return None  # the two words begin a name as they stand
        if token.known and (self._vocabulary.holds(lemma) or lemma in self._tables.single):
            return replace(token, typed=f"{first.typed} {second.typed}")
        return None

    def _mended(self, token: Token, reading: Reading) -> Token:
        if token.stop or token.typed.isdigit():
            return token
        if "-" in token.typed:
            better = token_of("-".join(self._piece(piece) for piece in token.typed.split("-") if piece), self._analyse)
        else:
            better = token_of(self._piece(token.typed), self._analyse)
        if better.typed == token.typed:
            return token
        reading.corrected[token.typed] = better.typed
        return replace(better, typed=token.typed)

    def _piece(self, form: str) -> str:
        """The form itself when it is understood, else the best correction that is."""
        if self._understood(token_of(form, self._analyse)):
            return form
        for other in corrections(form, (self._vocabulary, self._spellings)):
            if self._understood(token_of(other, self._analyse)):
                return other
        return form

    def _understood(self, token: Token) -> bool:
        """Whether the word, or for a Finnish word any part of it, is known to index or lexicon."""
        word = token.word
        if any(name in self._tables.single or name in self._tables.several for name in word.names):
            return True
        if any(self._vocabulary.holds(lemma) for lemma in word.lemmas):
            return True
        if not token.known:
            return any(self._vocabulary.holds(term) for term in (*word.foreign, *word.roots, *(f"^{r}" for r in word.roots)))
        return self._partly(token)

    def _partly(self, token: Token) -> bool:
        word = token.word
        terms = [*(f"_{lemma}" for lemma in word.lemmas), *(f"{lemma}_" for lemma in word.lemmas)]
        terms += [*word.roots, *(f"^{root}" for root in word.roots), *word.modifiers, *word.heads]
        return any(self._vocabulary.holds(term) or term in self._tables.single for term in terms)

    def _is_foreign(self, token: Token) -> bool:
        stems = foreign_stems(token.typed)
        return any(stem in self._tables.single or stem in self._tables.several or self._vocabulary.holds(stem) for stem in stems)
