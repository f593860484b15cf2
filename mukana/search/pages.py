"""Everything the results page shows, put together from one search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import get_language

from mukana.directory.drawing import Ground, Spot, ground
from mukana.directory.models import Entry
from mukana.directory.queries.here import point_of
from mukana.directory.queries.rows import Row, rows
from mukana.directory.queries.towns import town_spots
from mukana.directory.words import term_name
from mukana.lib.geo import haversine_km
from mukana.look.rules import pick, text_languages
from mukana.organisations.reference import MunicipalityFacts, municipalities
from mukana.search.asked import PAGE_SIZE, Asked
from mukana.search.queries import search, understood
from mukana.search.rules import Hit, Reason, SearchResult
from mukana.search.said import said_days, says_nothing

Point = tuple[float, float]
SORTABLE = 200  # hits that are put in another order than the engine's
ALTERNATIVES = 3
FEWEST_BEST = 3  # with fewer that answer well, everything is shown
FEWEST_WITHIN = 3  # with fewer within the conditions of the words, others are shown after them
FIRM = frozenset(("dates", "not_municipality", "crisis"))  # conditions of the words that are never loosened
CRISIS_TOPICS = ("crisis", "mood", "grief", "substance_free")
OUT_OF_REACH_KM = 50.0
BEST = 20  # well answering hits, of which the nearest are shown


@dataclass(frozen=True, slots=True)
class Result:
    """One row.  `number` is the same on the map; None when it has no point or is done at home."""

    number: int | None
    row: Row
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """`alternatives` are the nearest that exist when there is nothing; `page` walks through them all."""

    asked: Asked
    place: MunicipalityFacts | None
    origin: Point | None
    result: SearchResult
    results: list[Result]
    alternatives: list[Row]
    page: Page[int]
    ground: Ground | None
    more: int = 0  # that answer loosely and are not shown yet
    read: str = ""  # "only" when the conditions of the words hold for every row, "first" when those that meet them come first, "none"
    puzzled: bool = False  # the words say nothing that could be looked for
    farther_km: int = 0  # how far the nearest is from the town that the words name, when nothing is near it

    @property
    def off_map(self) -> int:
        """Rows that the map cannot show."""
        return sum(result.number is None for result in self.results)


def results_page(asked: Asked, place: MunicipalityFacts | None, now: datetime) -> ResultsPage:
    """Answer the question near the chosen place.  One search (two when it finds nothing) and two queries of rows."""
    origin = _origin(asked, place)
    days = said_days(asked.text)
    words = days.rest if days.code else words_of(asked)
    held = understood(words) if asked.text else {}
    if days.code:
        held = {slot: codes for slot, codes in held.items() if slot != "weekday" or days.code != "weekend"} | {"dates": days.code}
    limited = _helping(asked) if "crisis" in held else asked.as_read(held, now.date()) if asked.text else asked
    if says_nothing(asked.text) and "crisis" not in held:
        found, read = SearchResult(0, ()), ""
    else:
        found, read = _read(asked, limited, words, now, origin, firm=not FIRM.isdisjoint(held))
    found = replace(found, understood=found.understood | held)
    more = 0
    if asked.best_only and found.total > len(found.hits[: found.best]) >= FEWEST_BEST:
        found = replace(found, hits=found.hits[: found.best])
        more = found.total - len(found.hits)
    listed = _rows(found.hits, limited if read == "only" else asked, now)
    named = None if "municipality" in asked.ignored else municipalities().get(found.understood.get("municipality", ""))
    if named is not None and point_of(named) is not None and not asked.municipalities:
        place, origin = named, point_of(named)
        listed = [_measured(row, origin) for row in listed]
    results = _numbered(listed, found.hits)
    puzzled = not results and says_nothing(asked.text) and "crisis" not in held
    return ResultsPage(
        asked=asked,
        place=place,
        origin=origin,
        result=found,
        results=results,
        alternatives=[] if results or puzzled or "crisis" in held else _alternatives(limited, words, now, origin),
        page=Paginator(range(found.total if not more else len(results)), PAGE_SIZE).get_page(asked.page),
        more=more,
        read=read,
        puzzled=puzzled,
        farther_km=_farther(listed) if named is not None else 0,
        ground=map_of(results, origin, place.name_fi if place else "", alone=asked.view == "kartta"),
    )


def _measured(row: Row, origin: Point | None) -> Row:
    """The row with its distance from the town that the words named; its town stands for what has no point."""
    entry = row.entry
    lat, lon = (
        (entry.lat, entry.lon) if not row.near_enough else point_of(municipalities().get(entry.municipality_id or "")) or (None, None)
    )
    if origin is None or lat is None or lon is None or row.at_home:
        return row
    return replace(row, distance_km=haversine_km(*origin, lat, lon))


def words_of(asked: Asked) -> str:
    """What the engine is asked: the words of the field, else those of the need."""
    return asked.text or (term_name("need", asked.need) if asked.need else "")


def map_of(results: list[Result], origin: Point | None, origin_name: str, alone: bool = False) -> Ground | None:
    """The drawn map with the same numbers as in the list; without the list its pins lead to the entries."""
    pins = [
        Spot(str(result.number), (result.row.entry.lat, result.row.entry.lon), name_of(result.row.entry), address_of(result, alone))
        for result in results
        if result.number and result.row.entry.lat is not None and result.row.entry.lon is not None
    ]
    return ground(pins, town_spots(), origin=Spot(origin_name, origin) if origin else None) if pins else None


def address_of(result: Result, alone: bool) -> str:
    """Where a pin leads: to its row of the list, or to the entry when there is no list."""
    return reverse("entry", args=[result.row.entry.pk]) if alone else f"#tulos-{result.number}"


def name_of(entry: Entry) -> str:
    """The entry's name in the page's language where it has one, else in Finnish."""
    found = pick(entry.texts, "name", text_languages(get_language() or "fi", selko=False))
    return str(found.value or entry)


def _numbered(listed: list[Row], hits: tuple[Hit, ...]) -> list[Result]:
    reasons = {hit.entry_id: hit.reasons for hit in hits}
    results: list[Result] = []
    number = 0
    for row in listed:
        on_map = row.entry.lat is not None and row.entry.lon is not None and not row.at_home
        number += on_map
        results.append(Result(number if on_map else None, row, reasons.get(str(row.entry.pk), ())))
    return results


def _origin(asked: Asked, place: MunicipalityFacts | None) -> Point | None:
    """Where distances are counted from: the one municipality asked for, else the chosen place."""
    if len(asked.municipalities) == 1:
        return point_of(municipalities().get(asked.municipalities[0])) or point_of(place)
    return point_of(place)


def _helping(asked: Asked) -> Asked:
    """Somebody may be in need at once: services and groups that help, nothing else."""
    return replace(asked, topics=asked.topics or CRISIS_TOPICS, kinds=asked.kinds or ("service", "place", "group"))


def _farther(listed: list[Row]) -> int:
    """Kilometres to the nearest row when it is out of reach, else 0."""
    nearest = min((row.distance_km for row in listed if row.distance_km is not None), default=0.0)
    return round(nearest) if nearest > OUT_OF_REACH_KM else 0


def _read(asked: Asked, limited: Asked, words: str, now: datetime, origin: Point | None, *, firm: bool) -> tuple[SearchResult, str]:
    """The answer within the conditions that the words hold; where too little meets them, what does comes first.

    Conditions that are `firm` are never loosened: what is on another day, or where one does not want to go, is no answer.
    """
    if limited == asked:
        return _found(asked, words, now, origin), ""
    within = _found(limited, words, now, origin)
    if firm or within.total >= FEWEST_WITHIN:
        return within, "only"
    found = _found(asked, words, now, origin)
    if not within.total:
        return found, "none"
    if asked.page > 1:
        return found, ""
    first = {hit.entry_id for hit in within.hits}
    hits = (*within.hits, *(hit for hit in found.hits if hit.entry_id not in first))
    return replace(found, hits=hits[:PAGE_SIZE], best=max(found.best, len(first))), "first"


def _found(asked: Asked, words: str, now: datetime, origin: Point | None) -> SearchResult:
    """The engine's answer; another order is made of its best ones."""
    request = asked.request(words, now, origin)
    if asked.sort == "osuvin":
        return search(request)
    result = search(replace(request, limit=SORTABLE, offset=0))
    ordered = _by_distance(result.hits) if asked.sort == "lahin" else _by_time(result.hits, asked, now)
    return replace(result, total=min(result.total, SORTABLE), hits=ordered[request.offset : request.offset + PAGE_SIZE])


def _by_distance(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: (hit.distance_km is None, hit.distance_km or 0.0)))


def _by_time(hits: tuple[Hit, ...], asked: Asked, now: datetime) -> tuple[Hit, ...]:
    starts = {str(row.entry.pk): row.next.starts_at for row in _rows(hits, asked, now) if row.next}
    return tuple(sorted(hits, key=lambda hit: (hit.entry_id not in starts, starts.get(hit.entry_id, now))))


def _rows(hits: tuple[Hit, ...], asked: Asked, now: datetime) -> list[Row]:
    return rows(
        [hit.entry_id for hit in hits],
        now,
        distances={hit.entry_id: hit.distance_km for hit in hits},
        weekdays=asked.weekdays,
        dayparts=asked.dayparts,
    )


def _alternatives(asked: Asked, words: str, now: datetime, origin: Point | None) -> list[Row]:
    """The nearest that exist when the conditions are given up, or the words when that does not help."""
    tries = [(asked.unlimited(), words, BEST), (Asked(), "", SORTABLE)]
    for bare, said, limit in tries if asked.limited else tries[1:]:
        hits = search(replace(bare.request(said, now, origin), limit=limit, facets=False)).hits
        if hits:
            return _rows((_by_distance(hits) if origin else hits)[:ALTERNATIVES], bare, now)
    return []
