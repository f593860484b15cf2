"""Whose data the house holds: each app declares what it has of a person, so that a person can get all of it and have it erased."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Export = Callable[[Any], "Told | None"]
Erase = Callable[[Any, bool], "list[Obstacle]"]


@dataclass(frozen=True, slots=True)
class Told:
    """One fact with its value, or a group of facts; `labels` are by language."""

    key: str
    labels: dict[str, str]
    value: Any = None
    children: tuple[Told, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why nothing may be erased: a code and sentences by language."""

    code: str
    sentences: dict[str, str]


@dataclass(frozen=True, slots=True)
class Holder:
    """An app's data of a person.  `erase(person, dry_run)` gives what stands in the way; with none and no dry run it erases."""

    key: str
    export: Export
    erase: Erase


_holders: dict[str, Holder] = {}


def declare(key: str, export: Export, erase: Erase) -> None:
    """Say at start-up that an app holds data of people.  The app of the account itself is "accounts": it is erased last."""
    _holders[key] = Holder(key, export, erase)


def holders() -> list[Holder]:
    """Those who hold data, the account last."""
    return sorted(_holders.values(), key=lambda holder: (holder.key == "accounts", holder.key))


def tree(told: Told) -> dict[str, Any]:
    """As JSON in the shape of the Helsinki profile: key, label, and children or value."""
    found: dict[str, Any] = {"key": told.key, "label": told.labels}
    return found | ({"children": [tree(child) for child in told.children]} if told.children else {"value": told.value})
