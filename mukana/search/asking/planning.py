"""Reading → plan: what must be answered, what only lifts, and how much each word counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from mukana.search.analysis.gazetteer import municipality_code
from mukana.search.analysis.reading import Analysis
from mukana.search.asking.conceptual import code_leaves, concept_leaves
from mukana.search.asking.lexical import foreign_leaves, part_leaves, whole_leaves
from mukana.search.asking.plan import WEIGHTY, Leaf, Plan, Slot
from mukana.search.asking.reading import Reader, Reading
from mukana.search.asking.tokens import Token, ages_in, audience_of_age, tokens_of
from mukana.search.concepts.compiling import Tables
from mukana.search.concepts.leanings import leanings
from mukana.search.concepts.matching import Match
from mukana.search.concepts.sayings import sayings
from mukana.search.concepts.stopwords import WEAK_WORDS
from mukana.search.lexicon.rules import Concept, Lexicon

WEAK, FUNCTION, PART_OF_SAYING = 0.25, 0.12, 0.3
MUNICIPALITY, CONDITION, AUDIENCE_BOOST, SAYING = 1.0, 0.45, 0.55, 1.2
LEANING, LEAST_LEANING = 0.75, 0.15
MADE_FOR = 0.5
SURE_NAME = 0.6
SEVERAL = 1.8  # what a name of several words counts in all
BESIDE_CONCEPT = 0.55  # a word without a concept beside words that have one
_MOST_SAYINGS = 4
_SURE_SAYING = 0.7
_BOOSTING = ("audience", "condition")
_FACETS = {"topics": "topic", "audiences": "audience", "features": "feature", "languages": "language"}
_REASONS = {"need": "need", "audience": "audience", "place": "place"}


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """A lexicon with its tables; the same object is the same knowledge."""

    lexicon: Lexicon
    tables: Tables
    version: str


class Planner:
    """Makes plans with one lexicon and one state of the index."""

    def __init__(self, analyse: Callable[[str], Analysis], knowledge: Knowledge, reader: Reader) -> None:
        self._analyse = analyse
        self._lexicon = knowledge.lexicon
        self._tables = knowledge.tables
        self._reader = reader

    def plan(self, text: str) -> Plan:
        """The plan of a question; an empty plan when it holds no words."""
        ages, rest = ages_in(text)
        reading = self._reader.read(tokens_of(rest, self._analyse))
        said = self._sayings(reading)
        understood: dict[str, str] = {}
        slots = list(self._need_slots(said, text))
        boosts = [self._audience_slot(audience_of_age(age), str(age)) for age in ages]
        sure = {term for _, strength, terms in said if strength >= _SURE_SAYING for term in terms}
        named = self._named(reading)
        for index, token in enumerate(reading.tokens):
            if token.stop and not self._covering(reading, index):
                continue
            slot, boosting = self._slot(token, index, reading, sure)
            if municipality := self._municipality(token, understood):
                slot, boosting = municipality, True
            self._note(reading, index, understood)
            if named and index not in named and not boosting:
                slot = replace(slot, weight=slot.weight * BESIDE_CONCEPT)
            (boosts if boosting else slots).append(slot)
        if all(slot.weight < WEIGHTY for slot in slots):
            slots, boosts = [*boosts, *self._meant_for(reading)] or slots, slots if boosts else []
        return Plan(tuple(slots), tuple(boosts), reading.corrected, understood)

    def _named(self, reading: Reading) -> set[int]:
        """Indexes of words that surely name something to do, a service, a need or a place."""
        sure = [m for m in reading.matches if m.strength >= SURE_NAME and self._lexicon.by_id[m.concept].kind not in _BOOSTING]
        return {at for match in sure for at in range(match.start, match.end)}

    def _sayings(self, reading: Reading) -> list[tuple[Concept, float, frozenset[str]]]:
        """Concepts the whole question speaks of without naming them."""
        terms = [("ei",) if t.negation else t.word.lemmas for t in reading.tokens]
        best = dict(sayings(terms, self._tables))
        for concept, strength in self._leaning(reading):
            best[concept] = max(best.get(concept, 0.0), strength)
        found = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_SAYINGS]
        flat = frozenset(term for lemmas in terms for term in lemmas)
        return [(self._lexicon.by_id[concept], strength, flat) for concept, strength in found]

    def _leaning(self, reading: Reading) -> Iterator[tuple[str, float]]:
        """Needs the words lean towards though nobody wrote such a saying; weaker than a saying that fits."""
        named = self._named(reading)
        if reading.foreign or all(token.stop or at in named for at, token in enumerate(reading.tokens)):
            return
        found = leanings([token.word for token in reading.tokens], self._tables.leanings, self._tables.concepts)
        for concept, strength in found[:_MOST_SAYINGS]:
            if strength >= LEAST_LEANING and self._lexicon.by_id[concept].phrases:
                yield concept, strength * LEANING

    def _need_slots(self, said: Iterable[tuple[Concept, float, frozenset[str]]], text: str) -> Iterator[Slot]:
        leaves = [leaf for concept, strength, _ in said for leaf in concept_leaves(concept, strength, self._lexicon, "need")]
        if leaves:
            yield Slot(text.strip()[:80], _strongest(leaves), SAYING)

    def _covering(self, reading: Reading, index: int) -> list[tuple[Match, Concept]]:
        return [(m, self._lexicon.by_id[m.concept]) for m in reading.matches if m.start <= index < m.end]

    def _slot(self, token: Token, index: int, reading: Reading, sure: frozenset[str] | set[str]) -> tuple[Slot, bool]:
        """The slot of one word and whether it only boosts."""
        covering = self._covering(reading, index)
        kind = "spelling" if token.typed in reading.corrected else "word"
        leaves = [*whole_leaves(token.word, kind)]
        if reading.foreign or not token.known:
            leaves += foreign_leaves(token.word, kind)
        for match, concept in covering:
            if concept.kind != "function":
                reason = _REASONS.get(concept.kind, "synonym")
                leaves += concept_leaves(concept, match.strength * _share(match), self._lexicon, reason)
        weight = self._weight(token, covering, sure)
        sums = tuple(part_leaves(token.word, kind))
        slot = Slot(token.typed, _strongest(leaves), weight, sums, token.word.lemmas)
        boosting = bool(covering) and all(concept.kind in _BOOSTING for _, concept in covering)
        if boosting:
            factor = CONDITION if all(c.kind == "condition" for _, c in covering) else AUDIENCE_BOOST
            slot = replace(slot, weight=weight * factor)
        return slot, boosting

    def _weight(self, token: Token, covering: list[tuple[Match, Concept]], sure: frozenset[str] | set[str]) -> float:
        strong = [concept.weight for match, concept in covering if match.strength > 0.5]
        weight = max(strong) if strong else (WEAK if WEAK_WORDS.intersection(token.word.lemmas) else 1.0)
        if strong and all(concept.kind == "function" for _, concept in covering):
            weight = min(weight, FUNCTION)
        if sure.intersection(token.word.lemmas) and not strong:
            weight *= PART_OF_SAYING
        return weight

    def _municipality(self, token: Token, understood: dict[str, str]) -> Slot | None:
        """A slot for the name of a municipality: one of the table, or one that entries lie in."""
        code = municipality_code(token.typed)
        if code:
            understood["municipality"] = code
            named = [Leaf(code, 1.0, "place", token.typed, "municipality")]
        else:
            names = token.word.lemmas if token.known else token.word.lemmas + token.word.roots
            named = [Leaf(f"@{name}", 1.0, "place") for name in names if self._reader.lies_in(f"@{name}")]
        return Slot(token.typed, (*named, *whole_leaves(token.word, "place")), MUNICIPALITY) if named else None

    def _audience_slot(self, code: str, asked: str) -> Slot:
        leaves = [Leaf(code, 0.6, "audience", asked, "audiences")]
        for concept in self._lexicon.of_kind("audience"):
            if code in concept.audience:
                leaves += concept_leaves(concept, 0.8, self._lexicon, "audience")
        return Slot(asked, _strongest(leaves), AUDIENCE_BOOST)

    def _meant_for(self, reading: Reading) -> Iterator[Slot]:
        """Only an audience is asked for: what is made for exactly them comes before what also suits them."""
        for match in reading.matches:
            concept = self._lexicon.by_id[match.concept]
            if concept.kind == "audience":
                near = [self._lexicon.by_id[other] for other, _ in concept.expands if other in self._lexicon.by_id]
                leaves = [leaf for other in near for leaf in concept_leaves(other, match.strength, self._lexicon, "audience")]
                yield Slot(concept.name, _strongest(leaves), MADE_FOR)

    def _note(self, reading: Reading, index: int, understood: dict[str, str]) -> None:
        """Tells the page which conditions were read from the words."""
        for match, concept in self._covering(reading, index):
            if concept.kind in _BOOSTING and match.strength >= SURE_NAME:
                for leaf in code_leaves(concept, 1.0, ""):
                    understood.setdefault(_FACETS.get(leaf.field, leaf.field), leaf.term)


def _share(match: Match) -> float:
    """A name of several words stands in the slot of each of them, but is one thing asked."""
    return min(1.0, SEVERAL / (match.end - match.start))


def _strongest(leaves: Iterable[Leaf]) -> tuple[Leaf, ...]:
    """Each term once, with its greatest weight."""
    best: dict[tuple[str, str], Leaf] = {}
    for leaf in leaves:
        held = best.get((leaf.field, leaf.term))
        if held is None or held.weight < leaf.weight:
            best[(leaf.field, leaf.term)] = leaf
    return tuple(best.values())
