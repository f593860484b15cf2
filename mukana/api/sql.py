"""Raw SQL of the open data: what the ORM would be several times slower to compose and read.

The same statements run on SQLite and PostgreSQL.  Aliases: `o` is an occurrence, `e` its entry.
A condition is a piece of SQL with its parameters; the pieces of a list must all hold.
"""
# ruff: noqa: S608  (statements are put together of pieces of this file; values are always parameters)

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from mukana.lib.rawrows import document_of, key_of, moment_of

Condition = tuple[str, Sequence[Any]]

_COLUMNS = (
    "o.id, o.entry_id, COALESCE(o.place_id, e.place_id), o.starts_at, o.ends_at, o.status, o.reason, o.facts, o.row_id,"
    " e.age_min, e.age_max, e.updated_at,"
    " CASE WHEN e.status = 'published' AND NOT e.visible THEN 'withdrawn' ELSE e.status END"
)
_EVENTS = "directory_occurrence o JOIN directory_entry e ON e.id = o.entry_id"
_PUBLIC = "e.visible"
_PUBLIC_OR_GONE = "(e.visible OR e.status = 'withdrawn' OR (e.status = 'published' AND (e.merged_into_id IS NOT NULL OR e.do_not_list)))"
_NAME = {"sqlite": "JSON_EXTRACT(e.texts, '$.fi.name')", "postgresql": "e.texts -> 'fi' ->> 'name'"}
_ORDERS = {
    "last_modified_time": "e.updated_at {0}, e.id {0}, o.starts_at, o.id",
    "start_time": "o.starts_at {0}, o.id {0}",
    "end_time": "COALESCE(o.ends_at, o.starts_at) {0}, o.id {0}",
    "name": "{name} {0}, o.starts_at, o.id",
}


class Happening(NamedTuple):
    """One occurrence with the few facts of its entry that stand beside it.  Keys are 32 hexadecimal digits."""

    key: str
    entry: str
    place: str  # "" for nowhere
    starts_at: datetime | None
    ends_at: datetime | None
    status: str
    reason: dict[str, str]
    facts: dict[str, Any]
    row_id: str
    age_min: int | None
    age_max: int | None
    updated_at: datetime
    entry_status: str  # a published one that nobody may see counts as withdrawn


# --- lists -----------------------------------------------------------------------


def page_of_events(conditions: Sequence[Condition], sort: str, limit: int, offset: int, *, deleted: bool = False) -> list[Happening]:
    """One page of public occurrences; `sort` is a key of the orders, "-" before it turns it round.

    `deleted` brings those of entries that have been withdrawn, too.
    """
    where, values = _where(conditions, deleted=deleted)
    direction = "DESC" if sort.startswith("-") else "ASC"
    order = _ORDERS[sort.removeprefix("-")].format(direction, name=_NAME[connection.vendor])
    statement = f"SELECT {_COLUMNS} FROM {_EVENTS} WHERE {where} ORDER BY {order} LIMIT %s OFFSET %s"
    return _happenings(statement, [*values, limit, offset])


def count_of_events(conditions: Sequence[Condition], *, deleted: bool = False) -> int:
    """How many public occurrences meet the conditions."""
    where, values = _where(conditions, deleted=deleted)
    return int(_all(f"SELECT COUNT(*) FROM {_EVENTS} WHERE {where}", values)[0][0])


def first_of_each(entries: Sequence[str], conditions: Sequence[Condition]) -> dict[str, Happening]:
    """Entry → its soonest occurrence that meets the conditions; one probe of an index for each entry.

    Entries are 32 hexadecimal digits.
    """
    if not entries:
        return {}
    inner, values = _where(conditions)
    columns = _COLUMNS.replace("o.", "x.")
    statement = (
        f"SELECT {columns} FROM directory_entry e JOIN directory_occurrence x ON x.id = ("
        f"SELECT o.id FROM directory_occurrence o WHERE o.entry_id = e.id AND {inner} ORDER BY o.starts_at LIMIT 1"
        f") WHERE e.id IN ({marks(entries)})"
    )
    return {found.entry: found for found in _happenings(statement, [*values, *uuid_values(entries)])}


# --- single events ---------------------------------------------------------------


def event_of_row(source: str, row_id: str) -> Happening | None:
    """The occurrence that a source's row tells of; an empty source means any.  Whatever its entry's status."""
    statement = (
        f"SELECT {_COLUMNS} FROM directory_sourcerow r JOIN directory_entry e ON e.id = r.entry_id"
        " JOIN directory_occurrence o ON o.entry_id = e.id AND o.row_id = r.row_id WHERE r.row_id = %s"
        f"{' AND r.source_id = %s' if source else ''} ORDER BY r.id, o.starts_at LIMIT 1"
    )
    return next(iter(_happenings(statement, [row_id, *([source] if source else [])])), None)


def event_of_key(key: UUID) -> Happening | None:
    """The occurrence with this id, whatever its entry's status."""
    return next(iter(_happenings(f"SELECT {_COLUMNS} FROM {_EVENTS} WHERE o.id = %s", [uuid_value(key)])), None)


# --- documents and the feed --------------------------------------------------------


def feed_position() -> int:
    """The newest position of the change feed; 0 when nothing has happened yet."""
    return int(_all("SELECT COALESCE(MAX(seq), 0) FROM directory_change", ())[0][0])


def valid_documents(entries: Sequence[str], include: str, stamp: str) -> list[tuple[str, str, str, str, bytes]]:
    """(entry, place, source, series, body) of those that no later change of their entry has made old."""
    statement = (
        "SELECT d.entry_id, d.place, d.source, d.series, d.body FROM api_entrydocument d"
        f" WHERE d.entry_id IN ({marks(entries)}) AND d.include = %s AND d.stamp = %s AND NOT EXISTS ("
        "SELECT 1 FROM directory_change c WHERE c.entry_id = d.entry_id AND c.seq > d.seq)"
    )
    rows = _all(statement, [*uuid_values(entries), include, stamp])
    return [(key_of(entry), place, source, series, bytes(body)) for entry, place, source, series, body in rows]


def valid_services(entries: Sequence[str], language: str, stamp: str, today: date) -> dict[str, tuple[bytes, bytes, bytes]]:
    """Entry → packed (whole, listed, at its place) of HSDS services that still hold."""
    statement = (
        "SELECT d.entry_id, d.whole, d.listed, d.site FROM api_servicedocument d"
        f" WHERE d.entry_id IN ({marks(entries)}) AND d.language = %s AND d.stamp = %s AND d.holds_until > %s AND NOT EXISTS ("
        "SELECT 1 FROM directory_change c WHERE c.entry_id = d.entry_id AND c.seq > d.seq)"
    )
    rows = _all(statement, [*uuid_values(entries), language, stamp, connection.ops.adapt_datefield_value(today)])
    return {key_of(entry): (bytes(full), bytes(listed), bytes(site)) for entry, full, listed, site in rows}


def unready_services(kinds: Sequence[str], language: str, stamp: str, today: date, limit: int) -> list[str]:
    """Up to so many public entries of the kinds without a service document that still holds."""
    statement = (
        f"SELECT e.id FROM directory_entry e WHERE {_PUBLIC} AND e.kind IN ({marks(kinds)}) AND NOT EXISTS ("
        "SELECT 1 FROM api_servicedocument d WHERE d.entry_id = e.id AND d.language = %s AND d.stamp = %s AND d.holds_until > %s"
        " AND NOT EXISTS (SELECT 1 FROM directory_change c WHERE c.entry_id = d.entry_id AND c.seq > d.seq)) LIMIT %s"
    )
    rows = _all(statement, [*kinds, language, stamp, connection.ops.adapt_datefield_value(today), limit])
    return [key_of(row[0]) for row in rows]


def written_at(entries: Sequence[str]) -> dict[str, datetime]:
    """Entry → when it was last written."""
    rows = _all(f"SELECT id, updated_at FROM directory_entry WHERE id IN ({marks(entries)})", uuid_values(entries))
    return {key_of(entry): moment_of(at) for entry, at in rows}


# --- counts of events by word and by place ---------------------------------------


def events_by_word(terms: Sequence[int]) -> dict[int, tuple[int, datetime]]:
    """Term → (how many public events carry it, when the last of them starts)."""
    statement = (
        f"SELECT t.term_id, COUNT(*), MAX(o.starts_at) FROM {_EVENTS} JOIN directory_entryterm t ON t.entry_id = e.id"
        f" WHERE {_PUBLIC} AND t.term_id IN ({marks(terms)}) GROUP BY t.term_id"
    )
    return {term: (count, moment_of(last)) for term, count, last in (_all(statement, terms) if terms else ())}


def events_by_place(places: Sequence[UUID]) -> dict[str, tuple[int, datetime]]:
    """Place → (how many public events are there, when the last of them starts)."""
    held, keys = marks(places), [uuid_value(place) for place in places]
    statement = (
        "SELECT place, COUNT(*), MAX(starts_at) FROM ("
        f"SELECT o.place_id AS place, o.starts_at FROM {_EVENTS} WHERE {_PUBLIC} AND o.place_id IN ({held}) UNION ALL"
        f" SELECT e.place_id, o.starts_at FROM {_EVENTS} WHERE {_PUBLIC} AND o.place_id IS NULL AND e.place_id IN ({held})"
        ") AS there GROUP BY place"
    )
    return {key_of(place): (count, moment_of(last)) for place, count, last in (_all(statement, [*keys, *keys]) if keys else ())}


# --- conditions --------------------------------------------------------------------


def ahead(now: datetime) -> Condition:
    """Takes place and has not ended."""
    moment = moment_value(now)
    return "o.status IN ('scheduled', 'rescheduled') AND (o.starts_at >= %s OR o.ends_at >= %s)", (moment, moment)


def not_over(start: datetime) -> Condition:
    """Begins at the moment or later, or still goes on then."""
    return "(o.starts_at >= %s OR o.ends_at > %s)", (moment_value(start), moment_value(start))


def begun(end: datetime) -> Condition:
    """Begins by the moment."""
    return "o.starts_at <= %s", (moment_value(end),)


def on_weekdays(days: Sequence[int]) -> Condition:
    """Begins on one of the days (1 = Monday) by the Finnish calendar."""
    column, values = connection.ops.datetime_extract_sql("iso_week_day", "o.starts_at", (), "Europe/Helsinki")
    return f"{column} IN ({marks(days)})", (*values, *days)


def at_places(places: Sequence[UUID]) -> Condition:
    """Is at one of the places, its own or its entry's."""
    held, keys = marks(places), [uuid_value(place) for place in places]
    return (
        f"o.id IN (SELECT p.id FROM directory_occurrence p WHERE p.place_id IN ({held}) UNION ALL"
        " SELECT p.id FROM directory_entry q JOIN directory_occurrence p ON p.entry_id = q.id AND p.place_id IS NULL"
        f" WHERE q.place_id IN ({held}))",
        (*keys, *keys),
    )


def with_words(terms: Sequence[int]) -> Condition:
    """Its entry carries one of the words."""
    return f"e.id IN (SELECT t.entry_id FROM directory_entryterm t WHERE t.term_id IN ({marks(terms)}))", terms


def one_of(keys: Sequence[UUID]) -> Condition:
    """Is one of these occurrences."""
    return f"o.id IN ({marks(keys)})", [uuid_value(key) for key in keys]


def of_entries(entries: Sequence[UUID]) -> Condition:
    """Belongs to one of the entries."""
    return f"e.id IN ({marks(entries)})", [uuid_value(entry) for entry in entries]


def free_of_charge(free: bool) -> Condition:
    """Costs nothing, or is not known to cost nothing."""
    return ("e.price_kind = 'free'" if free else "e.price_kind <> 'free'"), ()


def modified_since(moment: datetime) -> Condition:
    """Its entry has changed at the moment or later."""
    return "e.updated_at >= %s", (moment_value(moment),)


# --- values to and from the database -----------------------------------------------


def uuid_value(key: UUID) -> Any:
    """A UUID as this database stores it."""
    return key if connection.features.has_native_uuid_field else key.hex


def uuid_values(keys: Iterable[str]) -> list[Any]:
    """The same of many, given as 32 hexadecimal digits."""
    return list(map(UUID, keys)) if connection.features.has_native_uuid_field else list(keys)


def moment_value(moment: datetime) -> Any:
    """A moment as this database stores it."""
    return connection.ops.adapt_datetimefield_value(moment)


def _where(conditions: Sequence[Condition], *, deleted: bool = False) -> tuple[str, list[Any]]:
    values = [value for _, given in conditions for value in given]
    return " AND ".join([_PUBLIC_OR_GONE if deleted else _PUBLIC, *(f"({piece})" for piece, _ in conditions)]), values


def marks(values: Sequence[Any]) -> str:
    """Placeholders for the values; NULL for none, so that nothing is in them."""
    return ", ".join(["%s"] * len(values)) or "NULL"


def _all(statement: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _happenings(statement: str, values: Iterable[Any]) -> list[Happening]:
    return [
        Happening(
            key=key_of(row[0]),
            entry=key_of(row[1]),
            place=key_of(row[2]) if row[2] else "",
            starts_at=moment_of(row[3]),
            ends_at=moment_of(row[4]) if row[4] else None,
            status=row[5],
            reason=document_of(row[6]),
            facts=document_of(row[7]),
            row_id=row[8],
            age_min=row[9],
            age_max=row[10],
            updated_at=moment_of(row[11]),
            entry_status=row[12],
        )
        for row in _all(statement, values)
    ]
