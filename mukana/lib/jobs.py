"""Jobs that time asks for: an app's `jobs.py` registers plain functions, the worker runs those that are due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

from mukana.lib.moments import as_local, at_wall

Function = Callable[[datetime], str | None]
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Job:
    """One registered function: run every `seconds`, or daily at a Finnish wall time ("03.10").

    `name` is "app.function"; `title` what staff call it.  `per_node`: each machine does it for itself (its own
    index), instead of one machine for the whole site.
    """

    name: str
    title: str
    run: Function
    seconds: int = 0
    at: str = ""
    per_node: bool = False


_jobs: dict[str, Job] = {}


def every(*, seconds: int, title: str = "", per_node: bool = False) -> Callable[[Function], Function]:
    """Register a function that is run again and again, `seconds` after it began last.

    It gets the moment and gives a Finnish sentence of what was done, or None when there was nothing to do.
    """
    if seconds < 1:
        raise ValueError(seconds)
    return lambda function: _register(function, title, seconds=seconds, per_node=per_node)


def daily(*, at: str, title: str = "", per_node: bool = False) -> Callable[[Function], Function]:
    """Register a function that is run once a day after the Finnish wall time `at` ("03.10")."""
    _wall(at)
    return lambda function: _register(function, title, at=at, per_node=per_node)


def jobs() -> list[Job]:
    """Every registered job, in the order of registering."""
    return list(_jobs.values())


def last_due(job: Job, now: datetime) -> datetime:
    """The latest moment at or before `now` when the daily job ought to begin."""
    local = as_local(now)
    today = at_wall(local.date(), _wall(job.at).time())
    return today if today <= now else at_wall(local.date() - timedelta(days=1), _wall(job.at).time())


def is_due(job: Job, begun: datetime | None, now: datetime) -> bool:
    """Whether the job, begun last at `begun` (None: never), ought to begin now."""
    if begun is None:
        return True
    if job.at:
        return begun < last_due(job, now)
    return begun + timedelta(seconds=job.seconds) <= now or begun > now  # a clock that was set back holds nothing up


def pause_after(failures: int) -> timedelta:
    """How long a job that failed so many times in a row waits: a minute, doubling, at most six hours."""
    doublings = min(max(failures - 1, 0), 16)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def _register(function: Function, title: str, *, seconds: int = 0, at: str = "", per_node: bool = False) -> Function:
    app = function.__module__.removesuffix(".jobs").rpartition(".")[2]
    name = f"{app}.{function.__name__}"
    _jobs[name] = Job(name, title or name, function, seconds, at, per_node)
    return function


def _wall(at: str) -> datetime:
    """Raises ValueError when it is no time of day."""
    return datetime.strptime(at, "%H.%M")  # noqa: DTZ007  # a time of day, no moment


_stopping = Event()


def ask_to_stop() -> None:
    """The worker is to end soon: long jobs leave off at the next good place."""
    _stopping.set()


def stopping(wait_seconds: float = 0.0) -> bool:
    """Whether the worker is to end; waits for the word at most so many seconds."""
    return _stopping.wait(wait_seconds)
