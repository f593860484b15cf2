from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from mukana.lib.ladders import CAME, LEFT, Ends, Ladder, Ladders, across, chain, ladders
from mukana.lib.suppression import ALL, RULE, bounds

STAGES = ("agreed", "reached", "came")
SCENARIO = {"offered": 20, "agreed": 10, "reached": 10, "placed": 15, "first": 15, "fourth": 30}

ends = st.fixed_dictionaries({stage: st.integers(0, 12) for stage in STAGES})
few = st.fixed_dictionaries({stage: st.integers(0, 3) for stage in STAGES})


def summed(*groups: Ends) -> dict[str, int]:
    return {stage: sum(group[stage] for group in groups) for stage in STAGES}


def told(ladder: Ladder, group: str) -> dict[Hashable, int | None]:
    came = {(CAME, group, stage): count for stage, count in ladder.came.items()}
    return came | {(LEFT, group, stage): count for stage, count in ladder.left.items()}


def small(counts: Mapping[Hashable, int], key: Hashable) -> bool:
    """Must it not be known?  Zero may be, of ten or more, and where it is told that nobody at all did."""
    assert isinstance(key, tuple)  # a ladder's keys
    what, group, stage = key
    if group != ALL and counts.get((what, ALL, stage)) == 0 and not small(counts, (what, ALL, stage)):
        return False
    return RULE.small(counts[key], counts[CAME, group, stage if what == LEFT else STAGES[0]])


def test_nobody_left_is_told_of_ten_or_more() -> None:
    assert ladders(STAGES, {"agreed": 0, "reached": 0, "came": 10}, {}).whole.left == {"agreed": 0, "reached": 0}
    assert None in ladders(STAGES, {"agreed": 0, "reached": 0, "came": 9}, {}).whole.left.values()


def test_a_large_cohort_is_told_as_it_is() -> None:
    whole = ladders(tuple(SCENARIO), SCENARIO, {}).whole
    assert whole.came == {"offered": 100, "agreed": 80, "reached": 70, "placed": 60, "first": 45, "fourth": 30}
    assert whole.left == {"offered": 20, "agreed": 10, "reached": 10, "placed": 15, "first": 15}


def test_stages_that_differ_by_a_few_are_not_both_told() -> None:
    shown = ladders(STAGES, {"agreed": 2, "reached": 10, "came": 20}, {})
    assert shown.whole.left["agreed"] is None
    assert None in (shown.whole.came["agreed"], shown.whole.came["reached"])
    assert shown.hidden >= 3


def test_a_small_group_is_not_the_difference_of_the_whole_and_the_others() -> None:
    small, middle, large = ({"agreed": 1, "reached": 1, "came": 1}, dict.fromkeys(STAGES, 9), dict.fromkeys(STAGES, 40))
    shown = ladders(STAGES, summed(small, middle, large), {"area": {"a": small, "b": middle, "c": large}})
    assert set(shown.by["area"]["a"].came.values()) == {None}
    assert None in shown.by["area"]["b"].came.values()
    assert shown.by["area"]["c"].came["came"] == 40


def test_groups_may_begin_at_a_later_stage_than_the_whole() -> None:
    with_one, without = {"reached": 10, "came": 20}, {"reached": 10, "came": 40}
    shown = ladders(STAGES, {"agreed": 20, "reached": 20, "came": 60}, {"companion": {"yes": with_one, "no": without}})
    assert shown.by["companion"]["yes"].came == {"reached": 30, "came": 20}
    assert shown.whole.came["agreed"] == 100


def test_a_breakdown_without_groups_is_empty() -> None:
    assert ladders(STAGES, {"came": 9}, {"area": {}}).by == {"area": {}}


@settings(max_examples=60, deadline=None)
@given(st.lists(ends, min_size=1, max_size=4), st.integers(0, 40))
def test_of_no_small_count_can_the_bounds_be_narrowed(groups: list[Ends], more: int) -> None:
    named = {f"g{number}": group for number, group in enumerate(groups)}
    whole = summed(*groups)
    shown = ladders(STAGES, whole, {"area": named})
    counts, sums = chain(ALL, STAGES, whole)
    figures = told(shown.whole, ALL)
    for group, its in named.items():
        its_counts, its_sums = chain(group, STAGES, its)
        counts |= its_counts
        sums += its_sums
        figures |= told(shown.by["area"][group], group)
    sums += across(STAGES, list(named))
    for key, count in figures.items():
        assert count is None or (count == counts[key] and not small(counts, key))
    gone = [key for key, count in figures.items() if count is None]
    for key, (low, high) in bounds(counts, sums, gone, 20).items():
        assert not small(counts, key) or high - low >= RULE.width


@settings(max_examples=12, deadline=None)
@given(st.lists(few, min_size=4, max_size=4))
def test_two_breakdowns_together_tell_no_more_than_each_alone(parts: list[Ends]) -> None:
    """Tried out: every whole and every way to part it twice that agrees with what is shown."""
    by = {"area": {"a": summed(parts[0], parts[1]), "b": summed(parts[2], parts[3])},
          "companion": {"c": summed(parts[0], parts[2]), "d": summed(parts[1], parts[3])}}  # fmt: skip
    whole = summed(*parts)
    shown = ladders(STAGES, whole, by)
    seen: dict[Hashable, set[int]] = {}
    for world in _wholes(shown, sum(whole.values())):
        ways = {name: list(_partings(shown, name, world)) for name in by}
        if not all(ways.values()):
            continue
        for counts in (chain(ALL, STAGES, world)[0], *(way for found in ways.values() for way in found)):
            for key, count in counts.items():
                seen.setdefault(key, set()).add(count)
    for key, values in seen.items():
        assert isinstance(key, tuple)  # a ladder's keys
        _, group, _ = key
        its = whole if group == ALL else next(groups[group] for groups in by.values() if group in groups)
        if small(chain(group, STAGES, its)[0] | chain(ALL, STAGES, whole)[0], key):
            assert max(values) - min(values) >= RULE.width


def _agrees(ladder: Ladder, counts: Mapping[Hashable, int], group: str) -> bool:
    return all(count is None or counts[key] == count for key, count in told(ladder, group).items())


def _wholes(shown: Ladders, total: int) -> Iterator[dict[str, int]]:
    most = range(total + RULE.width + 1)
    for agreed in most:
        for reached in most:
            for came in most:
                world = {"agreed": agreed, "reached": reached, "came": came}
                if agreed + reached + came < len(most) and _agrees(shown.whole, chain(ALL, STAGES, world)[0], ALL):
                    yield world


def _partings(shown: Ladders, name: str, world: Ends) -> Iterator[dict[Hashable, int]]:
    (first, one), (second, other) = shown.by[name].items()
    for agreed in range(world["agreed"] + 1):
        for reached in range(world["reached"] + 1):
            for came in range(world["came"] + 1):
                mine = {"agreed": agreed, "reached": reached, "came": came}
                counts = chain(first, STAGES, mine)[0]
                rest = chain(second, STAGES, {stage: world[stage] - mine[stage] for stage in STAGES})[0]
                if _agrees(one, counts, first) and _agrees(other, rest, second):
                    yield counts | rest
