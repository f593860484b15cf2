"""A question kept for later: plain values for a row of a database, and the question out of them again.  Pure."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

from mukana.search.asked import Asked

_OF_THE_PAGE: dict[str, Any] = {"page": 1, "sort": "osuvin", "view": "", "everything": False, "professional": False, "expired": False}
_DATES = ("starts_from", "starts_until")
_PLAIN = Asked()


def to_keep(asked: Asked) -> dict[str, Any]:
    """What the question asks; not how its page was looked at."""
    bare = replace(asked, **_OF_THE_PAGE)
    told = {one.name: getattr(bare, one.name) for one in fields(bare) if getattr(bare, one.name) != getattr(_PLAIN, one.name)}
    return {name: _plain(value) for name, value in told.items()}


def kept(held: dict[str, Any]) -> Asked:
    """The question; a field that the program no longer knows is passed over."""
    known = {one.name for one in fields(Asked)}
    return Asked(**{name: _full(name, value) for name, value in held.items() if name in known})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _full(name: str, value: Any) -> Any:
    if name in _DATES:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
