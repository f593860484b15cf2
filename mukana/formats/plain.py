"""Dataclasses as JSON objects and back, by their annotations.  Pure.

Only what the drafts are made of is known: texts, numbers, moments, lists, objects and
dataclasses.  Fields with their default value are left out on the way out; unknown keys are
passed over on the way back, and a value of the wrong kind raises ShapeError.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from functools import lru_cache
from math import isfinite
from typing import Any

from mukana.lib.moments import as_local

MAX_DEPTH = 60  # of a free JSON value; a route's geometry has four


class ShapeError(ValueError):
    """A value that does not fit its field; the message is the field's path: "occurrences.0.starts_at"."""


def to_plain(value: Any) -> Any:
    """The value as JSON has it: moments in Finnish time as ISO 8601, tuples as lists."""
    if isinstance(value, datetime):
        return as_local(value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        told = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: to_plain(item) for field, item in told if item != _default(field)}
    return value


def from_plain(kind: Any, value: Any, path: str = "") -> Any:
    """The value as `kind` (a class or an annotation) again.  Raises ShapeError."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _object(kind, value, path)
    if origin in (types.UnionType, typing.Union):
        chosen = next(one for one in arguments if one is not type(None))
        return None if value is None else from_plain(chosen, value, path)
    if origin in (tuple, list):
        items = [from_plain(arguments[0], item, f"{path}.{at}") for at, item in enumerate(_a(list, value, path))]
        return tuple(items) if origin is tuple else items
    if origin is dict:
        return {key: from_plain(arguments[1], item, f"{path}.{key[:40]}") for key, item in _a(dict, value, path).items()}
    return _READERS[kind](value, path)


def _object(kind: type, value: Any, path: str) -> Any:
    given = _a(dict, value, path)
    told: dict[str, Any] = {}
    for field, hint in _fields(kind):
        here = f"{path}.{field.name}".lstrip(".")
        if field.name in given:
            told[field.name] = from_plain(hint, given[field.name], here)
        elif _default(field) is MISSING:
            raise ShapeError(here)
    return kind(**told)


@lru_cache(maxsize=64)
def _fields(kind: type) -> tuple[tuple[Field[Any], Any], ...]:
    hints = typing.get_type_hints(kind)
    return tuple((field, hints[field.name]) for field in fields(kind))


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _a(kind: type, value: Any, path: str) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ShapeError(path)
    return value


def _number(value: Any, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e15 or not isfinite(value):
        raise ShapeError(path)
    return float(value)


def _read(parse: Callable[[str], Any]) -> Callable[[Any, str], Any]:
    def reader(value: Any, path: str) -> Any:
        try:
            return parse(_a(str, value, path))
        except (ValueError, OverflowError) as error:
            raise ShapeError(path) from error

    return reader


def _free(value: Any, path: str, depth: int = 0) -> Any:
    if depth > MAX_DEPTH:
        raise ShapeError(path)
    if isinstance(value, dict):
        return {key: _free(item, path, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_free(item, path, depth + 1) for item in value]
    return value


_READERS: dict[Any, Callable[[Any, str], Any]] = {
    Any: _free,
    str: lambda value, path: _a(str, value, path),
    bool: lambda value, path: _a(bool, value, path),
    int: lambda value, path: _a(int, value, path),
    float: _number,
    datetime: _read(lambda text: as_local(datetime.fromisoformat(text))),
    date: _read(date.fromisoformat),
    time: _read(lambda text: time.fromisoformat(text).replace(tzinfo=None)),
}
