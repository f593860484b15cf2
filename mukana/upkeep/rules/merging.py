"""Two people edit one entry at once: nothing of either is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Conflict:
    """A fact that both changed: what stood when the second one began, what stands now, what the second one wrote."""

    key: str
    base: Any
    theirs: Any
    mine: Any


def merged(base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> tuple[dict[str, Any], list[Conflict]]:
    """What to write of `mine`, and what somebody has to choose about.

    A fact that I left as it was when I began is not mine to write, whatever has become of it since.
    """
    wanted: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for key, value in mine.items():
        began, stands = base.get(key), theirs.get(key)
        if value in (began, stands):
            continue
        if stands != began:
            conflicts.append(Conflict(key, began, stands, value))
        else:
            wanted[key] = value
    return wanted, conflicts
