"""Which counts of people are not shown, so that no small one can be read or worked out.

The rule, as the design has it (Privacy arithmetic; Statistics Finland asks for secondary suppression likewise):

* A count under five is not shown.  Zero is shown only of ten or more, as 0 % is: "nobody of these six came" tells of all
  six.
* What would give a hidden count away is hidden with it: somebody who knows every total, every difference of stages and
  every other figure of the publication must be left with at least `width` + 1 possible values in a row for it.
* Both look the same to the reader, so that "hidden" does not mean "under five".
* A share is shown only when both its counts are, and not as 0 % or 100 % of fewer than ten.
* A median needs five values and a 90th percentile ten: of fewer it would be somebody's own.
* Of the same question a new answer is given only when the people it is of are the same or differ by five or more.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from mukana.lib.cellflow import Network, Sum

UNDER = 5
_TOTAL_COST = 8  # a total says more than one of its parts, so it is hidden last


class Unprotected(Exception):
    """A count cannot be hidden well enough without hiding something that has been published."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Counts below `under` are hidden, each behind at least `width` + 1 possible values; `enough`: of so many zero is told."""

    under: int = UNDER
    width: int = UNDER
    enough: int = 2 * UNDER

    def small(self, count: int, of: int = 0) -> bool:
        """Must this count not be known?  `of`: how many it is a part of."""
        return count < self.under and not (count == 0 and of >= self.enough)

    def near(self, count: int, seen: Collection[int]) -> bool:
        """Would it tell of a few to who takes a value of an earlier publication away from it?"""
        return any(0 < abs(count - one) < self.under for one in seen)


RULE = Rule()
Seen = Mapping[Hashable, Collection[int]]  # count → every value that it has been published with


@dataclass(frozen=True, slots=True)
class Out:
    """What has been given out already: `hidden` by another table of this publication, `fixed` by one, `seen` in earlier ones."""

    hidden: Collection[Hashable] = ()
    fixed: Collection[Hashable] = ()
    seen: Seen = field(default_factory=dict)


_NOTHING = Out()


def protect(
    counts: Mapping[Hashable, int],
    sums: Sequence[Sum],
    *,
    rule: Rule = RULE,
    of: Mapping[Hashable, int] | None = None,
    out: Out = _NOTHING,
) -> frozenset[Hashable]:
    """The counts that are not shown, of one publication of counts and the sums that tie them.

    `of` tells how many a count is a part of, where its zero may be told.  A count that differs by a few from what it was
    in an earlier publication is hidden as a small one is.
    Raises Unprotected; cellflow.NoNetwork when a count stands in more than two sums.
    """
    network = Network(counts, sums)
    among, fixed = of or {}, set(out.fixed)
    small = {key for key, count in counts.items() if rule.small(count, among.get(key, 0)) or rule.near(count, out.seen.get(key, ()))}
    gone = set(out.hidden) | (small - fixed)
    totals = {one.total for one in sums}
    costs = {key: 0 if key in gone else (1 + count) * (_TOTAL_COST if key in totals else 1) for key, count in counts.items()}
    for key in fixed - gone:
        del costs[key]
    for key in sorted(gone, key=lambda key: (-counts[key], str(key))):
        if key in small:
            _cover(network, key, costs, rule)
    return frozenset(key for key, cost in costs.items() if cost == 0)


def _cover(network: Network, key: Hashable, costs: dict[Hashable, int], rule: Rule) -> None:
    """Hide what the count needs around it, the least telling first."""
    for grow in (True, False):
        low, high = network.bounds(key, [one for one, cost in costs.items() if cost == 0], rule.width)
        if high - low >= rule.width:
            return
        most = rule.width if grow else network.counts[key]
        _, used = network.cover(key, costs, most, grow=grow)
        costs.update(dict.fromkeys(used, 0))
    low, high = network.bounds(key, [one for one, cost in costs.items() if cost == 0], rule.width)
    if high - low < rule.width:
        raise Unprotected(key)


def bounds(
    counts: Mapping[Hashable, int], sums: Sequence[Sum], hidden: Collection[Hashable], most: int = 1 << 40
) -> dict[Hashable, tuple[int, int]]:
    """What an attacker can say of each hidden count: the least and the greatest it can be (searched `most` around it)."""
    network = Network(counts, sums)
    return {key: network.bounds(key, hidden, most) for key in hidden}


ALL = ""  # the name of the total among groups


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by row and column with their totals, as readers may see them: None is not shown.  ALL names the totals."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    shown: Mapping[tuple[str, str], int | None]

    def at(self, row: str, column: str) -> int | None:
        """One count, or None when it is not shown."""
        return self.shown.get((row, column))


def _table(rows: tuple[str, ...], columns: tuple[str, ...], full: Mapping[Hashable, int], gone: Collection[Hashable]) -> Table:
    return Table(rows, columns, {key: None if key in gone else count for key, count in full.items()})  # type: ignore[misc]  # pairs


def table(counts: Mapping[tuple[str, str], int], *, rule: Rule = RULE, seen: Seen = _NOTHING.seen) -> Table:
    """A table of rows and columns with every total, suppressed together."""
    rows, columns = tuple(dict.fromkeys(row for row, _ in counts)), tuple(dict.fromkeys(column for _, column in counts))
    full: dict[Hashable, int] = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    for row in rows:
        full[row, ALL] = sum(full[row, column] for column in columns)
    for column in (*columns, ALL):
        full[ALL, column] = sum(full[row, column] for row in rows)
    sums = [Sum((row, ALL), tuple((row, column) for column in columns)) for row in (*rows, ALL)]
    sums += [Sum((ALL, column), tuple((row, column) for row in rows)) for column in (*columns, ALL)]
    gone = protect(full, sums, rule=rule, of=_of(full, rule), out=Out(seen=seen)) if rows else frozenset()
    return _table(rows, columns, full, gone)


def _of(full: Mapping[Hashable, int], rule: Rule) -> dict[Hashable, int]:
    """A cell is a part of its row, a total of all; where a row or a column is said to have nobody, so are its cells."""
    found: dict[Hashable, int] = {}
    for key in full:
        assert isinstance(key, tuple)  # a table's keys
        row, column = key
        nobody = full[ALL, ALL] >= rule.enough and not (full[row, ALL] and full[ALL, column])
        found[key] = rule.enough if nobody else full[ALL if column == ALL else row, ALL]
    return found


def under(
    totals: Mapping[str, int | None], counts: Mapping[tuple[str, str], int], *, rule: Rule = RULE, seen: Seen = _NOTHING.seen
) -> Table:
    """A table whose row totals another table has published (None: hid).

    The row of a hidden total is hidden whole, and no column is summed up then: so the total may still be anything that
    the other table leaves open.
    """
    rows, columns = tuple(totals), tuple(dict.fromkeys(column for (_, column), count in counts.items() if count))
    open_rows = tuple(row for row in rows if totals[row] is not None)
    full: dict[Hashable, int] = {(row, column): counts.get((row, column), 0) for row in open_rows for column in columns}
    sums = [Sum((row, ALL), tuple((row, column) for column in columns)) for row in open_rows]
    full |= {one.total: sum(full[part] for part in one.parts) for one in sums}
    fixed = [one.total for one in sums]
    if len(open_rows) == len(rows):
        summed = [Sum((ALL, column), tuple((row, column) for row in rows)) for column in columns]
        full |= {one.total: sum(full[part] for part in one.parts) for one in summed}
        sums += summed
    of: dict[Hashable, int] = {}
    for row in open_rows:
        of |= {(row, column): full[row, ALL] or rule.enough for column in columns}  # parts of nobody are no secret
    return _table(rows, columns, full, protect(full, sums, rule=rule, of=of, out=Out(fixed=fixed, seen=seen)))


def series(parts: Mapping[str, int], total: int | None, *, rule: Rule = RULE, seen: Seen = _NOTHING.seen) -> dict[str, int | None]:
    """Parts of a total that has been published (None: that was hidden), each or None."""
    if total is None:
        return dict.fromkeys(parts)
    whole: dict[Hashable, int] = {(key,): count for key, count in parts.items()}
    whole["total"] = sum(parts.values())
    of = dict.fromkeys(whole, whole["total"] or rule.enough)  # parts of nobody are no secret
    gone = protect(whole, [Sum("total", tuple((key,) for key in parts))], rule=rule, of=of, out=Out(fixed=("total",), seen=seen))
    return {key: None if (key,) in gone else count for key, count in parts.items()}


def share(part: int | None, whole: int | None, *, rule: Rule = RULE) -> int | None:
    """Per cent, rounded; None when a count is hidden, or when it is all or none of fewer than twice the limit."""
    if not whole or part is None:
        return None
    if part in (0, whole) and whole < rule.enough:
        return None
    return round(100 * part / whole)


def quantile(values: Sequence[int], per_cent: int, *, rule: Rule = RULE) -> int | None:
    """The value that so many per cent do not exceed (nearest rank); None of so few that it would be somebody's own."""
    if len(values) < max(rule.under, ceil(100 / min(per_cent, 100 - per_cent))):
        return None
    return sorted(values)[ceil(len(values) * per_cent / 100) - 1]
