"""Plan → the query the index scores.

A term scores weight × zone × rarity of its slot × BM25's share for length and repetition:
the index multiplies by its own rarity of the term in that zone, so that is divided away
and one rarity per slot stands instead (a concept and its rarest word weigh the same).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

import tantivy

from mukana.search.asking.plan import WEIGHTY, Leaf, Plan, Slot
from mukana.search.asking.vocabulary import Vocabulary
from mukana.search.index.schema import ZONES
from mukana.search.index.terms import ANYWHERE, IN_PLACE

ZONE_WEIGHTS = {"title": 1.2, "labels": 0.95, "summary": 0.8, "body": 0.6, "place": 0.35, "organisation": 0.3}
PLACE_ZONES = {"title": 0.8, "labels": 0.3, "summary": 0.8, "body": 0.5, "place": 1.0, "organisation": 0.5}
TELLING = ("title", "labels", "summary", "body")  # zones whose concepts tell what an entry is about
TIE = 0.25  # share of the weaker evidence for the same slot
RARITY_FLOOR = 0.45  # share of a slot's weight that does not depend on rarity
PLACE_ALONE = 0.3  # what a place counts for an entry that hardly answers the rest
SURELY = 0.55  # share of a slot's best evidence that makes an answer sure
_NOT_WORTH = 0.004

Should = tantivy.Occur.Should
Must = tantivy.Occur.Must


@dataclass(frozen=True, slots=True)
class Reach:
    """How far to look: evidence weaker than `least_share` of a slot's best does not count.

    The best is the best that some entry has, or with `ideal` the best there could be: then nothing stands in for a
    word that no entry has yet.
    """

    least_share: float
    zones: Mapping[str, float]
    every_slot: bool = False  # all that was asked must be answered
    enough: int = 0  # with fewer entries than this, look further
    ideal: bool = False


SURE = Reach(0.35, {zone: ZONE_WEIGHTS[zone] for zone in ("title", "labels", "summary")}, every_slot=True, enough=200)
STRICT = Reach(0.35, ZONE_WEIGHTS, enough=20)
RELATED = Reach(0.15, ZONE_WEIGHTS, enough=20)
ANY = Reach(0.0, ZONE_WEIGHTS)
WHOLE = Reach(0.35, ZONE_WEIGHTS, every_slot=True, ideal=True)  # for those who are told of new entries, and want no loose ones


class Scorer:
    """Builds queries for one state of the index."""

    def __init__(self, schema: tantivy.Schema, vocabulary: Vocabulary) -> None:
        self._schema = schema
        self._vocabulary = vocabulary

    def query(self, plan: Plan, reach: Reach) -> tantivy.Query | None:
        """The scored query of a plan, or None when no entry has any of its terms."""
        weighty = [slot for slot in plan.slots if slot.weight >= WEIGHTY] or plan.slots
        slots = weighty if reach.every_slot else plan.slots
        wanted = [query for slot in slots if (query := self._slot(self._stronger(slot, reach.least_share, reach.ideal), reach)) is not None]
        if not wanted or (reach.every_slot and len(wanted) < len(slots)):
            return None
        occur = Must if reach.every_slot else Should
        answered = tantivy.Query.boolean_query([(occur, query) for query in wanted])
        lifts = list(self._lifts(plan.boosts, slots, reach))
        if not lifts:
            return answered
        return tantivy.Query.boolean_query([(Must, answered), *((Should, lift) for lift in lifts)])

    def _lifts(self, boosts: Iterable[Slot], slots: Iterable[Slot], reach: Reach) -> Iterator[tantivy.Query]:
        """Boosts; a place lifts in full only what surely answers something that was asked."""
        for slot in boosts:
            query = self._slot(slot, reach)
            if query is None:
                continue
            sure = self._surely(slots, reach) if slot.place else None
            if sure is None:
                yield query
                continue
            yield tantivy.Query.boost_query(query, PLACE_ALONE)
            yield tantivy.Query.boost_query(tantivy.Query.boolean_query([(Must, sure), (Must, query)]), 1 - PLACE_ALONE)

    def _surely(self, slots: Iterable[Slot], reach: Reach) -> tantivy.Query | None:
        """What answers some slot nearly as well as can be, without a score."""
        strong = (self._stronger(replace(slot, sums=()), SURELY) for slot in slots)
        found = [query for slot in strong if (query := self._slot(slot, reach)) is not None]
        return tantivy.Query.const_score_query(tantivy.Query.boolean_query([(Should, one) for one in found]), 0.0) if found else None

    def _stronger(self, slot: Slot, least_share: float, ideal: bool = False) -> Slot:
        """The slot with the leaves that answer it well enough, measured by the best one any entry has (or could have)."""
        if not least_share:
            return slot
        least = least_share * next((leaf.weight for leaf in slot.all_leaves if ideal or self._held(leaf)), 0.0)
        leaves, sums = (tuple(leaf for leaf in held if leaf.weight >= least) for held in (slot.leaves, slot.sums))
        return replace(slot, leaves=leaves, sums=sums)

    def _held(self, leaf: Leaf) -> bool:
        return bool(self._vocabulary.frequency(leaf.field, leaf.term)) if leaf.field else self._vocabulary.holds(leaf.term)

    def _slot(self, slot: Slot, reach: Reach) -> tantivy.Query | None:
        factor = slot.weight * self._importance(slot)
        queries = list(self._leaves(slot.leaves, factor, reach))
        parts = [part for group in _by_part(slot.sums) if (part := _joined(list(self._leaves(group, factor, reach)))) is not None]
        if parts:
            queries.append(tantivy.Query.boolean_query([(Should, part) for part in parts]))
        return _joined(queries)

    def _leaves(self, leaves: Iterable[Leaf], factor: float, reach: Reach) -> Iterator[tantivy.Query]:
        for leaf in leaves:
            if leaf.field:
                yield from self._term(leaf.field, leaf.term, leaf.weight * factor, plain=True)
                continue
            if leaf.term.startswith(IN_PLACE):
                yield from self._term("place", leaf.term, leaf.weight * factor, plain=True)
                continue
            zones = PLACE_ZONES if leaf.kind == "place" else reach.zones
            if leaf.term.startswith("#"):
                zones = {zone: share for zone, share in zones.items() if zone in TELLING}
            for zone, share in zones.items():
                yield from self._term(zone, leaf.term, leaf.weight * share * factor)

    def _term(self, field: str, term: str, weight: float, plain: bool = False) -> Iterator[tantivy.Query]:
        frequency = self._vocabulary.frequency(field, term)
        if not frequency or weight < _NOT_WORTH:
            return
        query = tantivy.Query.term_query(self._schema, field, term, index_option="basic" if plain else "freq")
        if plain:
            yield tantivy.Query.const_score_query(query, weight)
        else:
            yield tantivy.Query.boost_query(query, weight / self._vocabulary.rarity(frequency))

    def _importance(self, slot: Slot) -> float:
        """1 for the rarest slot, RARITY_FLOOR for one that every entry answers."""
        strong = [leaf for leaf in slot.leaves if not leaf.field and leaf.weight >= 0.3 and leaf.term != ANYWHERE]
        frequency = max((self._vocabulary.widest(leaf.term) for leaf in strong), default=0)
        if not frequency:
            return 1.0
        share = self._vocabulary.rarity(frequency) / self._vocabulary.rarity(1)
        return RARITY_FLOOR + (1 - RARITY_FLOOR) * max(0.0, min(1.0, share))


def _by_part(leaves: Iterable[Leaf]) -> Iterator[list[Leaf]]:
    """Leaves of the same part of a compound, whatever place it has in the entry's word."""
    for _, group in groupby(leaves, key=lambda leaf: leaf.term.strip("_=^")):
        yield list(group)


def _joined(queries: list[tantivy.Query]) -> tantivy.Query | None:
    if not queries:
        return None
    return queries[0] if len(queries) == 1 else tantivy.Query.disjunction_max_query(queries, tie_breaker=TIE)


assert set(ZONE_WEIGHTS) == set(PLACE_ZONES) == set(ZONES)
