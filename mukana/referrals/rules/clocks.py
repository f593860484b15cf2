"""Working-day clocks: when something is due, and what the clock does before and after.

A working day is Monday to Friday without holidays and eves.  "n working days" is due at 16.00 on the n-th working day
after.  Urgent halves, rounding up; nothing is due before the same day's end.  The clock reminds, tells, escalates,
recalls and wakes; it never closes a case and never declines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from mukana.lib.holidays import add_working_days
from mukana.lib.moments import as_local, at_wall

END_OF_DAY = time(16)
REPEAT_WD = 5  # when every step has been taken, the owner is reminded this often

REMIND, TELL, ESCALATE, ERRAND, RECALL, LAPSE, WAKE, RESUME = (
    "remind", "tell", "escalate", "errand", "recall", "lapse", "wake", "resume",
)  # fmt: skip
ACTS = (REMIND, TELL, ESCALATE, ERRAND, RECALL, LAPSE, WAKE, RESUME)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many working days (or calendar days); `urgent` is said where it is not simply half."""

    amount: int
    unit: str = "wd"
    urgent: int | None = None

    def of(self, hurry: bool) -> int:
        """The days for an ordinary or an urgent case."""
        if not hurry or self.amount <= 0:
            return self.amount
        return self.urgent if self.urgent is not None else -(-self.amount // 2)


@dataclass(frozen=True, slots=True)
class Step:
    """What the clock does when `after` has passed; `to` is a queue (tell, escalate) or an errand."""

    after: Limit
    act: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Watch:
    """Whose turn a state is, until when, and what the clock does meanwhile."""

    owner: str
    limit: Limit
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Next:
    """The next thing the clock does to an object, and when."""

    step: Step
    at: datetime


def wd(amount: int, urgent: int | None = None) -> Limit:
    """So many working days."""
    return Limit(amount, "wd", urgent)


def days(amount: int) -> Limit:
    """So many calendar days."""
    return Limit(amount, "days")


def due(since: datetime, limit: Limit, *, urgent: bool = False) -> datetime:
    """16.00 on the last day of the limit; with a negative limit so many working days before.

    A limit in calendar days that ends on a day off goes on to the next working day.
    """
    start = as_local(since).date()
    amount = limit.of(urgent)
    end = add_working_days(start, amount) if limit.unit == "wd" else add_working_days(start + timedelta(days=amount), 0)
    return _end_of(end)


def due_on(day: date) -> datetime:
    """16.00 on that day, or on the next working day."""
    return _end_of(add_working_days(day, 0))


@lru_cache(maxsize=4_096)
def _end_of(day: date) -> datetime:
    return at_wall(day, END_OF_DAY)


def next_step(watch: Watch, since: datetime, done: int, *, urgent: bool = False) -> Next:
    """The step after the `done` first ones; when all are done, a reminder every five working days.

    Steps come in the table's order, also where days off would turn calendar days and working days round.
    """
    taken = watch.steps[: done + 1]
    at = max((due(since, step.after, urgent=urgent) for step in taken), default=due(since, watch.limit, urgent=urgent))
    if done < len(watch.steps):
        return Next(watch.steps[done], at)
    later = done - len(watch.steps) + 1
    return Next(Step(wd(0), REMIND), due(at, wd(REPEAT_WD * later)))
