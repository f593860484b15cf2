"""What the home page joins from several subjects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby

from mukana.directory.labels import NEED_ICONS
from mukana.directory.queries.here import municipality_name, point_of
from mukana.directory.queries.rows import Row, rows
from mukana.directory.queries.week import DAYS, week_of
from mukana.lib.moments import as_local
from mukana.organisations.reference import MunicipalityFacts, municipalities, region_names
from mukana.search.queries import Filters, Hit, SearchRequest, index_stamp, search

Point = tuple[float, float]
NEAR_KM = (10.0, 30.0, 80.0)  # widened until there is enough
ENOUGH = 3
SHOWN = 6
SOONEST = 12  # of a day, of which the nearest are taken
OF_A_DAY = 6
TODAY = 5
KEPT = 100  # home pages of chosen places, some 50 kB each


@dataclass(frozen=True, slots=True)
class HomePage:
    """`at_home` is the next joined together today, else a video for any time."""

    place: MunicipalityFacts | None
    week: list[Row]
    at_home: Row | None
    needs: dict[str, str]
    today: date
    week_ends: date


def home_page(place: MunicipalityFacts | None, now: datetime) -> HomePage:
    """The home page's facts near the chosen place; the index says what, the database when.

    They are kept for a minute at most, and only as long as the index stays the same: what
    changes in the directory changes the index a second later.
    """
    held = index_stamp()
    minute = now.replace(second=0, microsecond=0)
    return _home_page(place, now) if held is None else _kept(place, minute, held)


@lru_cache(maxsize=KEPT)
def _kept(place: MunicipalityFacts | None, minute: datetime, _edition: object) -> HomePage:
    return _home_page(place, minute)


def _home_page(place: MunicipalityFacts | None, now: datetime) -> HomePage:
    today = as_local(now).date()
    return HomePage(
        place=place,
        week=this_week(point_of(place), now),
        at_home=_together_today(now) or _first(Filters(forms=("video_home",)), now),
        needs=NEED_ICONS,
        today=today,
        week_ends=today + timedelta(days=DAYS - 1),
    )


def this_week(origin: Point | None, now: datetime) -> list[Row]:
    """Happenings of the next seven days, from near if there are any."""
    found: list[Row] = []
    for km in NEAR_KM if origin else (None,):
        hits = [hit for day in _days(now) for hit in _nearest(Filters(origin=origin, within_km=km, starts_from=day, starts_until=day), now)]
        found = week_of({hit.entry_id: hit.distance_km for hit in hits}, now, SHOWN)
        if len(found) >= ENOUGH:
            break
    return found


def places_by_region(place: MunicipalityFacts | None, language: str = "fi") -> list[tuple[str, list[MunicipalityFacts]]]:
    """Municipalities by region, the chosen place's region first."""
    names = region_names() if language == "sv" else {}

    def region(facts: MunicipalityFacts) -> str:
        return names.get(facts.region_name, facts.region_name)

    everybody = sorted(municipalities().values(), key=lambda facts: (region(facts), municipality_name(facts.code, language)))
    regions = [(name, list(group)) for name, group in groupby(everybody, key=region)]
    mine = region(place) if place else ""
    return sorted(regions, key=lambda region: region[0] != mine)


def _together_today(now: datetime) -> Row | None:
    """The next happening of today that is joined from home."""
    today = as_local(now).date()
    found = _rows(Filters(forms=("remote_together",), starts_from=today, starts_until=today), now, TODAY)
    ahead = [row for row in found if row.next and row.next.starts_at >= now and as_local(row.next.starts_at).date() == today]
    return min(ahead, key=lambda row: row.next.starts_at if row.next else now, default=None)


def _first(filters: Filters, now: datetime) -> Row | None:
    found = _rows(filters, now, 1)
    return found[0] if found else None


def _days(now: datetime) -> list[date]:
    return [as_local(now).date() + timedelta(days=number) for number in range(DAYS)]


def _nearest(filters: Filters, now: datetime) -> list[Hit]:
    """The nearest few of what begins soonest."""
    hits = search(SearchRequest("", now, filters, limit=SOONEST, explain=False)).hits
    return sorted(hits, key=lambda hit: hit.distance_km or 0.0)[:OF_A_DAY]


def _rows(filters: Filters, now: datetime, limit: int) -> list[Row]:
    return _rows_of(search(SearchRequest("", now, filters, limit=limit, explain=False)).hits, now)


def _rows_of(hits: Iterable[Hit], now: datetime) -> list[Row]:
    distances = {hit.entry_id: hit.distance_km for hit in hits}
    return rows(list(distances), now, distances=distances)
