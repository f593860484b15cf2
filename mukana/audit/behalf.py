"""On whose behalf the present deed is done: set for the length of a request, read where traces are made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("on_behalf_of", default="")


def current() -> str:
    """A type and an id ("organisations.Organisation:0192…"), "" when one acts for oneself."""
    return _current.get()


@contextmanager
def on_behalf_of(thing: str) -> Iterator[None]:
    """Traces made inside are made on behalf of `thing`."""
    token = _current.set(thing)
    try:
        yield
    finally:
        _current.reset(token)
