"""How far a hidden count can move while every sum that people know stays true: bounds by flows in a network.

A count stands in at most two sums (its row and its column; its stage and the next one).  Turned so that it enters one
of them and leaves the other, counts are pipes and sums are joints where what comes in goes out.  Moving a count is then
a flow round a ring through counts that are hidden too, and the widest flow is the exact bound that linear programming
would give, in whole numbers (Cox: Network models for complementary cell suppression, JASA 90, 1995, 1453–1462).
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

OUTSIDE = -1  # the joint where counts end that stand in one sum only
_MOST = 1 << 40  # a hidden count has no upper bound of its own


class NoNetwork(Exception):
    """A count stands in three sums, or sums run into each other in a knot: ask table by table instead."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What readers know: the total is the sum of its parts."""

    total: Hashable
    parts: tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Pipe:
    """A count between two joints; growing, it flows from `start` to `end`."""

    key: Hashable
    start: int
    end: int


class Network:
    """The counts and sums of one publication."""

    def __init__(self, counts: Mapping[Hashable, int], sums: Sequence[Sum]) -> None:
        self.counts = counts
        self._pipes = _pipes(counts, sums)
        self._at: dict[int, list[tuple[Pipe, bool]]] = {}
        for pipe in self._pipes.values():
            self._at.setdefault(pipe.start, []).append((pipe, True))
            self._at.setdefault(pipe.end, []).append((pipe, False))

    def bounds(self, key: Hashable, hidden: Collection[Hashable], most: int = _MOST) -> tuple[int, int]:
        """The least and the greatest the count can be, for who knows every sum and all counts but the hidden ones.

        The search stops `most` above and below the count.
        """
        costs = dict.fromkeys(hidden, 0)
        down, _ = self._widest(key, costs, min(most, self.counts[key]), grow=False)
        up, _ = self._widest(key, costs, most, grow=True)
        return self.counts[key] - down, self.counts[key] + up

    def cover(self, key: Hashable, costs: Mapping[Hashable, int], need: int, *, grow: bool) -> tuple[int, set[Hashable]]:
        """How far it can move, up to `need`, when any count with a cost may be hidden; and the cheapest ones for it."""
        return self._widest(key, costs, need, grow=grow)

    def _widest(self, key: Hashable, costs: Mapping[Hashable, int], need: int, *, grow: bool) -> tuple[int, set[Hashable]]:
        """Push flow back from where the count would lead, by the cheapest ring each time."""
        own = self._pipes[key]
        source, goal = (own.end, own.start) if grow else (own.start, own.end)
        if source == goal:  # it stands in no sum: nothing holds it
            return need, set()
        moved: dict[Hashable, int] = {}
        paid = dict(costs)
        used: set[Hashable] = set()
        flow = 0
        while flow < need and (ring := self._cheapest(own, source, goal, paid, moved)):
            width = min(need - flow, *(self._room(pipe, moved, forward=forward) for pipe, forward in ring))
            for pipe, forward in ring:
                moved[pipe.key] = moved.get(pipe.key, 0) + (width if forward else -width)
                used.add(pipe.key)
                paid[pipe.key] = 0
            flow += width
        return flow, used

    def _room(self, pipe: Pipe, moved: Mapping[Hashable, int], *, forward: bool) -> int:
        return _MOST if forward else self.counts[pipe.key] + moved.get(pipe.key, 0)

    def _cheapest(
        self, own: Pipe, source: int, goal: int, costs: Mapping[Hashable, int], moved: Mapping[Hashable, int]
    ) -> list[tuple[Pipe, bool]]:
        """The cheapest way from joint to joint through counts that may move; [] when there is none."""
        best = {source: 0}
        came: dict[int, tuple[Pipe, bool]] = {}
        queue = [(0, source)]
        while queue:
            cost, joint = heapq.heappop(queue)
            if joint == goal:
                return _way(came, source, goal)
            if cost > best[joint]:
                continue
            for pipe, forward in self._at.get(joint, ()):
                if pipe is own or pipe.key not in costs or self._room(pipe, moved, forward=forward) <= 0:
                    continue
                other, price = (pipe.end if forward else pipe.start), cost + costs[pipe.key]
                if price < best.get(other, _MOST):
                    best[other] = price
                    came[other] = (pipe, forward)
                    heapq.heappush(queue, (price, other))
        return []


def _way(came: Mapping[int, tuple[Pipe, bool]], source: int, goal: int) -> list[tuple[Pipe, bool]]:
    way = []
    joint = goal
    while joint != source:
        pipe, forward = came[joint]
        way.append((pipe, forward))
        joint = pipe.start if forward else pipe.end
    return way


def _pipes(counts: Mapping[Hashable, int], sums: Sequence[Sum]) -> dict[Hashable, Pipe]:
    stands: dict[Hashable, list[tuple[int, int]]] = {key: [] for key in counts}
    for number, one in enumerate(sums):
        if counts[one.total] != sum(counts[part] for part in one.parts):
            raise ValueError(f"{one.total!r} is not the sum of its parts")
        stands[one.total].append((number, 1))
        for part in one.parts:
            stands[part].append((number, -1))
    turned = _turned(len(sums), stands.values())
    return {key: _pipe(key, [(number, sign * turned[number]) for number, sign in places]) for key, places in stands.items()}


def _pipe(key: Hashable, places: list[tuple[int, int]]) -> Pipe:
    ends = {sign: number for number, sign in places}
    return Pipe(key, ends.get(1, OUTSIDE), ends.get(-1, OUTSIDE))


def _turned(sums: int, stands: Iterable[list[tuple[int, int]]]) -> list[int]:
    """Turn sums so that every count enters one and leaves another.  Raises NoNetwork."""
    beside = _beside(sums, stands)
    turned = [0] * sums
    for first in range(sums):
        if not turned[first]:
            turned[first] = 1
            _turn_from(first, beside, turned)
    return turned


def _turn_from(first: int, beside: Sequence[list[tuple[int, int]]], turned: list[int]) -> None:
    stack = [first]
    while stack:
        here = stack.pop()
        for other, ratio in beside[here]:
            if not turned[other]:
                turned[other] = turned[here] * ratio
                stack.append(other)
            elif turned[other] != turned[here] * ratio:
                raise NoNetwork


def _beside(sums: int, stands: Iterable[list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    """Which sums share a count, and whether both turn the same way (1) or not (-1)."""
    beside: list[list[tuple[int, int]]] = [[] for _ in range(sums)]
    for places in stands:
        if len(places) > 2:
            raise NoNetwork
        if len(places) == 2:
            (one, sign), (other, its_sign) = places
            beside[one].append((other, -sign * its_sign))
            beside[other].append((one, -sign * its_sign))
    return beside
