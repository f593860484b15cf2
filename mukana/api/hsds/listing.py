"""Which services answer a question: their keys in order, remembered and kept up with the change feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import cos, radians
from typing import overload
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import Avg, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, ExtractMinute

from mukana.api.hsds.asking import Conditions
from mukana.api.hsds.documents import KINDS
from mukana.api.hsds.vocabulary import schemes_of, words
from mukana.api.moments import Since, mark, since
from mukana.directory.models import Change, Entry, EntryTerm, Occurrence, Place
from mukana.lib.geo import haversine_km
from mukana.lib.moments import WEEKDAYS
from mukana.lib.rawrows import key_of, raw_rows
from mukana.search.queries import Filters, SearchRequest, search

MOST_FOUND = 1_000  # services that words find
KEPT = 12  # lists remembered by one process, 1.6 MB each for a hundred thousand services
MOST_CHANGES = 2_000  # changes that a remembered list is kept up with; after more it is read anew
_KEY = 32
_OFF = ("cancelled", "postponed")
_METRES_A_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class _List:
    position: int
    keys: str  # 32 hexadecimal digits each, in order


_lists: dict[tuple[Conditions, Since | None, date], _List] = {}


def matching(conditions: Conditions, now: datetime, today: date) -> Sequence[str]:
    """The keys of the services that meet the conditions, by id; those that words find, the best first."""
    position = mark()
    changed = since(conditions.modified_after) if conditions.modified_after else None
    if conditions.search:
        return _searched(conditions, changed, now)
    about = (replace(conditions, modified_after=None), changed, today)
    held = _lists.get(about)
    if held is None or held.position != position:
        query = _query(conditions, changed, now)
        held = _List(position, _kept_up(held, position, query) if held else _read(query))
        if len(_lists) >= KEPT:
            _lists.pop(next(iter(_lists)))
        _lists[about] = held
    return Keys(held.keys)


class Keys(Sequence[str]):
    """Keys written one after another: a page of a hundred thousand costs only its own."""

    def __init__(self, joined: str) -> None:
        self._joined = joined

    def __len__(self) -> int:
        return len(self._joined) // _KEY

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        places = range(len(self))[at]
        if isinstance(places, int):
            return self._joined[places * _KEY : (places + 1) * _KEY]
        return [self._joined[place * _KEY : (place + 1) * _KEY] for place in places]


def forget() -> None:
    """Drop what this process remembers (for tests, whose databases go back in time)."""
    _lists.clear()


def public_services() -> QuerySet[Entry]:
    """Entries that are services of HSDS and that anybody may see."""
    return Entry.objects.public().filter(kind__in=KINDS)


def _read(query: QuerySet[Entry]) -> str:
    return "".join(sorted(_keys(query)))


def _keys(query: QuerySet[Entry]) -> list[str]:
    try:
        return [key_of(key) for (key,) in raw_rows(query.values_list("pk"))]
    except EmptyResultSet:  # a condition that nothing meets
        return []


def _kept_up(held: _List, position: int, query: QuerySet[Entry]) -> str:
    """The remembered list with what has changed since: a hundred thousand rows are not read for one change."""
    rows = Change.objects.filter(seq__gt=held.position, seq__lte=position)
    changed = set(rows.values_list("entry_id", flat=True)[: MOST_CHANGES + 1]) if position > held.position else set()
    if not changed or len(changed) > MOST_CHANGES:
        return _read(query)
    gone = {key.hex for key in changed}
    kept = [key for at in range(0, len(held.keys), _KEY) if (key := held.keys[at : at + _KEY]) not in gone]
    return "".join(sorted([*kept, *_keys(query.filter(pk__in=changed))]))


def _searched(conditions: Conditions, changed: Since | None, now: datetime) -> list[str]:
    result = search(SearchRequest(conditions.search, now, Filters(kinds=KINDS), limit=MOST_FOUND, explain=False))
    ranked = [hit.entry_id.replace("-", "") for hit in result.hits]
    found = set(_keys(_query(conditions, changed, now).filter(pk__in=[UUID(key) for key in ranked])))
    return [key for key in ranked if key in found]


def _query(conditions: Conditions, changed: Since | None, now: datetime) -> QuerySet[Entry]:
    rows = public_services()
    for organization in conditions.organizations:
        rows = rows.filter(organisation_id=organization)
    for condition in _word_conditions(conditions):
        rows = rows.filter(condition)
    if changed is not None:
        rows = rows.filter(_changed(changed))
    if conditions.minimum_age is not None:
        rows = rows.filter(Q(age_max=None) | Q(age_max__gte=conditions.minimum_age))
    if conditions.maximum_age is not None:
        rows = rows.filter(Q(age_min=None) | Q(age_min__lte=conditions.maximum_age))
    if conditions.timed:
        rows = rows.filter(Exists(_times(conditions, now)))
    return _placed(rows, conditions) if conditions.placed else rows


def _word_conditions(conditions: Conditions) -> list[Q]:
    """Each word and each vocabulary must be carried."""
    known = words()
    links = [EntryTerm.objects.filter(term_id=known[key].pk if key in known else 0) for key in conditions.terms]
    links += [EntryTerm.objects.filter(term__scheme__in=schemes) for schemes in schemes_of(conditions.taxonomies)]
    return [Q(pk__in=found.values("entry_id")) for found in links]


def _changed(changed: Since) -> Q:
    seen = Q(pk__in=Change.objects.filter(seq__gt=changed.seq).values("entry_id"))
    return seen | Q(updated_at__gte=changed.written) if changed.written else seen


def _times(conditions: Conditions, now: datetime) -> QuerySet[Occurrence]:
    """Dates ahead on such a day and within the times of day."""
    dates = Occurrence.objects.filter(entry=OuterRef("pk"), starts_at__gte=now).exclude(status__in=_OFF)
    if conditions.days:
        days = [WEEKDAYS.index(day) + 1 for day in conditions.days]
        dates = dates.annotate(weekday=ExtractIsoWeekDay("starts_at")).filter(weekday__in=days)
    if conditions.start_time is not None:
        begins = ExtractHour("starts_at") * 60 + ExtractMinute("starts_at")
        dates = dates.annotate(begins=begins).filter(begins__gte=_minutes(conditions.start_time.hour, conditions.start_time.minute))
    if conditions.end_time is not None:
        ends = ExtractHour("ends_at") * 60 + ExtractMinute("ends_at")
        dates = dates.annotate(ends=ends).filter(ends__lte=_minutes(conditions.end_time.hour, conditions.end_time.minute), ends__gt=0)
    return dates


def _minutes(hour: int, minute: int) -> int:
    return hour * 60 + minute


def _placed(rows: QuerySet[Entry], conditions: Conditions) -> QuerySet[Entry]:
    """At a place; in the postal area, or so many metres from its middle."""
    rows = rows.filter(place__isnull=False)
    if not conditions.postcode:
        return rows
    if conditions.proximity_m is None:
        return rows.filter(place__postal_code=conditions.postcode)
    near = _near(conditions.postcode, conditions.proximity_m)
    return rows.filter(place__in=near)


def _near(postcode: str, metres: int) -> list[UUID]:
    """Places within the distance from the middle of the known places of a postal area; none for an area nobody knows."""
    known = Place.objects.filter(lat__isnull=False, approximate=False)
    middle = known.filter(postal_code=postcode).aggregate(lat=Avg("lat"), lon=Avg("lon"))
    if middle["lat"] is None:
        return []
    lat, lon = middle["lat"], middle["lon"]
    north = metres / _METRES_A_DEGREE
    east = north / max(cos(radians(lat)), 0.1)
    box = known.filter(lat__range=(lat - north, lat + north), lon__range=(lon - east, lon + east))
    points = box.values_list("pk", F("lat"), F("lon"))
    return [key for key, north_of, east_of in points if haversine_km(lat, lon, north_of, east_of) * 1000 <= metres]
