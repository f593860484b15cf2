"""When an organiser is asked, reminded and rung."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mukana.directory.freshness import FRESH

PAUSE = timedelta(weeks=3)  # between a request, its reminder and the call
LATELY = timedelta(days=7)  # within which nobody is asked again without saying so
VALID = timedelta(days=30)  # of a link
NONE, ASK, REMIND, WAIT, CALL = "none", "ask", "remind", "wait", "call"


@dataclass(frozen=True, slots=True)
class Step:
    """What is done next, and the day from which it is time."""

    what: str
    on: date | None = None


def next_step(state: str, asked: Sequence[date], today: date, *, reachable: bool = True) -> Step:
    """The next step for an entry; `asked` are the days of requests since it became due.

    Without an address or a number that works there is nothing to send: somebody has to find out by phone.
    """
    if state == FRESH:
        return Step(NONE)
    if not reachable:
        return Step(CALL, today)
    if not asked:
        return Step(ASK, today)
    ready = max(asked) + PAUSE
    if today < ready:
        return Step(WAIT, ready)
    return Step(REMIND if len(asked) == 1 else CALL, ready)
