"""I/O: the same work on several cores, in processes that share what was made ready before.

A forked process begins with all its parent knows and sends back only what it found out, so
large tables are neither written nor read again, and its memory is given back at its end.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from django.db import connection, connections

Part = TypeVar("Part")
Result = TypeVar("Result")

MOST = 4  # processes: each needs memory of its own


class ForkFailed(Exception):
    """A process ended before it had done its part."""

    code = "fork_failed"


def cores() -> int:
    """Processes worth starting here: one where forking is not safe (threads, an open transaction, a database in memory)."""
    if sys.platform != "linux" or threading.active_count() > 1 or connection.in_atomic_block or in_memory():
        return 1
    return min(MOST, len(os.sched_getaffinity(0)))


def each_forked(work: Callable[[Part], Result], parts: Sequence[Part]) -> list[Result]:
    """`work` of each part, every part in a process of its own.  Raises ForkFailed.

    A connection to a database must not be used by two processes, so all are closed here and opened anew when needed.
    """
    connections.close_all()
    context = multiprocessing.get_context("fork")
    started = []
    for part in parts:
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_done, args=(work, part, there))
        process.start()
        there.close()
        started.append((process, here))
    results = [_received(here) for _, here in started]
    for process, _ in started:
        process.join()
    if not all(ok for ok, _ in results):
        raise ForkFailed
    return [result for _, result in results]


def _done(work: Callable[[Any], Any], part: Any, answer: Connection) -> None:
    """Runs in the new process; an error ends it with its traceback."""
    gc.disable()  # it ends before garbage matters
    try:
        answer.send(work(part))
    finally:
        connections.close_all()


def _received(answer: Connection) -> tuple[bool, Any]:
    try:
        return True, answer.recv()
    except EOFError:
        return False, None


def in_memory() -> bool:
    """Is the database in this process alone?"""
    name = str(connection.settings_dict["NAME"])
    return connection.vendor == "sqlite" and (":memory:" in name or "mode=memory" in name)
