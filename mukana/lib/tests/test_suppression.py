from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mukana.lib.cellflow import Network, NoNetwork, Sum
from mukana.lib.suppression import ALL, RULE, Out, Rule, Unprotected, bounds, protect, quantile, series, share, table, under

ROW = (Sum("all", ("a", "b", "c")),)


def every_way(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """All ways to give a total out to so many parts."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in every_way(total - first, parts - 1):
            yield (first, *rest)


def possible(counts: Mapping[Hashable, int], sums: Sequence[Sum], hidden: frozenset[Hashable], most: int) -> dict[Hashable, set[int]]:
    """By trying everything: the values that hidden counts up to `most` can have while every sum stays true."""
    names = sorted(hidden, key=str)
    found: dict[Hashable, set[int]] = {name: set() for name in names}
    free = [name for name in names if name not in {one.total for one in sums}]
    for values in product(range(most + 1), repeat=len(free)):
        world = {**{key: count for key, count in counts.items() if key not in hidden}, **dict(zip(free, values, strict=True))}
        if _complete(world, sums):
            for name in names:
                found[name].add(world[name])
    return found


def _complete(world: dict[Hashable, int], sums: Sequence[Sum]) -> bool:
    """Work out hidden totals from parts, until nothing is left; are the sums true?"""
    left = list(sums)
    while left:
        ready = [one for one in left if all(part in world for part in one.parts)]
        if not ready:
            return False
        for one in ready:
            if world.setdefault(one.total, sum(world[part] for part in one.parts)) != sum(world[part] for part in one.parts):
                return False
            left.remove(one)
    return True


def test_the_designs_wards_hide_the_small_one_and_one_more() -> None:
    counts = {"a": 3, "b": 12, "c": 7, "all": 22}
    gone = protect(counts, ROW)
    assert gone == {"a", "c"}
    assert bounds(counts, ROW, gone)["a"] == (0, 10)


def test_zero_is_hidden_like_the_other_small_counts_unless_it_is_of_ten_or_more() -> None:
    counts = {"a": 0, "b": 12, "c": 7, "all": 19}
    assert "a" in protect(counts, ROW)
    assert "a" in protect(counts, ROW, of={"a": 9})
    assert protect(counts, ROW, of={"a": 19}) == frozenset()
    assert series({"a": 0, "b": 12}, 12) == {"a": 0, "b": 12}
    assert series({"a": 0, "b": 9}, 9) == {"a": None, "b": None}


def test_a_total_of_a_few_is_hidden_and_then_nothing_holds_its_parts() -> None:
    gone = protect({"a": 1, "b": 1, "c": 1, "all": 3}, ROW)
    assert gone == {"a", "b", "c", "all"}


def test_three_who_are_one_each_would_be_given_away_by_the_rest_of_a_large_total() -> None:
    sums = (Sum("all", ("a", "b", "c", "d")),)
    counts = {"a": 1, "b": 1, "c": 1, "d": 90, "all": 93}
    gone = protect(counts, sums)
    low, high = bounds(counts, sums, gone)["a"]
    assert high - low >= RULE.width


def test_what_is_published_elsewhere_stays_and_what_cannot_be_hidden_is_said() -> None:
    counts = {"a": 3, "b": 12, "all": 15}
    sums = (Sum("all", ("a", "b")),)
    assert protect(counts, sums, out=Out(fixed=("all",))) == {"a", "b"}
    with pytest.raises(Unprotected):
        protect(counts, sums, out=Out(fixed=("all", "b")))


def test_a_count_in_three_sums_is_asked_table_by_table() -> None:
    sums = [Sum("x", ("a",)), Sum("y", ("a",)), Sum("z", ("a",))]
    with pytest.raises(NoNetwork):
        Network({"a": 1, "x": 1, "y": 1, "z": 1}, sums)


def test_sums_in_a_knot_are_refused() -> None:
    counts = dict.fromkeys(("a", "b", "c", "ab", "bc", "ca"), 0)
    with pytest.raises(NoNetwork):
        Network(counts, [Sum("ab", ("a", "b")), Sum("bc", ("b", "c")), Sum("ca", ("c", "a"))])


def test_a_total_that_is_not_the_sum_of_its_parts_is_no_publication() -> None:
    with pytest.raises(ValueError, match="sum"):
        Network({"a": 1, "b": 1, "c": 1, "all": 4}, ROW)


def test_a_count_that_stands_in_no_sum_is_held_by_nothing() -> None:
    assert bounds({"a": 3}, (), ("a",), 10) == {"a": (0, 13)}
    assert protect({"a": 3, "b": 9}, ()) == {"a"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=2, max_size=4), st.data())
def test_bounds_of_a_row_are_those_found_by_trying_everything(parts: list[int], data: st.DataObject) -> None:
    names = [f"p{number}" for number in range(len(parts))]
    counts: dict[Hashable, int] = {**dict(zip(names, parts, strict=True)), "all": sum(parts)}
    sums = (Sum("all", tuple(names)),)
    hidden = frozenset(data.draw(st.sets(st.sampled_from(names), min_size=1)))
    tried = possible(counts, sums, hidden, sum(parts))
    assert {key: (min(values), max(values)) for key, values in tried.items()} == bounds(counts, sums, hidden)
    assert all(values == set(range(min(values), max(values) + 1)) for values in tried.values())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=4, max_size=6), st.data())
def test_bounds_of_rows_and_columns_are_those_found_by_trying_everything(cells: list[int], data: st.DataObject) -> None:
    columns = len(cells) // 2
    counts: dict[Hashable, int] = {(row, column): cells[row * columns + column] for row in range(2) for column in range(columns)}
    inner = list(counts)
    sums = [Sum(("row", row), tuple((row, column) for column in range(columns))) for row in range(2)]
    sums += [Sum(("column", column), tuple((row, column) for row in range(2))) for column in range(columns)]
    for one in sums:
        counts[one.total] = sum(counts[part] for part in one.parts)
    hidden = frozenset(data.draw(st.sets(st.sampled_from(inner), min_size=1)))
    tried = possible(counts, sums, hidden, 8)
    assert {key: (min(values), max(values)) for key, values in tried.items()} == bounds(counts, sums, hidden)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=1, max_size=5), st.integers(3, 8))
def test_no_hidden_count_of_a_table_can_be_worked_out(cells: list[list[int]], least: int) -> None:
    rule = Rule(under=least, width=least, enough=2 * least)
    counts = {(f"r{row}", f"c{column}"): count for row, line in enumerate(cells) for column, count in enumerate(line)}
    shown = table(counts, rule=rule)
    full = dict(counts)
    for row in shown.rows:
        full[row, ALL] = sum(full[row, column] for column in shown.columns)
    for column in (*shown.columns, ALL):
        full[ALL, column] = sum(full[row, column] for row in shown.rows)

    def of(key: Hashable) -> int:
        assert isinstance(key, tuple)  # a table's keys
        row, column = key
        return full[ALL, ALL] if column == ALL or not (full[ALL, column] and full[row, ALL]) else full[row, ALL]

    for key, count in shown.shown.items():
        assert count is None or (count == full[key] and not rule.small(count, of(key)))
    sums = [Sum((row, ALL), tuple((row, column) for column in shown.columns)) for row in (*shown.rows, ALL)]
    sums += [Sum((ALL, column), tuple((row, column) for row in shown.rows)) for column in (*shown.columns, ALL)]
    gone = [key for key, count in shown.shown.items() if count is None]
    for key, (low, high) in bounds(full, sums, gone, 20).items():
        assert not rule.small(full[key], of(key)) or high - low >= rule.width


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 20), min_size=3, max_size=3), min_size=1, max_size=4), st.data())
def test_a_table_under_published_totals_gives_nothing_away_and_hides_rows_of_hidden_totals(
    cells: list[list[int]], data: st.DataObject
) -> None:
    counts = {(f"r{row}", f"c{column}"): count for row, line in enumerate(cells) for column, count in enumerate(line)}
    true = {f"r{row}": sum(line) for row, line in enumerate(cells)}
    hidden = {row for row, total in true.items() if 0 < total < RULE.under or data.draw(st.booleans())}
    shown = under({row: None if row in hidden else total for row, total in true.items()}, counts)
    for row in hidden:
        assert {shown.at(row, column) for column in ("c0", "c1", "c2")} == {None}
    if hidden:
        assert {shown.at(ALL, column) for column in ("c0", "c1", "c2")} == {None}
    full: dict[Hashable, int] = {key: counts[key] for key in shown.shown if key in counts}
    sums = [Sum((row, ALL), tuple((row, column) for column in shown.columns)) for row in true if row not in hidden]
    if not hidden:
        sums += [Sum((ALL, column), tuple((row, column) for row in true)) for column in shown.columns]
    full |= {one.total: sum(full[part] for part in one.parts) for one in sums}
    gone = [key for key, count in shown.shown.items() if count is None]
    for key, (low, high) in bounds(full, sums, gone, 20).items():
        assert not RULE.small(full[key], true.get(key[0], 0) or RULE.enough * (key[0] != ALL)) or high - low >= RULE.width  # type: ignore[index]


def test_a_table_without_rows_is_empty() -> None:
    assert table({}).shown == {(ALL, ALL): 0}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 7), min_size=1, max_size=4))
def test_parts_of_a_published_total_stay_unknown(parts: list[int]) -> None:
    total = sum(parts)
    assume(total >= RULE.under)
    counts: Mapping[str, int] = {f"p{number}": count for number, count in enumerate(parts)}
    assume(len(parts) > 1)
    shown = series(counts, total)
    hidden = [key for key, count in shown.items() if count is None]
    left = total - sum(count for count in shown.values() if count is not None)
    ways = list(every_way(left, len(hidden))) if hidden else []
    for place, key in enumerate(hidden):
        values = {way[place] for way in ways}
        assert not RULE.small(counts[key], total) or max(values) - min(values) >= RULE.width


def test_parts_of_a_hidden_total_are_hidden() -> None:
    assert series({"a": 50}, None) == {"a": None}


def test_shares_of_a_few_say_neither_all_nor_nobody() -> None:
    assert share(5, 9) == 56
    assert share(9, 9) is None
    assert share(0, 9) is None
    assert share(10, 10) == 100
    assert share(None, 10) is None
    assert share(5, None) is None
    assert share(0, 0) is None


def test_a_median_needs_five_and_the_slowest_tenth_ten() -> None:
    assert quantile([1, 2, 3, 4], 50) is None
    assert quantile([9, 1, 2, 3, 4], 50) == 3
    assert quantile(list(range(1, 10)), 90) is None
    assert quantile(list(range(1, 11)), 90) == 9


def test_a_count_that_grew_by_a_few_is_hidden_with_another_and_may_be_told_when_it_grew_by_more() -> None:
    counts = {"a": 22, "b": 12, "c": 30, "all": 64}
    assert protect(counts, ROW, out=Out(seen={"a": (20,)})) == {"a", "b"}
    assert protect(counts, ROW, out=Out(seen={"a": (17,), "b": (12,), "all": (59,)})) == frozenset()
    assert protect(counts, ROW, out=Out(seen={"a": (17, 21)})) == {"a", "b"}  # every earlier value counts


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=1, max_size=4),
    st.lists(st.lists(st.integers(-3, 12), min_size=3, max_size=3), min_size=4, max_size=4),
)
def test_no_count_that_changed_by_a_few_can_be_worked_out_of_the_next_table(before: list[list[int]], change: list[list[int]]) -> None:
    def counted(lines: list[list[int]]) -> dict[tuple[str, str], int]:
        return {(f"r{row}", f"c{column}"): count for row, line in enumerate(lines) for column, count in enumerate(line)}

    after = [[max(0, count + grown) for count, grown in zip(line, more, strict=True)] for line, more in zip(before, change, strict=False)]
    old = {key: count for key, count in table(counted(before)).shown.items() if count is not None}
    try:
        new = table(counted(after), seen={key: (count,) for key, count in old.items()})
    except Unprotected:
        return  # then there is no next table
    assert not {abs(count - old[key]) for key, count in new.shown.items() if count is not None and key in old} & {1, 2, 3, 4}
    full: dict[Hashable, int] = dict(counted(after))
    sums = [Sum((row, ALL), tuple((row, column) for column in new.columns)) for row in (*new.rows, ALL)]
    sums += [Sum((ALL, column), tuple((row, column) for row in new.rows)) for column in (*new.columns, ALL)]
    full |= {(row, ALL): sum(full[row, column] for column in new.columns) for row in new.rows}
    full |= {(ALL, column): sum(full[row, column] for row in new.rows) for column in (*new.columns, ALL)}
    gone = [key for key, count in new.shown.items() if count is None]
    for key, (low, high) in bounds(full, sums, gone, 20).items():
        assert not RULE.near(full[key], [old[key]] if key in old else ()) or high - low >= RULE.width  # type: ignore[index]
