"""Gravity's graph: the statuses of a referral's Task and how it may go from one to another."""

from __future__ import annotations

from collections import deque
from functools import cache

REQUESTED, ACCEPTED, REJECTED, CANCELLED = "requested", "accepted", "rejected", "cancelled"
IN_PROGRESS, ON_HOLD, FAILED, COMPLETED = "in-progress", "on-hold", "failed", "completed"

EDGES = frozenset(
    {
        (REQUESTED, ACCEPTED), (REQUESTED, REJECTED), (REQUESTED, CANCELLED),
        (ACCEPTED, IN_PROGRESS), (ACCEPTED, ON_HOLD), (ACCEPTED, CANCELLED), (ACCEPTED, COMPLETED), (ACCEPTED, FAILED),
        (IN_PROGRESS, ON_HOLD), (IN_PROGRESS, CANCELLED), (IN_PROGRESS, COMPLETED), (IN_PROGRESS, FAILED),
        (ON_HOLD, IN_PROGRESS), (ON_HOLD, CANCELLED), (ON_HOLD, COMPLETED), (ON_HOLD, FAILED),
    }
)  # fmt: skip
OPEN = frozenset({REQUESTED, ACCEPTED, IN_PROGRESS, ON_HOLD})
WITH_REASON = frozenset({REJECTED, ON_HOLD, FAILED, CANCELLED})  # these always tell why


@cache
def steps(current: str, wanted: str) -> tuple[str, ...]:
    """The statuses on the shortest allowed way from the current one to the wanted one, the wanted one last.

    "" is before the first.  Staying is one step.  Among open statuses without a way (nobody goes back from in-progress to
    accepted) the Task is in progress.  Raises ValueError out of a final one.
    """
    if not current:
        return (REQUESTED,) if wanted == REQUESTED else (REQUESTED, *steps(REQUESTED, wanted))
    if current == wanted:
        return (wanted,)
    if way := _shortest(current, wanted):
        return way
    if current in OPEN and wanted in OPEN:
        return steps(current, IN_PROGRESS)
    raise ValueError(f"no way from {current} to {wanted}")


def _shortest(current: str, wanted: str) -> tuple[str, ...]:
    waiting: deque[tuple[str, tuple[str, ...]]] = deque([(current, ())])
    seen = {current}
    while waiting:
        at, way = waiting.popleft()
        for source, target in sorted(EDGES):
            if source != at or target in seen:
                continue
            if target == wanted:
                return (*way, target)
            seen.add(target)
            waiting.append((target, (*way, target)))
    return ()
