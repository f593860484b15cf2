"""The question as read: tokens with spelling mended and joined words, and the concepts in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from mukana.organisations.reference import municipalities
from mukana.organisations.villages import village_named, villages
from mukana.search.analysis.gazetteer import municipality_code
from mukana.search.analysis.guess import foreign_stems
from mukana.search.analysis.reading import Analysis
from mukana.search.asking.spelling import Forms, corrections
from mukana.search.asking.tokens import Token, token_of
from mukana.search.asking.vocabulary import Vocabulary
from mukana.search.concepts.compiling import Tables
from mukana.search.concepts.matching import Match, matches
from mukana.search.concepts.words import Word
from mukana.search.index.terms import place_term

_SHORTEST_JOINED = 7
_SHORTEST_PART = 4
_SURE = 0.6  # a match this strong explains a word


@dataclass(slots=True)
class Reading:
    """Tokens after mending; `matches` index into them."""

    tokens: list[Token]
    matches: list[Match] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)
    foreign: bool = False  # some word is not Finnish
    places: frozenset[int] = frozenset()  # indexes of tokens that name a municipality; they name nothing else
    avoided: tuple[str, ...] = ()  # codes of municipalities that are not wanted ("ei Kuopiossa"); their words are gone


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
        if not self._in_another_language(reading.tokens):
            reading.tokens = [self._mended(token, reading) for token in reading.tokens]
        self._part_avoided(reading)
        reading.foreign = any(not t.known and not t.stop and self._is_foreign(t) for t in reading.tokens)
        reading.places = frozenset(at for at, token in enumerate(reading.tokens) if self.places_of(token))
        found = matches([self._named_by(at, reading) for at in range(len(reading.tokens))], self._tables)
        reading.matches = [m for m in found if not all(t.stop for t in reading.tokens[m.start : m.end])]
        return reading

    def _part_avoided(self, reading: Reading) -> None:
        """A municipality right after a negation lifts nothing: it is what is not wanted."""
        pairs = zip([None, *reading.tokens], reading.tokens, strict=False)
        codes = [municipality_code(token.word.form) if before and before.negation else "" for before, token in pairs]
        reading.tokens = [token for token, code in zip(reading.tokens, codes, strict=True) if not code]
        reading.avoided = tuple(filter(None, codes))

    def places_of(self, token: Token) -> tuple[str, ...]:
        """Municipalities the token names, as the index names them ("@kuopio"): of the table, or where entries lie."""
        form = token.word.form
        if code := municipality_code(form):
            return (place_term(municipalities()[code].name_fi),)
        if village := self.village_of(token):
            return (place_term(municipalities()[villages()[village]].name_fi),)
        names = token.word.lemmas if token.known else token.word.lemmas + token.word.roots
        return tuple(term for name in names if self._vocabulary.frequency("place", term := place_term(name)))

    def village_of(self, token: Token) -> str:
        """The village, part of a town or former municipality that a word names; what has another meaning is none."""
        word = token.word
        if token.stop or any(name in self._tables.single for name in word.names):
            return ""
        return village_named(*word.lemmas, word.form)

    def _named_by(self, at: int, reading: Reading) -> Word:
        """The word as the concepts see it: a place names nothing else, a Finnish word in a Finnish question is not foreign."""
        token = reading.tokens[at]
        if at in reading.places:
            return Word(token.word.form, ())
        return replace(token.word, foreign=()) if token.known and not reading.foreign else token.word

    def _in_another_language(self, tokens: Sequence[Token]) -> bool:
        """Whether at least half of the words are known as Swedish or English only; then nothing is mended as Finnish."""
        asked = [token for token in tokens if not token.stop]
        foreign = sum(not token.known and self._is_foreign(token) for token in asked)
        return foreign > 0 and 2 * foreign >= len(asked)

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
        if split := self._split(token):
            return split
        if "-" in token.typed:
            better = token_of("-".join(self._piece(piece) for piece in token.typed.split("-") if piece), self._analyse)
        else:
            better = token_of(self._piece(token.typed), self._analyse)
        if better.typed == token.typed:
            return token
        if better.typed not in token.word.roots:  # "safkaa" was no mistake, only not in the dictionary
            reading.corrected[token.typed] = better.typed
        return replace(better, typed=token.typed)

    def _piece(self, form: str) -> str:
        """The form itself when it is understood, else the best correction that is."""
        token = token_of(form, self._analyse)
        if municipality_code(form) or self._understood(token) or (token.known and not token.word.heads):
            return form  # a word of the language is no slip, though nothing is told of it
        for other in corrections(form, (self._vocabulary, self._spellings)):
            if self._understood(token_of(other, self._analyse)):
                return other
        return form

    def _split(self, token: Token) -> Token | None:
        """faijaporukka: a compound of known words, though one of them is in no dictionary."""
        form = token.typed
        if token.known or not form.isalpha() or self._understood(token):
            return None
        for cut in range(_SHORTEST_PART, len(form) - _SHORTEST_PART + 1):
            left, right = form[:cut], token_of(form[cut:], self._analyse)
            if left in self._tables.single and right.known and self._understood(right):
                word = replace(token.word, heads=right.word.lemmas, modifiers=(left,), roots=())
                return replace(token, word=word, known=True)
        return None

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

    def unknown(self, reading: Reading) -> tuple[str, ...]:
        """Words that stand in no entry, not even as a part of a word, and name no concept; a mended word is known."""
        sure = {at for match in reading.matches if match.strength >= _SURE for at in range(match.start, match.end)}
        return tuple(
            token.typed
            for at, token in enumerate(reading.tokens)
            if not (token.stop or token.negation or at in sure or at in reading.places or token.typed in reading.corrected)
            and not token.typed.isdigit()
            and not self._written(token)
        )

    def _written(self, token: Token) -> bool:
        word = token.word
        names = [*word.lemmas, *word.foreign, *(() if token.known else word.roots)]
        marked = [f"{mark}{lemma}" for lemma in word.lemmas for mark in ("_", "=", "^")] + [f"{lemma}_" for lemma in word.lemmas]
        return any(self._vocabulary.holds(term) for term in (*names, *marked)) or any(name in self._tables.single for name in names)

    def _partly(self, token: Token) -> bool:
        word = token.word
        terms = [*(f"_{lemma}" for lemma in word.lemmas), *(f"{lemma}_" for lemma in word.lemmas)]
        terms += [*word.roots, *(f"^{root}" for root in word.roots), *word.modifiers, *word.heads]
        return any(self._vocabulary.holds(term) or term in self._tables.single for term in terms)

    def _is_foreign(self, token: Token) -> bool:
        stems = foreign_stems(token.typed)
        return any(stem in self._tables.single or stem in self._tables.several or self._vocabulary.holds(stem) for stem in stems)
