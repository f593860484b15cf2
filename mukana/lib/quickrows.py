"""I/O: one row read, written or changed by its key, with a statement that is put together once for each model.

The ORM composes every statement anew, which takes several times as long as running it.  What happens to a case is ten such
rows; they go this way.  Defaults, sealing and every constraint of the database hold as ever; nothing listens to signals here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=models.Model)
Reading = tuple[int, Callable[..., Any], Any]
_PLAIN: dict[type, type] = {  # kinds of columns that take a value of the type as it is
    models.CharField: str, models.TextField: str, models.BooleanField: bool,
    models.IntegerField: int, models.PositiveIntegerField: int, models.PositiveSmallIntegerField: int,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Shape:
    """A model's columns and how their values are read, on one kind of database."""

    columns: tuple[Any, ...]
    names: tuple[str, ...]
    readings: tuple[Reading, ...]
    select: str
    insert: str


def row_of(model: type[Row], key: object, *, lock: bool = False) -> Row:
    """The row with the key; with `lock`, nobody else changes it until the transaction ends.  Raises the model's DoesNotExist."""
    shape = _shape(model, connection.vendor)
    ending = " FOR UPDATE" if lock and connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(shape.select + ending, [_key(model).get_db_prep_value(key, connection)])
        found = cursor.fetchone()
    if found is None:
        raise model.DoesNotExist  # type: ignore[attr-defined]  # every model has it
    return _read(model, shape, found)


def _read(model: type[Row], shape: _Shape, found: Sequence[Any]) -> Row:
    values = list(found)
    for at, read, column in shape.readings:
        values[at] = read(values[at], column, connection)
    return made(model, shape.names, values)


def made(model: type[Row], names: Sequence[str], values: Sequence[Any]) -> Row:
    """A row of the database with these columns; others are read when they are asked for."""
    row = model.__new__(model)  # what the constructor does besides is checking that the names are columns
    row._state = ModelState()
    row._state.adding, row._state.db = False, connection.alias
    row.__dict__.update(zip(names, values, strict=True))
    return row


def insert_row(row: Row) -> Row:
    """A new row; it gets its key where the database numbers them."""
    shape = _shape(type(row), connection.vendor)
    key = _key(type(row))
    numbered = row.pk is None
    columns = [column for column in shape.columns if not (numbered and column is key)]
    sql = _insertion(type(row), tuple(columns)) if numbered else shape.insert
    with connection.cursor() as cursor:
        cursor.execute(sql, [written(column, connection.vendor)(row, True) for column in columns])
        if numbered:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias
    return row


def insert_rows(rows: Sequence[models.Model]) -> None:
    """New rows of one model in one go; the keys that the database numbers are not told."""
    if not rows:
        return
    shape, key = _shape(type(rows[0]), connection.vendor), _key(type(rows[0]))
    columns = [column for column in shape.columns if rows[0].pk is not None or column is not key]
    writing = [written(column, connection.vendor) for column in columns]
    values = [[write(row, True) for write in writing] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(_inserting(type(rows[0]), columns), values)


def update_row(row: models.Model, names: Sequence[str] = ()) -> None:
    """Write the named columns of the row, all when none is named."""
    changing = _changing(type(row), tuple(names), connection.vendor)
    values = [written(column, connection.vendor)(row, False) for column in changing[1]]
    with connection.cursor() as cursor:
        cursor.execute(changing[0], [*values, _key(type(row)).get_db_prep_value(row.pk, connection)])


@lru_cache(maxsize=256)
def _shape(model: type[models.Model], vendor: str) -> _Shape:
    columns: tuple[Any, ...] = tuple(model._meta.concrete_fields)
    readings: list[Reading] = []
    for at, column in enumerate(columns):
        told = column.get_col(model._meta.db_table)  # of a foreign key: as the key it points at is read
        readings += [(at, read, told) for read in (*connection.ops.get_db_converters(told), *told.get_db_converters(connection))]
    names = ", ".join(connection.ops.quote_name(column.column) for column in columns)
    table, key = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(_key(model).column)
    select = f"SELECT {names} FROM {table} WHERE {key} = %s"  # noqa: S608  # names of the model, no input
    return _Shape(columns, tuple(column.attname for column in columns), tuple(readings), select, _inserting(model, columns))


@lru_cache(maxsize=256)
def _changing(model: type[models.Model], names: tuple[str, ...], vendor: str) -> tuple[str, tuple[Any, ...]]:
    key = _key(model)
    named: Any = [model._meta.get_field(name) for name in names] or [one for one in model._meta.concrete_fields if one is not key]
    quote = connection.ops.quote_name
    setting = ", ".join(f"{quote(column.column)} = %s" for column in named)
    return f"UPDATE {quote(model._meta.db_table)} SET {setting} WHERE {quote(key.column)} = %s", tuple(named)  # noqa: S608  # as above


@lru_cache(maxsize=256)
def _insertion(model: type[models.Model], columns: tuple[Any, ...]) -> str:
    return f"{_inserting(model, columns)} RETURNING {connection.ops.quote_name(_key(model).column)}"


def _inserting(model: type[models.Model], columns: Sequence[Any]) -> str:
    quote = connection.ops.quote_name
    names, places = ", ".join(quote(column.column) for column in columns), ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608  # as above


@lru_cache(maxsize=2_048)
def written(column: Any, vendor: str) -> Callable[[models.Model, bool], Any]:
    """How a row's value of the column goes into a statement: a word, a number or nothing goes as it is."""
    name, kind = column.attname, column
    while isinstance(kind, models.ForeignKey):
        kind = kind.target_field
    plain = UUID if isinstance(kind, models.UUIDField) else _PLAIN.get(type(kind))
    hexed = plain is UUID and not connection.features.has_native_uuid_field

    def write(row: models.Model, new: bool) -> Any:
        value = getattr(row, name)
        if value is None or type(value) is plain:
            return value.hex if hexed and isinstance(value, UUID) else value
        return column.get_db_prep_save(column.pre_save(row, new), connection)

    return write if plain else lambda row, new: column.get_db_prep_save(column.pre_save(row, new), connection)


def _key(model: type[models.Model]) -> Any:
    return model._meta.pk
