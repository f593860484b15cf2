"""Rows as the database driver gives them, of queries that the ORM composes.

Where hundreds of thousands of values are read, making model instances and converting every
value costs several times the query itself.  SQLite gives a UUID as its 32 digits and a
moment in UTC without saying so, PostgreSQL gives both whole; both give JSON as text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import Aggregate, F, Func, QuerySet, TextField

_AT_A_TIME = 5_000
_MAPPED = 4_000_000_000  # bytes of address space, not of memory
_decoded = json.JSONDecoder().raw_decode


def raw_rows(rows: QuerySet[Any, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a `values_list`, unconverted."""
    statement, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        while found := cursor.fetchmany(_AT_A_TIME):
            yield from found


def read_mapped() -> None:
    """SQLite reads the file where the system keeps it instead of copying each page; for a process that reads it all and ends."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA mmap_size={_MAPPED}")


class Unread(Func):
    """A column that SQLite's driver would otherwise read into a value, row by row."""

    def __init__(self, column: str) -> None:
        super().__init__(F(column), template="%(expressions)s", arity=1)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """The driver reads columns, not what is computed."""
        return self.as_sql(compiler, connection, template="(%(expressions)s || '')", **extra)


class Joined(Aggregate):
    """The numbers of a group as one text, parted by commas."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """By its name there."""
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s::text, ',')", **extra)


def key_of(value: Any) -> str:
    """A UUID as 32 hexadecimal digits."""
    return value if isinstance(value, str) else value.hex


def dashed(digits: str) -> str:
    """32 hexadecimal digits as a UUID is written."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def moment_of(value: Any) -> datetime:
    """A moment, aware.  An aggregate of moments comes as text on SQLite too."""
    found: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def comparable(moment: datetime) -> Any:
    """A moment in the shape of raw `Unread` moments, so that they compare without being read."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ") if connection.vendor == "sqlite" else moment


def day_of(value: Any) -> date | None:
    """A day, None for nothing; SQLite gives it as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def document_of(value: Any) -> dict[str, Any]:
    """A JSON object; nearly always it is empty."""
    if value == "{}" or not value:
        return {}
    document: dict[str, Any] = _decoded(value)[0] if isinstance(value, str) else value
    return document


def list_of(value: Any) -> list[Any]:
    """A JSON list; nearly always it is empty."""
    if value == "[]" or not value:
        return []
    items: list[Any] = json.loads(value) if isinstance(value, str) else value
    return items
