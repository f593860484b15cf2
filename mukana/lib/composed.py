"""I/O: a question to the database that the ORM composes once and that is asked many times, with holes for what changes.

The ORM composes every query anew, which takes several times as long as asking it.  A question whose shape never changes is
written once, beside what asks it, and only the values in its holes are told each time:

    _STANDING = Composed(lambda: Errand.objects.filter(kind=Hole("kind"), placement=Hole("placement"), done_at=None))
    _STANDING.first(kind="talk", placement=placement.pk)

What the ORM would answer, this answers: rows with what `select_related` and `only` say, or values of a `values_list`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import DateField, DateTimeField, Expression, QuerySet, UUIDField
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable

from mukana.lib.quickrows import made

Answer = TypeVar("Answer")
_PREPARED: dict[type, Any] = {UUID: UUIDField(), datetime: DateTimeField(), date: DateField()}
_AS_IT_IS = (str, int)  # bool is one


class Hole(Expression):
    """A value that is told at each asking: one, never None and never a list, for those change the statement itself."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A place for the value, and who fills it."""
        return "%s", [self]


@dataclass(frozen=True, slots=True)
class _Statement:
    sql: str
    values: tuple[Any, ...]  # those that never change, and holes
    holes: frozenset[str]
    read: Callable[[list[Any]], Any]


class Composed(Generic[Answer]):
    """A question that is composed when it is first asked, once for each kind of database."""

    def __init__(self, ask: Callable[[], QuerySet[Any, Answer]]) -> None:
        """`ask` makes the query with its holes."""
        self._ask = ask
        self._statements: dict[tuple[str, str], _Statement] = {}

    def all(self, **told: object) -> list[Answer]:
        """Every answer, in the query's order.  Raises TypeError when what is told does not fill the holes."""
        return self._asked("all", told)

    def first(self, **told: object) -> Answer | None:
        """The first answer, by key where the query has no order; None when there is none."""
        found = self._asked("first", told)
        return found[0] if found else None

    def exists(self, **told: object) -> bool:
        """Is there any?"""
        return bool(self._asked("exists", told))

    def _asked(self, how: str, told: Mapping[str, object]) -> list[Answer]:
        statement = self._statements.get((connection.vendor, how))
        if statement is None:
            statement = self._statements[connection.vendor, how] = _composed(_SHAPED[how](self._ask()))
        if told.keys() != statement.holes:
            raise TypeError(f"told {sorted(told)}, to be told are {sorted(statement.holes)}")
        values = [_ready(told[value.name]) if isinstance(value, Hole) else value for value in statement.values]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, values)
            return [statement.read(list(row)) for row in cursor.fetchall()]


def _composed(rows: QuerySet[Any, Any]) -> _Statement:
    compiler = rows.query.get_compiler(connection=connection)
    sql, values = compiler.as_sql()
    return _Statement(sql, tuple(values), frozenset(value.name for value in values if isinstance(value, Hole)), _reading(rows, compiler))


def _reading(rows: QuerySet[Any, Any], compiler: Any) -> Callable[[list[Any]], Any]:
    """How a row of the database becomes an answer."""
    readings = [
        (at, read, column) for at, (reads, column) in compiler.get_converters([one[0] for one in compiler.select]).items() for read in reads
    ]
    shaped = _SHAPES.get(rows._iterable_class)
    if shaped is None or (shaped is not _whole and rows.query.annotation_select and rows.query.values_select):
        raise TypeError("a question gives rows, or values of columns as they are listed")
    finish = shaped(compiler)

    def read_row(row: list[Any]) -> Any:
        for at, read, column in readings:
            row[at] = read(row[at], column, connection)
        return finish(row)

    return read_row


def _whole(compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """Rows of the model, with those that they point at."""
    row_made = _making(compiler.klass_info, compiler.select)
    extra = tuple((compiler.annotation_col_map or {}).items())

    def finish(row: Sequence[Any]) -> Any:
        one = row_made(row)
        for name, at in extra:
            setattr(one, name, row[at])
        return one

    return finish


def _making(told: Mapping[str, Any], select: Sequence[Any]) -> Callable[[Sequence[Any]], Any]:
    """How a row of the model and of those it points at is made; None where it points at none."""
    model, first, last = told["model"], told["select_fields"][0], told["select_fields"][-1] + 1
    names = tuple(one[0].target.attname for one in select[first:last])
    key = first + names.index(model._meta.pk.attname)
    pointed = [(_making(one, select), one["local_setter"], one["remote_setter"]) for one in told.get("related_klass_infos", ())]

    def make(row: Sequence[Any]) -> Any:
        if row[key] is None:
            return None
        one = made(model, names, row[first:last])
        for other, tell, tell_other in pointed:
            found = other(row)
            tell(one, found)
            if found is not None:
                tell_other(found, one)
        return one

    return make


def _alone(compiler: Any) -> Callable[[Sequence[Any]], Any]:
    return lambda row: row[0]


def _together(compiler: Any) -> Callable[[Sequence[Any]], Any]:
    return tuple


_SHAPES: dict[Any, Callable[[Any], Callable[[Sequence[Any]], Any]]] = {
    ModelIterable: _whole,
    FlatValuesListIterable: _alone,
    ValuesListIterable: _together,
}


def _first(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return (rows if rows.ordered else rows.order_by("pk"))[:1]


def _any(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """As the ORM asks whether there is any."""
    asked = rows.values_list("pk", flat=True)
    asked.query = rows.query.exists()
    return asked


_SHAPED: dict[str, Callable[[QuerySet[Any, Any]], QuerySet[Any, Any]]] = {"all": lambda rows: rows, "first": _first, "exists": _any}


def _ready(value: Any) -> Any:
    """The value as the database takes it.  Raises TypeError for what does not fill a hole."""
    field = _PREPARED.get(type(value))
    if field is not None:
        return field.get_db_prep_value(value, connection)
    if isinstance(value, _AS_IT_IS):
        return value
    raise TypeError(f"{type(value).__name__} does not fill a hole")
