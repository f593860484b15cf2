"""One search from beginning to end, against one state of the index and one lexicon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import tantivy

from mukana.lib.geo import haversine_km
from mukana.search.analysis.analyser import analyse
from mukana.search.asking.plan import Plan
from mukana.search.asking.planning import Knowledge, Planner
from mukana.search.asking.reading import Reader
from mukana.search.asking.related import last_resort, widened
from mukana.search.asking.vocabulary import Vocabulary
from mukana.search.concepts.spellings import LexiconForms
from mukana.search.index.reading import Opened
from mukana.search.ranking.counting import count_of, facet_counts
from mukana.search.ranking.feedback import BEST, fed
from mukana.search.ranking.filtering import Condition, conditions, everything, not_past, within, without
from mukana.search.ranking.ordering import Found, reordered
from mukana.search.ranking.reasons import Forms, marked, reasons_of
from mukana.search.ranking.scoring import ANY, RELATED, STRICT, SURE, Reach, Scorer
from mukana.search.rules import Filters, Hit, SearchRequest, SearchResult

REORDERED = 200
FED_UNDER = 1_000  # entries; where more answer, the best ones need no help
NEAR = 5_000  # entries whose distances are counted when a distance limits
_MOST_MARKED = 60


@dataclass(frozen=True, slots=True)
class _Limits:
    always: list[tantivy.Query]
    chosen: list[Condition]

    @property
    def queries(self) -> list[tantivy.Query]:
        return [*self.always, *(condition.query for condition in self.chosen)]


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

    def find(self, request: SearchRequest) -> SearchResult:
        """The answer to one question."""
        limits = self._limits(request)
        plan = self._planner.plan(request.text)
        if plan.slots:
            query, total, found = self._asked(plan, request, limits)
        else:
            query, (total, found) = everything(), self._browsed(request, limits)
        found, total = self._near(found, total, request.filters)
        found = reordered(found, self._searcher, request.now)
        shown = found[request.offset : request.offset + request.limit]
        hits, marks = self._hits(shown, plan) if request.explain else (self._bare(shown), ())
        return SearchResult(
            total=total,
            hits=hits,
            facets=facet_counts(self._searcher, query, limits.always, limits.chosen) if query is not None and request.facets else {},
            corrected=plan.corrected,
            understood=plan.understood,
            left_out=self._left_out(query, total, request, limits) if query is not None and limits.chosen and request.explain else {},
            highlight=marks,
        )

    def _limits(self, request: SearchRequest) -> _Limits:
        always = [] if request.include_past else [not_past(request.now, self._schema)]
        return _Limits(always, conditions(request.filters, self._schema))

    def _asked(self, plan: Plan, request: SearchRequest, limits: _Limits) -> tuple[tantivy.Query | None, int, list[Found]]:
        """Well answered entries first; when they are few, everything that may be related."""
        depth = self._depth(request)
        for reach in (SURE, STRICT, RELATED, ANY):
            tried = widened(plan, self._vocabulary, analyse) if reach is ANY else plan
            query = self._scorer.query(tried, reach)
            if query is None:
                continue
            total, found = self._run(within(query, limits.queries), depth)
            if total and total >= reach.enough:
                return query, total, found if total > FED_UNDER else self._lifted(tried, reach, found, limits)
        return self._last_resort(plan, limits, depth)

    def _lifted(self, plan: Plan, reach: Reach, found: list[Found], limits: _Limits) -> list[Found]:
        """The same entries, those about what the best ones are about first."""
        best = ((one.score, self._searcher.doc(one.address).get_first("words") or b"") for one in found[:BEST])
        query = self._scorer.query(fed(plan, best, self._vocabulary), reach)
        return found if query is None else self._run(within(query, limits.queries), len(found))[1]

    def _last_resort(self, plan: Plan, limits: _Limits, depth: int) -> tuple[tantivy.Query | None, int, list[Found]]:
        other = last_resort(plan, (self._vocabulary, self._spellings))
        query = self._scorer.query(self._planner.plan(other), ANY) if other else None
        if query is None:
            return None, 0, []
        return query, *self._run(within(query, limits.queries), depth)

    def _depth(self, request: SearchRequest) -> int:
        near = NEAR if request.filters.within_km is not None else 0
        return max(REORDERED, near, request.offset + request.limit)

    def _browsed(self, request: SearchRequest, limits: _Limits) -> tuple[int, list[Found]]:
        """Without words: what begins soonest, then what is always there."""
        query = within(everything(), limits.queries)
        result = self._searcher.search(query, self._depth(request), order_by_field="next_start", order=tantivy.Order.Asc)
        return _count(result), [Found(address, 0.0) for _, address in result.hits]

    def _run(self, query: tantivy.Query, depth: int) -> tuple[int, list[Found]]:
        result = self._searcher.search(query, depth)
        return _count(result), [Found(address, score) for score, address in result.hits]

    def _near(self, found: list[Found], total: int, filters: Filters) -> tuple[list[Found], int]:
        """Adds distances; a limit of distance cuts the corners off the square it was searched by."""
        if filters.origin is None or not found:
            return found, total
        addresses = [one.address for one in found]
        lats, lons = (self._searcher.fast_field_values(name, addresses) for name in ("lat", "lon"))
        placed = [one.at(_distance(filters.origin, lat, lon)) for one, lat, lon in zip(found, lats, lons, strict=True)]
        if filters.within_km is None:
            return placed, total
        inside = [one for one in placed if one.km is not None and one.km <= filters.within_km]
        return inside, round(total * len(inside) / len(placed))

    def _hits(self, found: Iterable[Found], plan: Plan) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
        hits: list[Hit] = []
        marks: dict[str, None] = {}
        for one in found:
            stored = self._searcher.doc(one.address)
            forms = Forms(stored.get_first("words") or b"")
            marks.update(dict.fromkeys(marked(plan, forms)))
            hits.append(Hit(str(stored.get_first("id")), one.score, reasons_of(plan, forms), one.km))
        return tuple(hits), tuple(marks)[:_MOST_MARKED]

    def _bare(self, found: Iterable[Found]) -> tuple[Hit, ...]:
        return tuple(Hit(str(self._searcher.doc(one.address).get_first("id")), one.score, (), one.km) for one in found)

    def _left_out(self, query: tantivy.Query, total: int, request: SearchRequest, limits: _Limits) -> dict[str, int]:
        """How many more there would be without each condition."""
        hidden: dict[str, int] = {}
        for condition in limits.chosen:
            others = conditions(without(request.filters, condition.name), self._schema)
            count = count_of(self._searcher, within(query, [*limits.always, *(c.query for c in others)]))
            hidden[condition.name] = max(0, count - total)
        return hidden


def _count(result: tantivy.SearchResult) -> int:
    """The library's types forget the attribute."""
    count: int = result.count  # type: ignore[attr-defined]
    return count


def _distance(origin: tuple[float, float], lat: object, lon: object) -> float | None:
    if not isinstance(lat, float) or not isinstance(lon, float):
        return None
    return haversine_km(*origin, lat, lon)
