"""Conditions → queries that must hold, and what each of them alone hides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import tantivy

from mukana.lib.geo import box_around
from mukana.search.index.cells import cells
from mukana.search.rules import Filters, SearchRequest

_FARTHEST_KM = 2_000.0
_FEW = 20  # codes that are looked up one by one
_LISTS = {
    "kinds": "kind",
    "forms": "form",
    "municipalities": "municipality",
    "topics": "topics",
    "audiences": "audiences",
    "languages": "languages",
}
_ALL_OF = {"features": "features", "accessibility": "accessibility"}
_ONE = {"organisation": "organisation_id", "text_language": "text_language"}
_EMPTY = Filters()
Must, Should, MustNot = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; `name` is the field of Filters it comes from."""

    name: str
    query: tantivy.Query


@dataclass(frozen=True, slots=True)
class Limits:
    """What must hold besides the words: `always`, and one condition for each choice of the asker."""

    always: tuple[tantivy.Query, ...]
    chosen: tuple[Condition, ...]
    filters: Filters
    schema: tantivy.Schema

    @property
    def queries(self) -> list[tantivy.Query]:
        """All of them."""
        return [*self.always, *(condition.query for condition in self.chosen)]

    def but(self, name: str) -> list[tantivy.Query]:
        """All of them as if one choice had not been made."""
        others = conditions(without(self.filters, name), self.schema)
        return [*self.always, *(condition.query for condition in others)]


def limits_of(request: SearchRequest, schema: tantivy.Schema) -> Limits:
    """The limits of one request."""
    always = () if request.include_past else (not_past(request.now, schema),)
    return Limits(always, tuple(conditions(request.filters, schema)), request.filters, schema)


def conditions(filters: Filters, schema: tantivy.Schema) -> list[Condition]:
    """Every condition that is on."""
    return [Condition(name, query) for name, query in _conditions(filters, schema)]


def not_past(now: datetime, schema: tantivy.Schema) -> tantivy.Query:
    """What has not ended; undated entries never end."""
    return _range(schema, "last_end", int(now.timestamp()), None)


def everything() -> tantivy.Query:
    """Any entry, without a score of its own."""
    return tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0)


def within(query: tantivy.Query, limits: Sequence[tantivy.Query]) -> tantivy.Query:
    """`query` where all limits hold; only `query` scores."""
    if not limits:
        return query
    silent = [(Must, tantivy.Query.const_score_query(limit, 0.0)) for limit in limits]
    return tantivy.Query.boolean_query([(Must, query), *silent])


def without(filters: Filters, name: str) -> Filters:
    """The filters with one of them off."""
    return replace(filters, **{name: getattr(_EMPTY, name)})


def _conditions(filters: Filters, schema: tantivy.Schema) -> Iterator[tuple[str, tantivy.Query]]:
    for name, field in _LISTS.items():
        if codes := getattr(filters, name):
            yield name, _any(schema, field, codes)
    for name, field in _ALL_OF.items():
        if codes := getattr(filters, name):
            yield name, tantivy.Query.boolean_query([(Must, _any(schema, field, (code,))) for code in codes])
    for name, field in _ONE.items():
        if code := getattr(filters, name):
            yield name, _any(schema, field, (code,))
    yield from _time_conditions(filters, schema)
    yield from _other_conditions(filters, schema)


def _other_conditions(filters: Filters, schema: tantivy.Schema) -> Iterator[tuple[str, tantivy.Query]]:
    if codes := filters.not_municipalities:
        yield "not_municipalities", tantivy.Query.boolean_query([(Must, everything()), (MustNot, _any(schema, "municipality", codes))])
    if filters.free:
        yield "free", _any(schema, "price", ("free",))
    if filters.origin and filters.within_km is not None:
        yield "within_km", _box(schema, filters.origin, filters.within_km)
    if filters.referable_on:
        yield "referable_on", _range(schema, "expires_on", filters.referable_on.toordinal() + 1, None)


def _time_conditions(filters: Filters, schema: tantivy.Schema) -> Iterator[tuple[str, tantivy.Query]]:
    """Weekday and daypart together mean the same happening."""
    if filters.weekdays and filters.dayparts:
        pairs = tuple(f"{day}.{part}" for day in filters.weekdays for part in filters.dayparts)
        yield "weekdays", _any(schema, "times", pairs)
        yield "dayparts", _any(schema, "daypart", filters.dayparts)
    elif filters.weekdays:
        yield "weekdays", _any(schema, "weekday", filters.weekdays)
    elif filters.dayparts:
        yield "dayparts", _any(schema, "daypart", filters.dayparts)
    if filters.starts_from or filters.starts_until:
        first = (filters.starts_from or date.min).toordinal()
        last = filters.starts_until.toordinal() if filters.starts_until else None
        yield ("starts_from" if filters.starts_from else "starts_until"), _range(schema, "days", first, last)


def _any(schema: tantivy.Schema, field: str, codes: Sequence[str]) -> tantivy.Query:
    """Any of the codes.  The library's own query for sets costs as much as twenty terms before it looks at anything."""
    if len(codes) > _FEW:
        return tantivy.Query.term_set_query(schema, field, list(codes))
    terms = [tantivy.Query.term_query(schema, field, code, index_option="basic") for code in codes]
    return terms[0] if len(terms) == 1 else tantivy.Query.boolean_query([(Should, term) for term in terms])


def _range(schema: tantivy.Schema, field: str, first: int, last: int | None) -> tantivy.Query:
    return tantivy.Query.range_query(schema, field, tantivy.FieldType.Integer, first, last)


def _box(schema: tantivy.Schema, origin: tuple[float, float], km: float) -> tantivy.Query:
    """A square around the circle; what lies outside is cut where distances are counted."""
    south, west, north, east = box_around(*origin, min(km, _FARTHEST_KM))
    covering = cells(south, west, north, east)
    if covering is not None:
        return _any(schema, "cell", covering)
    sides = (("lat", south, north), ("lon", west, east))
    parts = [tantivy.Query.range_query(schema, name, tantivy.FieldType.Float, low, high) for name, low, high in sides]
    return tantivy.Query.boolean_query([(Must, part) for part in parts])
