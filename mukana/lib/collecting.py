"""When the garbage collector looks around."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_RARELY = (200_000, 50, 50)


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """For long work that makes millions of objects without cycles: each look around passes all that is remembered.

    A quarter of an index build's time would go to it.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def settle() -> None:
    """What lives as long as the process is never looked through again.  Called once, when a process is ready to serve."""
    gc.collect()
    gc.freeze()
