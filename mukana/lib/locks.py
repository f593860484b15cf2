"""I/O: locks between processes of one machine, by name, held in a folder.

The operating system lets go of a lock when its process dies, so nothing stays locked.
"""

from __future__ import annotations

import fcntl
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAME = re.compile(r"[a-z0-9_.-]{1,80}")
_POLL_SECONDS = 0.05


class Locked(Exception):
    """Another process holds the lock; `holder` is its process id, 0 when not known."""

    def __init__(self, name: str, holder: int) -> None:
        super().__init__(f"{name} is held by process {holder or 'unknown'}")
        self.name = name
        self.holder = holder


@contextmanager
def named_lock(name: str, folder: Path, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the lock `name` (small letters, digits, `_.-`) while the block runs.

    Waits at most `wait_seconds`, then raises Locked.  The folder is made when missing;
    the file stays, since removing it would let two processes in.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a lock's name: {name!r}")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("a+", encoding="ascii") as file:
        _take(file.fileno(), name, time.monotonic() + wait_seconds)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield  # closing the file lets go


def _take(handle: int, name: str, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as busy:
            if time.monotonic() >= deadline:
                raise Locked(name, _holder(handle)) from busy
        time.sleep(_POLL_SECONDS)


def _holder(handle: int) -> int:
    digits = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
    return int(digits) if digits.isdigit() else 0
