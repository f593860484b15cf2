"""I/O: a deed is one transaction; a deed within a deed is part of it, and an error of either undoes both.

Unlike nested `transaction.atomic`, nothing can be undone of a part alone, so no savepoint is set for it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

Told = ParamSpec("Told")
Done = TypeVar("Done")
_within: ContextVar[bool] = ContextVar("within_a_deed", default=False)


def whole(deed: Callable[Told, Done]) -> Callable[Told, Done]:
    """Wrap a function that does one thing wholly or not at all."""

    @wraps(deed)
    def done(*args: Told.args, **kwargs: Told.kwargs) -> Done:
        if _within.get():
            return deed(*args, **kwargs)
        with transaction.atomic():
            token = _within.set(True)
            try:
                return deed(*args, **kwargs)
            finally:
                _within.reset(token)  # before what waits for the commit is done, which is no part of the deed

    return done
