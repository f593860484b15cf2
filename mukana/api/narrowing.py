"""The rarer conditions of a list of events as SQL; aliases as in `sql`: `o` is an occurrence, `e` its entry."""
# ruff: noqa: S608  (statements are put together of pieces of this file; values are always parameters)

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians
from typing import Any
from uuid import UUID

from django.db import connection

from mukana.api import resolving, sql
from mukana.api.more import More
from mukana.api.sql import Condition, marks
from mukana.organisations.reference import municipalities

_END = "COALESCE(o.ends_at, o.starts_at)"
_POINT = "o.place_id IN (SELECT w.id FROM directory_place w WHERE NOT w.approximate AND {0}) OR (o.place_id IS NULL AND {1})"
_METRES_A_DEGREE = 111_195.0
NEVER: Condition = ("1 = 0", ())
VOLUNTEERING = (
    "e.id IN (SELECT x.entry_id FROM directory_entryterm x JOIN directory_term t ON t.id = x.term_id"
    " WHERE t.scheme = 'topic' AND t.code = 'volunteering')"
)
# An event of a series: its entry has another date, or a rhythm.
_SERIES = (
    "(EXISTS (SELECT 1 FROM directory_occurrence y WHERE y.entry_id = e.id AND y.id <> o.id)"
    " OR EXISTS (SELECT 1 FROM directory_schedule s WHERE s.entry_id = e.id))"
)


def conditions_of(asked: More) -> list[Condition]:
    """Every condition that has a say."""
    return [*_times(asked), *_places(asked), *_words(asked), *_languages(asked), *_ages(asked), *_kinds(asked), *_sources(asked)]


def _times(asked: More) -> list[Condition]:
    bounds = [
        ("o.starts_at >= %s", asked.starts_after),
        ("o.starts_at <= %s", asked.starts_before),
        (f"{_END} >= %s", asked.ends_after),
        (f"{_END} <= %s", asked.ends_before),
    ]
    found: list[Condition] = [(piece, (sql.moment_value(moment),)) for piece, moment in bounds if moment is not None]
    seconds = {
        "sqlite": f"ROUND((JULIANDAY({_END}) - JULIANDAY(o.starts_at)) * 86400)",
        "postgresql": f"EXTRACT(EPOCH FROM {_END} - o.starts_at)",
    }[connection.vendor]
    lengths = [(">=", asked.min_duration), ("<=", asked.max_duration)]
    found += [(f"{seconds} {sign} %s", (value,)) for sign, value in lengths if value is not None]
    return [*found, sql.ahead(asked.ongoing_from)] if asked.ongoing_from else found


def _places(asked: More) -> list[Condition]:
    found: list[Condition] = []
    if asked.bbox:
        west, south, east, north = asked.bbox
        found.append(_at_point("{0}.lat BETWEEN %s AND %s AND {0}.lon BETWEEN %s AND %s", (south, north, west, east)))
    if asked.near:
        lon, lat, metres = asked.near
        narrow = _METRES_A_DEGREE * cos(radians(lat))
        up = f"({{0}}.lat - %s) * {_METRES_A_DEGREE}"
        across = f"({{0}}.lon - %s) * {narrow!r}"
        found.append(_at_point(f"({up}) * ({up}) + ({across}) * ({across}) <= %s", (lat, lat, lon, lon, metres * metres)))
    if asked.divisions:
        codes = [code for one in asked.divisions for code in _municipality(one)]
        found.append((f"e.municipality_id IN ({marks(codes)})", codes))
    return found


def _at_point(piece: str, values: Sequence[float]) -> Condition:
    return _POINT.format(piece.format("w"), piece.format("e")), (*values, *values)


def _municipality(division: str) -> list[str]:
    """Codes meant by "kunta:kuopio", "ocd-division/country:fi/kunta:kuopio", "kuopio" or "297"."""
    name = division.rpartition(":")[2].casefold()
    return [code for code, facts in municipalities().items() if name in (code, facts.name_fi.casefold(), facts.name_sv.casefold())]


def _words(asked: More) -> list[Condition]:
    found = [sql.with_words(resolving.terms([word])) for word in asked.keywords_all]
    found += [sql.with_words(resolving.terms(words)) for words in asked.keyword_sets]
    if asked.sets_any:
        found.append(sql.with_words([term for one in asked.sets_any for term in resolving.terms_of_set(one)]))
    found += [sql.with_words(resolving.terms_of_set(one)) for one in asked.sets_all]
    if asked.keywords_none:
        piece, values = sql.with_words(resolving.terms(asked.keywords_none))
        found.append((f"NOT ({piece})", values))
    return found


def _languages(asked: More) -> list[Condition]:
    found: list[Condition] = []
    if asked.in_language:
        found.append(_served_in(asked.in_language))
    if asked.translation:
        found.append(_told_in(asked.translation))
    if asked.language:
        served, told = _served_in(asked.language), _told_in(asked.language)
        found.append((f"({served[0]}) OR ({told[0]})", (*served[1], *told[1])))
    return found


def _served_in(codes: Sequence[str]) -> Condition:
    rows = {"sqlite": "JSON_EACH(e.languages) l", "postgresql": "JSONB_ARRAY_ELEMENTS_TEXT(e.languages) l(value)"}[connection.vendor]
    return f"EXISTS (SELECT 1 FROM {rows} WHERE l.value IN ({marks(codes)}))", codes


def _told_in(codes: Sequence[str]) -> Condition:
    """The codes are ours (`more.LANGUAGES`), so they may stand in the statement."""
    name = {"sqlite": "JSON_EXTRACT(e.texts, '$.{0}.name')", "postgresql": "e.texts -> '{0}' ->> 'name'"}[connection.vendor]
    return " OR ".join(f"{name.format(code)} IS NOT NULL" for code in codes), ()


def _ages(asked: More) -> list[Condition]:
    youngest_told, oldest_told = _told_age("min_age", "e.age_min"), _told_age("max_age", "e.age_max")
    bounds = [
        (f"{youngest_told} >= %s", asked.min_age_from),
        (f"{youngest_told} <= %s", asked.min_age_to),
        (f"{oldest_told} >= %s", asked.max_age_from),
        (f"{oldest_told} <= %s", asked.max_age_to),
    ]
    found: list[Condition] = [(piece, (value,)) for piece, value in bounds if value is not None]
    if asked.suitable_for:
        known = f"({youngest_told} IS NOT NULL OR {oldest_told} IS NOT NULL)"
        fits = f"COALESCE({youngest_told}, 0) <= %s AND COALESCE({oldest_told}, 999) >= %s"
        found.append((f"{known} AND {fits}", (asked.suitable_for[0], asked.suitable_for[-1])))
    return found


def _told_age(fact: str, column: str) -> str:
    """The date's own age, else its entry's."""
    own = {"sqlite": "JSON_EXTRACT(o.facts, '$.{0}')", "postgresql": "(o.facts ->> '{0}')::int"}[connection.vendor]
    return f"COALESCE({own.format(fact)}, {column})"


def _kinds(asked: More) -> list[Condition]:
    found: list[Condition] = []
    if asked.statuses:
        found.append((f"o.status IN ({marks(asked.statuses)})", asked.statuses))
    if asked.types:
        pieces = {
            "Volunteering": VOLUNTEERING,
            "Course": f"e.kind = 'group' AND NOT ({VOLUNTEERING})",
            "General": f"e.kind <> 'group' AND NOT ({VOLUNTEERING})",
        }
        found.append((" OR ".join(f"({pieces[one]})" for one in asked.types), ()))
    if asked.super_event_types and "none" not in asked.super_event_types:
        found.append(NEVER)  # lists hold single dates; the series above them are read by their ids
    if asked.hide_recurring_children or asked.no_super_event:
        found.append((f"NOT {_SERIES}", ()))
    return found


def _sources(asked: More) -> list[Condition]:
    found: list[Condition] = []
    if asked.publishers:
        found.append(_arranged_by(resolving.organisations(asked.publishers)))
    if asked.publisher_ancestors:
        found.append(_arranged_by(resolving.units_of(asked.publisher_ancestors)))
    if asked.data_sources:
        rows = "EXISTS (SELECT 1 FROM directory_sourcerow r WHERE r.entry_id = e.id{0})"
        piece = rows.format(f" AND r.source_id IN ({marks(asked.data_sources)})")
        own = f" OR NOT {rows.format('')}" if "mukana" in asked.data_sources else ""
        found.append((f"{piece}{own}", asked.data_sources))
    return found


def _arranged_by(organisations: Sequence[UUID]) -> Condition:
    values: list[Any] = [sql.uuid_value(one) for one in organisations]
    return f"e.organisation_id IN ({marks(values)})", values
