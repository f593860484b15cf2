"""Entry → SearchDocument, in batches with a fixed number of queries each.

Nothing becomes a model instance on the way: an index is made of every entry there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from mukana.directory.freshness import Facts, freshness
from mukana.directory.models import Entry, Occurrence, Place
from mukana.directory.queries.dates import AT_HOME
from mukana.directory.words import term_name
from mukana.lib.moments import ZONE
from mukana.lib.rawrows import Unread, comparable, dashed, day_of, document_of, key_of, list_of, moment_of, raw_rows
from mukana.organisations.models import Municipality, Organisation, name_of
from mukana.organisations.reference import municipalities
from mukana.search.carried import NOTHING, Carried, Words
from mukana.search.index.document import SearchDocument

BATCH = 1_000
_LISTED = 500  # ids in one question
Range = tuple[UUID, UUID]
Item = TypeVar("Item")

_BODY = ("description", "join", "getting_there", "price_note", "whom")
_COLUMNS = (
    *("id", "kind", "form", "organisation_id", "place_id", "municipality_id", "municipality_text", "lat", "lon"),
    *("texts", "features", "accessibility", "languages", "price_kind", "age_min", "age_max"),
    *("reviewed_on", "doubted_on"),
)


@dataclass(frozen=True, slots=True)
class _Spot:
    """What an entry says of its place."""

    line: str
    municipality: str
    accessibility: dict[str, Any]


_NOWHERE = _Spot("", "", {})


def ranges() -> list[Range]:
    """Batches of entries as first and last id, in their order; all entries, because an index alone tells their ids."""
    ids = raw_rows(Entry.objects.order_by("pk").values_list("pk"))
    return [(UUID(key_of(batch[0][0])), UUID(key_of(batch[-1][0]))) for batch in _batches(ids, BATCH)]


def documents_within(batches: Iterable[Range], now: datetime) -> Iterator[SearchDocument]:
    """The published entries of some ranges, which a database finds faster than lists of ids."""
    reader = _Reader(now)
    for first, last in batches:
        yield from reader.read({"gte": first, "lte": last})


def documents(ids: Iterable[UUID], now: datetime) -> Iterator[SearchDocument]:
    """The published ones among `ids`."""
    reader = _Reader(now)
    for batch in _batches(ids, _LISTED):
        yield from reader.read({"in": batch})


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    left = iter(items)
    while held := list(islice(left, size)):
        yield held


class _Reader:
    """Reads entries; remembers the places, organisers and words they share."""

    def __init__(self, now: datetime) -> None:
        self._now = comparable(now)
        self._municipalities = dict(Municipality.objects.values_list("pk", "name_fi"))
        self._points = {code: (facts.lat, facts.lon) for code, facts in municipalities().items()}
        self._places: dict[str, _Spot] = {"": _NOWHERE}
        self._organisers: dict[str, str] = {"": ""}
        self._carried = Carried()
        self._starts: dict[Any, datetime] = {}
        self._lists: dict[Any, tuple[str, ...]] = {}

    def read(self, ids: dict[str, Any]) -> Iterator[SearchDocument]:
        """The documents of one batch; `ids` is lookup → value, the lookups `in` or `gte` and `lte`."""
        found = Entry.objects.public().filter(**{f"pk__{lookup}": value for lookup, value in ids.items()}).order_by("pk")
        rows = list(raw_rows(found.values_list(*_COLUMNS)))
        self._know_places({key_of(row[4]) for row in rows if row[4]})
        self._know_organisers({key_of(row[3]) for row in rows if row[3]})
        batch = {f"entry__{lookup}": value for lookup, value in ids.items()}
        words, times = self._carried.words_of(batch), self._times_of(batch)
        for row in rows:
            yield self._document(row, words.get(row[0], NOTHING), times.get(row[0], ()))

    def _document(self, row: tuple[Any, ...], words: Words, times: Sequence[tuple[Any, Any, str]]) -> SearchDocument:
        texts, features = document_of(row[9]), self._codes_of(row[10])
        place, organiser = self._places[key_of(row[4] or "")], key_of(row[3] or "")
        municipality = row[5] or place.municipality
        lat, lon = self._point(row[7], row[8], municipality, row[2])
        lasts = [end or start for start, end, _ in times]
        late_on, expires_on = _bounds(row[1], row[16], row[17])
        starts = (start for start, end, status in times if status == "scheduled" and (end or start) >= self._now)
        return SearchDocument(
            entry_id=dashed(key_of(row[0])),
            kind=row[1],
            form=row[2],
            title=_field(texts, "name"),
            summary=_field(texts, "summary"),
            body=_body(texts),
            labels=(*words.labels, *[term_name("feature", code) for code in features]) if features else words.labels,
            municipality=municipality,
            municipality_name=self._municipalities[municipality] if municipality else row[6],
            place=place.line,
            organisation=self._organisers[organiser],
            organisation_id=dashed(organiser) if organiser else "",
            topics=words.topics,
            audiences=words.audiences,
            features=features,
            accessibility=_accessible(place.accessibility, document_of(row[11])),
            languages=self._codes_of(row[12]),
            free=row[13] == "free",
            lat=lat,
            lon=lon,
            occurrences=tuple([self._start(start) for start in starts]),
            last_end=moment_of(max(lasts)) if lasts else None,
            age_min=row[14],
            age_max=row[15],
            late_on=late_on,
            expires_on=expires_on,
        )

    def _start(self, value: Any) -> datetime:
        """Many begin at the same time."""
        start = self._starts.get(value)
        if start is None:
            start = self._starts[value] = moment_of(value).astimezone(ZONE)
        return start

    def _codes_of(self, value: Any) -> tuple[str, ...]:
        """A JSON list of codes; there are few different ones."""
        if not isinstance(value, str):
            return tuple(list_of(value))
        codes = self._lists.get(value)
        if codes is None:
            codes = self._lists[value] = tuple(list_of(value))
        return codes

    def _point(self, lat: float | None, lon: float | None, municipality: str, form: str | None) -> tuple[float | None, float | None]:
        """Its own point, else its municipality's, so that a limit of distance does not lose it; what is done at home has none."""
        if (lat is not None and lon is not None) or form in AT_HOME:
            return lat, lon
        return self._points.get(municipality, (None, None))

    def _know_places(self, keys: set[str]) -> None:
        missing = [UUID(key) for key in keys - self._places.keys()]
        if missing:
            columns = ("id", "texts", "address", "municipality_id", "accessibility")
            for key, texts, address, municipality, states in raw_rows(Place.objects.filter(pk__in=missing).values_list(*columns)):
                line = f"{name_of(document_of(texts))} {address}"
                self._places[key_of(key)] = _Spot(line, municipality or "", document_of(states))

    def _know_organisers(self, keys: set[str]) -> None:
        missing = [UUID(key) for key in keys - self._organisers.keys()]
        if missing:
            for key, texts in raw_rows(Organisation.objects.filter(pk__in=missing).values_list("id", "texts")):
                self._organisers[key_of(key)] = name_of(document_of(texts))

    def _times_of(self, batch: dict[str, Any]) -> dict[Any, list[tuple[Any, Any, str]]]:
        """Entry → (start, end, status), both as the database writes them."""
        rows = Occurrence.objects.filter(**batch).order_by().values_list("entry_id", Unread("starts_at"), Unread("ends_at"), "status")
        found: dict[Any, list[tuple[Any, Any, str]]] = defaultdict(list)
        for entry, start, end, status in raw_rows(rows):
            found[entry].append((start, end, status))
        return found


def _bounds(kind: str, reviewed_on: Any, doubted_on: Any) -> tuple[date | None, date | None]:
    """From which days the entry is late and expired; a register's row is neither."""
    if reviewed_on is None and doubted_on is None:
        return None, None
    found = freshness(Facts(kind, day_of(reviewed_on), day_of(doubted_on)), date.min)
    return found.late_on, found.expires_on


def _field(texts: dict[str, Any], name: str) -> dict[str, str]:
    return {language: str(fields[name]) for language, fields in texts.items() if fields.get(name)}


def _body(texts: dict[str, Any]) -> dict[str, str]:
    bodies: dict[str, str] = {}
    for language, fields in texts.items():
        parts = [str(fields[name]) for name in _BODY if fields.get(name)]
        for step in fields.get("steps") or ():
            parts += [str(step.get("title", "")), str(step.get("text", ""))]
        if parts:
            bodies[language] = "\n".join(parts)
    return bodies


def _accessible(place: dict[str, Any], own: dict[str, Any]) -> tuple[str, ...]:
    if not place and not own:
        return ()
    return tuple(sorted(profile for profile, state in {**place, **own}.items() if state == "yes"))
