"""Words of a question → slots: what each word, or a name of several words, asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mukana.search.asking.conceptual import Codes, concept_leaves, neighbour_leaves
from mukana.search.asking.lexical import foreign_leaves, part_leaves, whole_leaves, word_leaves
from mukana.search.asking.plan import WEIGHTY, Leaf, Slot
from mukana.search.asking.reading import Reader, Reading
from mukana.search.asking.tokens import Token
from mukana.search.concepts.matching import Match
from mukana.search.concepts.stopwords import WEAK_WORDS
from mukana.search.index.terms import ANYWHERE
from mukana.search.lexicon.rules import Concept, Lexicon

WEAK, FUNCTION, PART_OF_SAYING, RELATIVE = 0.25, 0.12, 0.3, 0.1
MUNICIPALITY, IN_ANY_PLACE = 0.7, 0.4
AROUND_VILLAGE = 0.6  # the rest of the municipality when a village of it is named
CONDITION, AUDIENCE_BOOST = 0.45, 0.55
SEVERAL = 1.2  # what a name of several words counts
PARTS_OF_NAMED = 0.45  # what parts of a word count when the word itself names something
SPOKEN = 0.5  # a word without a concept in a sentence that tells of a need
PARTS_OF_IDIOM = 0.3  # what words of an idiom count by themselves
SURE_NAME = 0.6
BESIDE_CONCEPT = 0.55  # a word without a concept beside words that have one
BOOSTING = ("audience", "condition")
_REASONS = {"need": "need", "audience": "audience", "place": "place"}

Covering = list[tuple[Match, Concept]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One slot and whether it only lifts what answers the others."""

    slot: Slot
    boosting: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of the question as a whole.

    `terms`: its words, when a need is surely spoken of; `heard`: those that sayings of that need hold;
    `meant`: the need and what it leads to; `kin`: indexes of words that name a relative;
    `spoken`: it is a person's sentence that tells of a need.
    """

    terms: frozenset[str] = frozenset()
    heard: frozenset[str] = frozenset()
    meant: frozenset[str] = frozenset()
    kin: frozenset[int] = frozenset()
    spoken: bool = False


class SlotMaker:
    """Makes slots with one lexicon and one state of the index."""

    def __init__(self, lexicon: Lexicon, reader: Reader, codes: Codes) -> None:
        self._lexicon = lexicon
        self._reader = reader
        self._codes = codes

    def slots(self, reading: Reading, said: Said) -> Iterator[Asked]:
        """A slot for each thing asked, in the order of the words; stop words ask for nothing."""
        named = self.named(reading)
        for start, end in _spans(reading):
            covering = self.covering(reading, start, end)
            if end == start + 1 and _asks_nothing(reading, start, covering):
                continue
            asked = self._place(reading.tokens[start]) if start in reading.places else None
            asked = asked or self._asked(reading, start, end, covering, said)
            if named and named.isdisjoint(range(start, end)) and not asked.boosting:
                asked = replace(asked, slot=replace(asked.slot, weight=asked.slot.weight * BESIDE_CONCEPT))
            yield asked

    def named(self, reading: Reading) -> set[int]:
        """Indexes of words that surely name something to do, a service, a need or a place."""
        sure = [m for m in reading.matches if m.strength >= SURE_NAME and self._lexicon.by_id[m.concept].kind not in BOOSTING]
        return {at for match in sure for at in range(match.start, match.end)}

    def covering(self, reading: Reading, start: int, end: int) -> Covering:
        """Concepts named between two words."""
        return [(m, self._lexicon.by_id[m.concept]) for m in reading.matches if start <= m.start and m.end <= end]

    def _asked(self, reading: Reading, start: int, end: int, covering: Covering, said: Said) -> Asked:
        tokens = reading.tokens[start:end]
        if len(tokens) == 1 and start in said.kin:
            return Asked(self._slot(tokens, reading, covering, RELATIVE), False)
        boosting = bool(covering) and all(concept.kind in BOOSTING for _, concept in covering)
        weight = _weight(tokens, covering, said)
        if boosting:
            weight *= CONDITION if all(concept.kind == "condition" for _, concept in covering) else AUDIENCE_BOOST
        return Asked(self._slot(tokens, reading, covering, weight), boosting)

    def _slot(self, tokens: list[Token], reading: Reading, covering: Covering, weight: float) -> Slot:
        leaves: list[Leaf] = []
        heaviest = max((concept.weight for _, concept in covering), default=1.0) or 1.0
        for match, concept in covering:
            if concept.kind != "function":
                reason, strength = _REASONS.get(concept.kind, "synonym"), match.strength * concept.weight / heaviest
                leaves += concept_leaves(concept, strength, reason, self._codes)
                leaves += neighbour_leaves(concept, strength, reason, self._lexicon)
        if len(tokens) == 1:
            leaves = [*self._own_leaves(tokens[0], reading, weight), *leaves]
            share = PARTS_OF_NAMED if _wholly(covering) else 1.0
            sums = () if _is_condition(covering) else part_leaves(tokens[0].word, _kind(tokens[0], reading), share)
        else:
            asking = [token for token in tokens if not (token.stop or token.negation)]
            share = (PARTS_OF_IDIOM if _only_needs(covering) else 1.0) / max(1, len(asking))
            sums = (leaf for token in asking for leaf in word_leaves(token.word, share, _kind(token, reading)))
        lemmas = tuple(lemma for token in tokens for lemma in token.word.lemmas)
        return Slot(" ".join(token.typed for token in tokens), strongest(leaves), weight, tuple(sums), lemmas)

    def _own_leaves(self, token: Token, reading: Reading, weight: float) -> Iterator[Leaf]:
        """A word that says little is looked for as it is: "tekemistä" is no työntekijä."""
        kind = _kind(token, reading)
        if weight < WEIGHTY and token.known and not reading.foreign:
            yield from (Leaf(lemma, 1.0, kind) for lemma in token.word.lemmas)
            return
        yield from whole_leaves(token.word, kind)
        if reading.foreign or not token.known:
            yield from foreign_leaves(token.word, kind)

    def _place(self, token: Token) -> Asked:
        """A municipality; what is in no place answers it, but what is there comes before."""
        village = self._reader.village_of(token)
        named = [Leaf(term, AROUND_VILLAGE if village else 1.0, "place", token.typed) for term in self._reader.places_of(token)]
        named += [Leaf(village, 1.0, "place", token.typed)] if village else []
        leaves = (*named, Leaf(ANYWHERE, IN_ANY_PLACE, "place"), *whole_leaves(token.word, "place"))
        return Asked(Slot(token.typed, strongest(leaves), MUNICIPALITY, place=True), True)


def strongest(leaves: Iterable[Leaf]) -> tuple[Leaf, ...]:
    """Each term once, with its greatest weight."""
    best: dict[tuple[str, str], Leaf] = {}
    for leaf in leaves:
        held = best.get((leaf.field, leaf.term))
        if held is None or held.weight < leaf.weight:
            best[(leaf.field, leaf.term)] = leaf
    return tuple(best.values())


def _spans(reading: Reading) -> Iterator[tuple[int, int]]:
    """Words that belong together: names of several words, overlapping ones as one; then single words."""
    names = sorted((match.start, match.end) for match in reading.matches if match.end - match.start > 1)
    at = 0
    while at < len(reading.tokens):
        end = at + 1
        for start, last in names:
            if at <= start < end or start == at:
                end = max(end, last)
        yield at, end
        at = end


def _asks_nothing(reading: Reading, at: int, covering: Covering) -> bool:
    """A stop word, or a negation beside other words: sayings have heard it already."""
    token = reading.tokens[at]
    return (token.stop and not covering) or (token.negation and len(reading.tokens) > 1)


def _weight(tokens: list[Token], covering: Covering, said: Said) -> float:
    strong = [concept.weight for match, concept in covering if match.strength > 0.5]
    lemmas = {lemma for token in tokens for lemma in token.word.lemmas}
    weight = max(strong) if strong else (WEAK if WEAK_WORDS.intersection(lemmas) else 1.0)
    if strong and all(concept.kind == "function" for _, concept in covering):
        return min(weight, FUNCTION)
    apart = said.meant.isdisjoint(concept.id for match, concept in covering if match.strength > 0.5)
    if (said.terms.intersection(lemmas) and not strong) or (apart and said.heard.intersection(lemmas)):
        weight *= PART_OF_SAYING
    elif said.spoken and not strong:
        weight *= SPOKEN
    return weight * SEVERAL if len(tokens) > 1 else weight


def _only_needs(covering: Covering) -> bool:
    """Whether several words name a need and nothing else: "voimat lopussa" asks for no strength."""
    kinds = {concept.kind for match, concept in covering if match.end - match.start > 1}
    return bool(kinds) and kinds <= {"need", "function"}


def _is_condition(covering: Covering) -> bool:
    """ "keskiviikko" asks nothing of a week."""
    return bool(covering) and all(concept.kind == "condition" and match.strength == 1.0 for match, concept in covering)


def _wholly(covering: Covering) -> bool:
    return any(match.strength == 1.0 and concept.kind not in ("function", *BOOSTING) for match, concept in covering)


def _kind(token: Token, reading: Reading) -> str:
    return "spelling" if token.typed in reading.corrected else "word"
