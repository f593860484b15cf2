"""The shared end of an entry's events: read when it still holds, else built in bulk and kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Count

from mukana.api import sql
from mukana.api.counts import place_counts, word_counts
from mukana.api.facts import OUTWARD, entry_facts, keyword_facts, place_facts
from mukana.api.identifiers import OWN, SERIES, own_id, public_id
from mukana.api.models import EntryDocument
from mukana.api.patience import without_waiting
from mukana.api.remembering import UntilChange
from mukana.directory.models import Entry, EntryTerm, Place, Schedule, SourceRow
from mukana.formats.linkedevents import entry_part
from mukana.formats.linkedevents_parts import Keyword, Site

SHAPE = 2  # raise when the documents' contents change
KEPT = 1_000  # documents remembered by one process, some 3 MB
At = tuple[str, str]  # entry and place as 32 hexadecimal digits, the place "" for nowhere


@dataclass(frozen=True, slots=True)
class Document:
    """What an event needs of its entry."""

    source: str  # data source of its ids
    series: str  # id of the event above, "" when there is none
    body: bytes


_remembered: UntilChange[tuple[str, str, str, str], Document] = UntilChange(KEPT)


def documents(wanted: Iterable[At], include: frozenset[str]) -> dict[At, Document]:
    """The documents of entries at places: remembered, else one query when all are ready, a fixed number when some are not."""
    asked = ",".join(sorted(include))
    kind = (asked, stamp(settings.BASE_URL))
    remembered = _remembered.held()
    found: dict[At, Document] = {}
    missing: set[At] = set()
    for at in wanted:
        held = remembered.get((*kind, *at))
        if held is None:
            missing.add(at)
        else:
            found[at] = held
    if missing:
        fetched = _fetched(missing, include, asked)
        remembered.update({(*kind, *at): document for at, document in fetched.items()})
        found |= fetched
    return found


def _fetched(wanted: set[At], include: frozenset[str], asked: str) -> dict[At, Document]:
    rows = sql.valid_documents(sorted({entry for entry, _ in wanted}), asked, stamp(settings.BASE_URL))
    ready = {(entry, place): Document(source, series, body) for entry, place, source, series, body in rows}
    found = {at: ready[at] for at in wanted if at in ready}
    missing = wanted - found.keys()
    return found | _made(missing, include) if missing else found


@lru_cache(maxsize=8)
def stamp(base_url: str) -> str:
    """Changes when documents made for another address or shape must not be served."""
    return blake2b(f"{SHAPE}|{base_url}".encode(), digest_size=8).hexdigest()


@lru_cache(maxsize=64)
def site(source: str, base_url: str) -> Site:
    """Where documents of a source are served."""
    return Site(f"{base_url}/v1", source)


def _made(wanted: set[At], include: frozenset[str]) -> dict[At, Document]:
    """Build and keep.  The feed is read first, so what changes meanwhile makes the documents old."""
    position = sql.feed_position()
    made = dict(_built(wanted, include))
    asked = ",".join(sorted(include))
    _keep(
        EntryDocument(
            entry_id=UUID(entry),
            place=place,
            include=asked,
            seq=position,
            stamp=stamp(settings.BASE_URL),
            source=document.source,
            series=document.series,
            body=document.body,
        )
        for (entry, place), document in sorted(made.items())
    )
    return made


def _built(wanted: set[At], include: frozenset[str]) -> Iterator[tuple[At, Document]]:
    entries = Entry.objects.select_related("organisation").in_bulk({UUID(entry) for entry, _ in wanted})
    places = Place.objects.select_related("municipality").in_bulk({UUID(place) for _, place in wanted if place})
    held = place_counts(list(places)) if "location" in include else {}
    rows = _Rows(entries.keys(), places.keys(), {entry.organisation_id for entry in entries.values() if entry.organisation_id})
    words = _words(entries.keys(), whole="keywords" in include)
    series = _series(entries.keys(), rows)
    for at in wanted:
        entry, place = entries.get(UUID(at[0])), places.get(UUID(at[1])) if at[1] else None
        if entry is None:
            continue
        source = rows.source_of(entry.pk)
        where = place_facts(place, rows.place_id(place.pk), held.get(place.pk.hex, (0, False))) if place else None
        publisher = rows.organisation_id(entry.organisation_id) if entry.organisation_id else OWN
        facts = entry_facts(entry, publisher, where, words[entry.pk])
        yield at, Document(source, series.get(entry.pk, ""), entry_part(facts, site(source, settings.BASE_URL), include))


class _Rows:
    """Which rows of which sources the records came from."""

    def __init__(self, entries: Iterable[UUID], places: Iterable[UUID], organisations: Iterable[UUID]) -> None:
        self._entries: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
        for entry, source, row_id in _rows_of("entry", entries):
            self._entries[entry].append((source, row_id))
        self._places = {key: public_id(source, row_id) for key, source, row_id in _rows_of("place", places)}
        self._organisations = {
            key: public_id(source, row_id)
            for key, source, row_id in _rows_of("organisation", organisations)
            if not row_id.startswith("name:")
        }

    def source_of(self, entry: UUID) -> str:
        rows = self._entries[entry]
        return rows[0][0] if rows else OWN

    def series_of(self, entry: UUID) -> str:
        """The id of the row that joins the entry's other rows, "" when there is none."""
        return next((public_id(source, row_id) for source, row_id in self._entries[entry] if row_id.startswith(SERIES)), "")

    def entry_id(self, entry: UUID) -> str:
        rows = self._entries[entry]
        return public_id(*rows[0]) if rows else own_id(entry)

    def place_id(self, place: UUID) -> str:
        return self._places.get(place) or own_id(place)

    def organisation_id(self, organisation: UUID) -> str:
        return self._organisations.get(organisation) or own_id(organisation)


def place_ids(places: Sequence[UUID]) -> dict[UUID, str]:
    """The public ids of places."""
    rows = _Rows((), places, ())
    return {place: rows.place_id(place) for place in places}


def organisation_ids(organisations: Iterable[UUID]) -> dict[UUID, str]:
    """The public ids of organisations."""
    keys = list(organisations)
    rows = _Rows((), (), keys)
    return {one: rows.organisation_id(one) for one in keys}


def _rows_of(field: str, keys: Iterable[UUID]) -> list[tuple[UUID, str, str]]:
    """(record, source, row id), the first row of a record last so that a dictionary keeps it."""
    wanted = list(keys)
    if not wanted:
        return []
    order = "pk" if field == "entry" else "-pk"
    return list(SourceRow.objects.filter(**{f"{field}__in": wanted}).order_by(order).values_list(f"{field}_id", "source_id", "row_id"))


def _words(entries: Iterable[UUID], *, whole: bool) -> dict[UUID, list[tuple[str, Keyword]]]:
    links = EntryTerm.objects.filter(entry__in=list(entries), term__scheme__in=OUTWARD).select_related("term")
    links = links.order_by("term__scheme", "term__order", "term__code")
    held = word_counts({link.term_id for link in links}) if whole else {}
    found: dict[UUID, list[tuple[str, Keyword]]] = defaultdict(list)
    for link in links:
        found[link.entry_id].append((link.term.scheme, keyword_facts(link.term, held.get(link.term_id, (0, False)))))
    return found


def _series(entries: Iterable[UUID], rows: _Rows) -> dict[UUID, str]:
    """Entry → id of the event above its dates, for those that a source or a rhythm makes a series."""
    keys = list(entries)
    rhythmic = set(Schedule.objects.filter(entry__in=keys).values_list("entry_id", flat=True))
    counted = Entry.objects.filter(pk__in=keys).annotate(dates=Count("occurrences")).values_list("pk", "dates")
    many = {entry for entry, dates in counted if dates > 1}
    found = {entry: rows.series_of(entry) or (rows.entry_id(entry) if entry in many | rhythmic else "") for entry in keys}
    return {entry: series for entry, series in found.items() if series}


def _keep(made: Iterable[EntryDocument]) -> None:
    """Keep what was made, unless another process is writing: readers never wait for an import."""
    columns = ["seq", "stamp", "source", "series", "body"]
    try:
        with without_waiting(), transaction.atomic():
            EntryDocument.objects.bulk_create(
                made, update_conflicts=True, unique_fields=["entry", "include", "place"], update_fields=columns, batch_size=100
            )
    except (OperationalError, IntegrityError):  # somebody writes, or the entry has just gone
        return  # the next reader tries again


def forget() -> None:
    """Drop what this process remembers (for tests, whose databases go back in time)."""
    _remembered.forget()
