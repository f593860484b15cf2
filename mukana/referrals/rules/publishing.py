"""One publication in the making: every count passes here, beside what was published of it earlier.  Pure.

Who takes an earlier release away from a later one must not be left with a few people.  So a count that differs by one
to four from any value it has been published with is hidden, as a small one is, and covered by others so that it cannot
be worked out from sums; a mean or a median is not given of the same people again with another value.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from mukana.lib.ladders import CAME, LEFT, Ends, Ladder, Ladders, ladders
from mukana.lib.suppression import ALL, RULE, Seen, Table, series, table, under

Key = tuple[str, ...]
Shown = Mapping[str, Mapping[Key, int]]  # table → count → as it is published
Earlier = Mapping[str, Mapping[Key, Sequence[int]]]  # the same, every value so far
_LOST = 3  # of three figures that were shown one may be hidden in the next release
_BAR = "|"  # between the parts of a key; no code has one


class Publishing:
    """`shown` grows as tables are made; `earlier` is what they must not be compared with."""

    def __init__(self, earlier: Earlier) -> None:
        self._earlier = earlier
        self.shown: dict[str, dict[Key, int]] = {}

    def table(self, name: str, counts: Mapping[tuple[str, str], int]) -> Table:
        """A table with its totals."""
        return self._told(name, table(counts, seen=self._seen(name)))

    def under(self, name: str, totals: Mapping[str, int | None], counts: Mapping[tuple[str, str], int]) -> Table:
        """A table whose row totals another one has published."""
        return self._told(name, under(totals, counts, seen=self._seen(name)))

    def series(self, name: str, parts: Mapping[str, int], total: int | None) -> dict[str, int | None]:
        """Parts of a total that has been published."""
        found = series(parts, total, seen=self._seen(name))
        self._keep(name, {(key,): count for key, count in found.items()})
        return found

    def few(self, name: str, count: int) -> int | None:
        """A count that stands alone."""
        found = None if RULE.small(count) or RULE.near(count, self._seen(name).get((ALL,), ())) else count
        self._keep(name, {(ALL,): found})
        return found

    def ladders(self, stages: Sequence[str], whole: Ends, by: Mapping[str, Mapping[str, Ends]]) -> Ladders:
        """How far people come, whole and by breakdown."""
        found = ladders(stages, whole, by, seen={name: self._seen(f"ladder.{name}") for name in (ALL, *by)})
        self._keep(f"ladder.{ALL}", _counts(ALL, found.whole))
        for name, groups in found.by.items():
            for group, one in groups.items():
                self._keep(f"ladder.{name}", _counts(group, one))
        return found

    def measure(self, name: str, people: int, value: int | None) -> int | None:
        """A mean or a median of so many: of five more than before, or the same as it was told of so many."""
        before = self._earlier.get(name, {})
        changed = value not in before.get((str(people),), (value,))
        if value is None or changed or RULE.near(people, [int(number) for (number,) in before]):
            return None
        self._keep(name, {(str(people),): value})
        return value

    def _seen(self, name: str) -> Seen:
        return {_hashable(key): values for key, values in self._earlier.get(name, {}).items()}

    def _told(self, name: str, found: Table) -> Table:
        self._keep(name, found.shown)
        return found

    def _keep(self, name: str, found: Mapping[Any, int | None]) -> None:
        """Keys are pairs and triples of words."""
        self.shown.setdefault(name, {}).update({key: count for key, count in found.items() if count is not None})


def _hashable(key: Key) -> Hashable:
    return key


def _counts(group: str, one: Ladder) -> dict[Key, int | None]:
    came: dict[Key, int | None] = {(CAME, group, stage): count for stage, count in one.came.items()}
    return came | {(LEFT, group, stage): count for stage, count in one.left.items()}


def joined(earlier: Earlier, shown: Shown) -> dict[str, dict[Key, list[int]]]:
    """What has been published when this has been, too."""
    found = {name: {key: list(values) for key, values in cells.items()} for name, cells in earlier.items()}
    for name, cells in shown.items():
        for key, count in cells.items():
            values = found.setdefault(name, {}).setdefault(key, [])
            if count not in values:
                values.append(count)
    return found


def worth_it(before: Shown, now: Shown) -> bool:
    """Does a new release show enough of what the last one does?  Else the last one stands until more have come."""
    was = {(name, key) for name, cells in before.items() for key in cells}
    lost = {(name, key) for name, key in was if key not in now.get(name, {})}
    first = {(name, key) for name, key in lost if name == f"ladder.{ALL}" and key[0] == CAME}
    return _LOST * len(lost) <= len(was) and _LOST * len(first) <= len(before.get(f"ladder.{ALL}", {}))


def earlier_as_data(earlier: Earlier) -> dict[str, dict[str, list[int]]]:
    """As JSON keeps it."""
    return {name: {_BAR.join(key): list(values) for key, values in cells.items()} for name, cells in earlier.items()}


def earlier_from_data(data: Mapping[str, Mapping[str, list[int]]]) -> dict[str, dict[Key, list[int]]]:
    """As it was kept."""
    return {name: {tuple(key.split(_BAR)): values for key, values in cells.items()} for name, cells in data.items()}
