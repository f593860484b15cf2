"""One search from beginning to end, against one state of the index and one lexicon."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import tantivy

from mukana.search.analysis.analyser import analyse
from mukana.search.asking.plan import Plan
from mukana.search.asking.planning import Knowledge, Planner
from mukana.search.asking.reading import Reader
from mukana.search.asking.related import last_resort, widened
from mukana.search.asking.vocabulary import Vocabulary
from mukana.search.concepts.spellings import LexiconForms
from mukana.search.index.reading import Opened
from mukana.search.ranking.counting import Counts, counts
from mukana.search.ranking.feedback import Feedback
from mukana.search.ranking.filtering import Limits, everything, limits_of, within
from mukana.search.ranking.nearness import Nearness, Point, distances
from mukana.search.ranking.ordering import Found, reordered, well_answering
from mukana.search.ranking.prepared import REACHES, Prepared
from mukana.search.ranking.scoring import ANY, WHOLE, Scorer
from mukana.search.rules import Filters, Hit, SearchRequest, SearchResult, Told

REORDERED = 200
FED_UNDER = 1_000  # entries; where more answer, the best ones need no help
NEAR = 5_000  # entries whose distances are counted when a distance limits
KEPT_QUESTIONS = 512  # whose plans are remembered while index and lexicon stay the same
KEPT_IDS = 10_000  # of entries, some 2 MB
_MOST_MARKED = 60


class Finder:
    """Serves any number of searches; safe to share between threads."""

    def __init__(self, opened: Opened, knowledge: Knowledge) -> None:
        self._searcher = opened.searcher
        self._schema = opened.schema
        self._vocabulary = Vocabulary(opened)
        self._spellings = LexiconForms(knowledge.tables)
        reader = Reader(analyse, knowledge.tables, self._vocabulary, self._spellings)
        self._planner = Planner(analyse, knowledge, reader)
        self._scorer = Scorer(opened.schema, self._vocabulary)
        self._feedback = Feedback(opened.searcher, self._vocabulary, self._scorer)
        self._nearness = Nearness(opened.schema)
        self._prepared = lru_cache(maxsize=KEPT_QUESTIONS)(self._prepare)
        self._id = lru_cache(maxsize=KEPT_IDS)(self._read_id)

    def find(self, request: SearchRequest) -> SearchResult:
        """The answer to one question."""
        limits = limits_of(request, self._schema)
        prepared = self._prepared(request.text, request.needs)
        plan = prepared.plan
        near = plan.near or request.filters.origin
        if plan.slots:
            query, total, found = self._asked(prepared, request, limits)
        else:
            query, (total, found) = everything(), self._browsed(request, limits)
        found, total = self._inside(found, total, request.filters)
        ordered = reordered(found, self._searcher, request.now, near, any(slot.place for slot in plan.boosts))
        shown = self._measured(ordered[request.offset : request.offset + request.limit], request.filters.origin)
        hits, marks = self._hits(shown, prepared) if request.explain else (self._bare(shown), ())
        counted = Counts() if query is None else counts(self._searcher, query, limits, facets=request.facets, without=request.explain)
        return SearchResult(
            total=total,
            hits=hits,
            facets=counted.facets,
            corrected=dict(plan.corrected),
            understood=dict(plan.understood),
            unknown=plan.unknown,
            best=well_answering([score for score, _, _ in ordered]) if plan.slots else total,
            left_out={name: max(0, count - total) for name, count in counted.without.items()} if request.explain else {},
            highlight=marks,
        )

    def understood(self, text: str) -> dict[str, str]:
        """Conditions that the words hold, without a search."""
        return dict(self._prepared(text).plan.understood)

    def topic(self, text: str) -> str:
        """The code of the topic that the words speak of most, "" when of none."""
        told = [
            (leaf.weight * slot.weight, leaf.term)
            for slot in self._prepared(text).plan.slots
            for leaf in slot.leaves
            if leaf.field == "topics"
        ]
        return max(told, default=(0.0, ""))[1]

    @property
    def searcher(self) -> tantivy.Searcher:
        """All entries of the index."""
        return self._searcher

    def whole(self, text: str) -> tantivy.Query | None:
        """What answers every part of a question; None when nothing can, or when nothing is asked."""
        plan = self._prepared(text).plan
        return self._scorer.query(plan, WHOLE) if plan.slots else None

    def _prepare(self, text: str, needs: tuple[Told, ...] = ()) -> Prepared:
        return Prepared(self._planner.plan(text, needs), self._scorer, lambda plan: widened(plan, self._vocabulary, analyse))

    def _asked(self, prepared: Prepared, request: SearchRequest, limits: Limits) -> tuple[tantivy.Query | None, int, list[Found]]:
        """Well answered entries first; when they are few, everything that may be related."""
        depth, near = self._depth(request), prepared.plan.near or request.filters.origin
        for number, reach in enumerate(REACHES):
            query = prepared.query(number)
            if query is None:
                continue
            total, found = self._run(within(self._nearness.nearer(query, near), limits.queries), depth)
            if total and total >= reach.enough:
                return query, total, found if total > FED_UNDER else self._lifted(prepared, number, found, limits, near)
        return self._last_resort(prepared, limits, depth)

    def _lifted(self, prepared: Prepared, number: int, found: list[Found], limits: Limits, near: Point | None) -> list[Found]:
        """The same entries, those about what the best ones are about first."""
        query = prepared.query(number)
        lifted = None if query is None else self._feedback.lifted(query, REACHES[number], found, prepared.asked)
        if lifted is None:
            return found
        return self._run(within(self._nearness.nearer(lifted, near), limits.queries), len(found))[1]

    def _last_resort(self, prepared: Prepared, limits: Limits, depth: int) -> tuple[tantivy.Query | None, int, list[Found]]:
        """Words spelled nearly so; else what would only have lifted: for whom, in which language, where."""
        other = last_resort(prepared.plan, (self._vocabulary, self._spellings))
        query = self._scorer.query(self._planner.plan(other), ANY) if other else None
        if query is None and prepared.plan.boosts:
            query = self._scorer.query(Plan(prepared.plan.boosts), ANY)
        if query is None:
            return None, 0, []
        return query, *self._run(within(query, limits.queries), depth)

    def _depth(self, request: SearchRequest) -> int:
        near = NEAR if request.filters.within_km is not None else 0
        return max(REORDERED, near, request.offset + request.limit)

    def _browsed(self, request: SearchRequest, limits: Limits) -> tuple[int, list[Found]]:
        """Without words: what begins soonest, then what is always there."""
        query = within(everything(), limits.queries)
        depth = self._depth(request) if request.filters.within_km is not None else max(1, request.offset + request.limit)
        result = self._searcher.search(query, depth, order_by_field="next_start", order=tantivy.Order.Asc)
        return _count(result), [(0.0, address, None) for _, address in result.hits]

    def _run(self, query: tantivy.Query, depth: int) -> tuple[int, list[Found]]:
        result = self._searcher.search(query, depth)
        return _count(result), [(score, address, None) for score, address in result.hits]

    def _inside(self, found: list[Found], total: int, filters: Filters) -> tuple[list[Found], int]:
        """A limit of distance cuts the corners off the square it was searched by; without one nobody needs to measure them all."""
        if filters.origin is None or filters.within_km is None or not found:
            return found, total
        inside = [one for one in self._measured(found, filters.origin) if one[2] is not None and one[2] <= filters.within_km]
        return inside, round(total * len(inside) / len(found))

    def _measured(self, found: list[Found], origin: Point | None) -> list[Found]:
        """With the kilometres that are not known yet."""
        if origin is None or not found or found[0][2] is not None:
            return found
        kms = distances(self._searcher, [address for _, address, _ in found], origin)
        return [(score, address, km) for (score, address, _), km in zip(found, kms, strict=True)]

    def _hits(self, found: Iterable[Found], prepared: Prepared) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
        hits: list[Hit] = []
        marks: dict[str, None] = {}
        for score, address, km in found:
            stored = self._searcher.doc(address)
            reasons, marked = prepared.explainer.explained(stored.get_first("words") or b"")
            marks.update(dict.fromkeys(marked))
            hits.append(Hit(str(stored.get_first("id")), score, reasons, km))
        return tuple(hits), tuple(marks)[:_MOST_MARKED]

    def _bare(self, found: Iterable[Found]) -> tuple[Hit, ...]:
        return tuple([Hit(self._id(address.segment_ord, address.doc), score, (), km) for score, address, km in found])

    def _read_id(self, segment: int, number: int) -> str:
        return str(self._searcher.doc(tantivy.DocAddress(segment, number)).get_first("id"))


def _count(result: tantivy.SearchResult) -> int:
    """The library's types forget the attribute."""
    count: int = result.count  # type: ignore[attr-defined]
    return count
