"""Reading → plan: what must be answered, what only lifts, and how much each word counts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from mukana.organisations.reference import municipalities
from mukana.organisations.villages import villages
from mukana.search.analysis.gazetteer import municipality_code
from mukana.search.analysis.reading import Analysis
from mukana.search.asking.conceptual import Codes, code_leaves, concept_leaves, neighbour_leaves
from mukana.search.asking.kin import of_another, relatives
from mukana.search.asking.plan import WEIGHTY, Leaf, Plan, Slot
from mukana.search.asking.reading import Reader, Reading
from mukana.search.asking.slots import BOOSTING, SURE_NAME, Said, SlotMaker, strongest
from mukana.search.asking.tokens import ages_in, audience_of_age, tokens_of
from mukana.search.concepts.compiling import Tables, saying_terms
from mukana.search.concepts.leanings import leanings
from mukana.search.concepts.matching import Match
from mukana.search.concepts.sayings import sayings
from mukana.search.concepts.stopwords import WEAK_WORDS
from mukana.search.lexicon.rules import Concept, Lexicon
from mukana.search.rules import Told

SAYING = 1.3
LEANING, LEAST_LEANING = 0.75, 0.15
LEANING_POWER = 0.6  # brings weak leanings nearer to strong ones: which need leans most tells more than how much
LEAST_SPOKEN = 0.2  # strength of a need from which a sentence is taken to tell of it
AGE_BOOST = 0.4
PLACES_FIRST = 0.25
MADE_FOR = 0.5
LEAST_SHARE = 0.6  # needs that speak less than this beside the clearest one are left out
_MOST_SAYINGS = 4
_SURE_SAYING = 0.7
_NEEDY = 0.5  # a saying at least this strong makes the question one of need
OWN_NAME = 0.95  # a word found with this strength is the name itself, not a part of it
RELATIVES_OWN, BESIDE_RELATIVES = 1.5, 0.5  # a need when a relative has it: of somebody near, and the need itself
TOLD, BESIDE_TOLD = 1.3, 0.5  # what words count beside needs that are known
_FACETS = {"topics": "topic", "audiences": "audience", "features": "feature", "languages": "language"}

CRISIS = frozenset(("suicidal", "crisis_need"))
CRISIS_NAMED = CRISIS | {"crisis_help"}

Needs = list[tuple[Concept, float]]


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
        self._codes = Codes(knowledge.lexicon)
        self._maker = SlotMaker(knowledge.lexicon, reader, self._codes)

    def plan(self, text: str, told: tuple[Told, ...] = ()) -> Plan:
        """The plan of a question; an empty plan when it holds no words.

        `told`: needs that are known.  Then the words of the text only help.
        """
        ages, rest = ages_in(text)
        reading = self._reader.read(tokens_of(rest, self._analyse))
        needs = self._needs(reading) if not told else []
        said = self._said(reading, needs, known=bool(told))
        reading.matches = [m for m in reading.matches if not self._of_kin(m, said)]
        if of_another(reading.tokens, said.kin):
            reading.matches += list(self._relatives_own(reading.matches))
            needs = self._of_relatives(needs)
        asked = list(self._maker.slots(reading, said))
        words = [one.slot for one in asked if not one.boosting]
        slots = [*self._told_slots(told), *self._need_slots(needs, text), *(_beside(words) if told else words)]
        boosts = [self._audience_slot(audience_of_age(age), str(age)) for age in ages]
        boosts += (one.slot for one in asked if one.boosting)
        boosts += self._places_first(reading)
        if all(slot.weight < WEIGHTY for slot in slots):
            slots, boosts = self._from_boosts(slots, boosts, reading)
        understood = dict(self._understood(reading))
        if self._in_crisis(reading, needs):
            understood["crisis"] = "now"
        point = municipalities()[understood["municipality"]] if "municipality" in understood else None
        near = (point.lat, point.lon) if point and point.lat is not None and point.lon is not None else None
        unknown = () if needs and needs[0][1] >= _NEEDY else self._reader.unknown(reading)
        return Plan(tuple(slots), tuple(boosts), reading.corrected, understood, near, unknown)

    def _from_boosts(self, slots: list[Slot], boosts: list[Slot], reading: Reading) -> tuple[list[Slot], list[Slot]]:
        """Nothing but an audience, a condition or a place is asked for, so that must be answered; a place only if it is alone."""
        asked = [slot for slot in boosts if not slot.place]
        if asked:
            return [*asked, *self._meant_for(reading)], [*slots, *(slot for slot in boosts if slot.place)]
        return boosts or slots, slots if boosts else []

    def _needs(self, reading: Reading) -> Needs:
        """Concepts the whole question speaks of without naming them."""
        best = dict(sayings([_said_as(reading, at) for at in range(len(reading.tokens))], self._tables))
        for concept, strength in self._leaning(reading):
            best[concept] = max(best.get(concept, 0.0), strength)
        least = LEAST_SHARE * max(best.values(), default=0.0)
        found = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_SAYINGS]
        return [(self._lexicon.by_id[concept], strength) for concept, strength in found if strength >= least]

    def _said(self, reading: Reading, needs: Needs, *, known: bool) -> Said:
        flat = frozenset(lemma for token in reading.tokens for lemma in token.word.lemmas)
        strongest_need = max((strength for _, strength in needs), default=0.0)
        named = any(self._lexicon.by_id[m.concept].kind == "need" and m.strength > 0.5 for m in reading.matches)
        kin = relatives(reading.tokens, needy=known or named or strongest_need >= _NEEDY)
        sure = [concept for concept, strength in needs if strength >= _SURE_SAYING]
        meant = frozenset(one for concept in sure for one in (concept.id, *(near for near, _ in concept.expands)))
        spoken = any(token.stop or token.negation for token in reading.tokens)  # a person's sentence, not a professional's list
        heard = frozenset(lemma for lemma in flat if spoken and self._says(lemma, {concept.id for concept in sure}))
        return Said(flat if sure else frozenset(), heard, meant, kin, spoken and strongest_need >= LEAST_SPOKEN)

    def _says(self, lemma: str, needs: Collection[str]) -> bool:
        """Whether a saying of these needs holds the word."""
        return any(self._tables.phrases[number][0] in needs for number in self._tables.phrase_index.get(lemma, ()))

    def _of_kin(self, match: Match, said: Said) -> bool:
        """Whether a match takes somebody's relative for those it is meant for."""
        return match.end == match.start + 1 and match.start in said.kin and self._lexicon.by_id[match.concept].kind == "audience"

    def _places_first(self, reading: Reading) -> Iterator[Slot]:
        """ "simhall" asks for the hall before what is held in it."""
        if any(m.strength >= OWN_NAME and self._lexicon.by_id[m.concept].kind == "place" for m in reading.matches):
            yield Slot("", (Leaf("place", 1.0, "place", field="kind"),), PLACES_FIRST)

    def _relatives_own(self, matches: Iterable[Match]) -> Iterator[Match]:
        """Needs of somebody near beside the needs named: "poika polttaa kannabista" asks for those close to a user."""
        for match in matches:
            if near := self._lexicon.by_id[match.concept].relative:
                yield replace(match, concept=near, strength=match.strength * RELATIVES_OWN)

    def _of_relatives(self, needs: Needs) -> Needs:
        strengths: dict[str, float] = {}
        for concept, strength in needs:
            near = self._lexicon.by_id.get(concept.relative)
            own = strength * BESIDE_RELATIVES if near else strength
            for one, share in ((concept, own), (near, strength)):
                if one is not None:
                    strengths[one.id] = max(strengths.get(one.id, 0.0), share)
        ordered = sorted(strengths.items(), key=lambda pair: (-pair[1], pair[0]))
        return [(self._lexicon.by_id[concept], strength) for concept, strength in ordered]

    def _leaning(self, reading: Reading) -> Iterator[tuple[str, float]]:
        """Needs the words lean towards though nobody wrote such a saying; weaker than a saying that fits."""
        if reading.foreign or not self._speaks(reading):
            return
        words = [token.word for at, token in enumerate(reading.tokens) if at not in reading.places]
        found = leanings(words, self._tables.leanings, self._tables.concepts)
        for concept, strength in found[:_MOST_SAYINGS]:
            if strength >= LEAST_LEANING and self._lexicon.by_id[concept].phrases:
                yield concept, strength**LEANING_POWER * LEANING

    def _speaks(self, reading: Reading) -> bool:
        """Whether some word is left that is no name, no place, no audience and no filler."""
        own = {at for m in reading.matches if m.strength >= OWN_NAME for at in range(m.start, m.end)}
        named = own | self._maker.named(reading) | reading.places
        return any(
            not token.stop and at not in named and WEAK_WORDS.isdisjoint(token.word.lemmas) for at, token in enumerate(reading.tokens)
        )

    def _told_slots(self, told: Iterable[Told]) -> Iterator[Slot]:
        """A slot for each need that is known; they add up for what answers several."""
        for strength, concepts in told:
            leaves: list[Leaf] = []
            for code, share in concepts:
                if concept := self._lexicon.by_id.get(code):
                    leaves += concept_leaves(concept, share, "need", self._codes)
                    leaves += neighbour_leaves(concept, share, "need", self._lexicon)
            if leaves:
                yield Slot("", strongest(leaves), TOLD * strength)

    def _need_slots(self, needs: Needs, text: str) -> Iterator[Slot]:
        leaves: list[Leaf] = []
        for concept, strength in needs:
            leaves += concept_leaves(concept, strength, "need", self._codes)
            leaves += neighbour_leaves(concept, strength, "need", self._lexicon)
        if leaves:
            yield Slot(text.strip()[:80], strongest(leaves), SAYING)

    def _audience_slot(self, code: str, asked: str) -> Slot:
        leaves = [Leaf(code, 0.6, "audience", asked, "audiences")]
        for concept in self._lexicon.of_kind("audience"):
            if code in concept.audience:
                leaves += concept_leaves(concept, 0.8, "audience", self._codes)
        return Slot(asked, strongest(leaves), AGE_BOOST)

    def _meant_for(self, reading: Reading) -> Iterator[Slot]:
        """Only an audience is asked for: what is made for exactly them comes before what also suits them."""
        for match in reading.matches:
            concept = self._lexicon.by_id[match.concept]
            if concept.kind == "audience":
                near = [self._lexicon.by_id[other] for other, _ in concept.expands if other in self._lexicon.by_id]
                yield Slot("", strongest(self._all_of(near, match.strength)), MADE_FOR)

    def _all_of(self, concepts: Iterable[Concept], strength: float) -> Iterator[Leaf]:
        for concept in concepts:
            yield from concept_leaves(concept, strength, "audience", self._codes)
            yield from neighbour_leaves(concept, strength, "audience", self._lexicon)

    def _in_crisis(self, reading: Reading, needs: Needs) -> bool:
        """Do the words speak of suicide or of an acute crisis?"""
        named = any(m.concept in CRISIS_NAMED and m.strength >= OWN_NAME for m in reading.matches)
        return named or any(concept.id in CRISIS and strength >= _SURE_SAYING for concept, strength in needs)

    def _understood(self, reading: Reading) -> Iterator[tuple[str, str]]:
        """Conditions read from the words, for the page; the first of a kind counts."""
        told: dict[str, str] = {"not_municipality": " ".join(reading.avoided)} if reading.avoided else {}
        for at in sorted(reading.places):
            token = reading.tokens[at]
            if code := municipality_code(token.word.form) or villages().get(self._reader.village_of(token), ""):
                told.setdefault("municipality", code)
        for match in sorted(reading.matches, key=lambda m: m.start):
            concept = self._lexicon.by_id[match.concept]
            if concept.kind in BOOSTING and match.strength >= SURE_NAME:
                codes: dict[str, list[str]] = {}
                for leaf in code_leaves(concept, 1.0, "", self._codes):
                    codes.setdefault(_FACETS.get(leaf.field, leaf.field), []).append(leaf.term)
                for slot, held in codes.items():
                    told.setdefault(slot, " ".join(held))
        yield from told.items()


def _beside(words: Iterable[Slot]) -> Iterator[Slot]:
    """Words beside needs that are known."""
    return (replace(slot, weight=slot.weight * BESIDE_TOLD) for slot in words)


def _said_as(reading: Reading, at: int) -> dict[str, float]:
    """Terms of a word as sayings know it; a place says nothing."""
    word = reading.tokens[at].word
    return {} if at in reading.places else saying_terms(word.form, word.lemmas, word.roots)
