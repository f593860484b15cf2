"""A list of functions that want to hear of something: a lower app tells, upper apps listen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Event = TypeVar("Event")


class Listeners(Generic[Event]):
    """Functions told one after another, in the teller's transaction; what one of them raises undoes it all."""

    def __init__(self) -> None:
        self._functions: list[Callable[[Event], object]] = []

    def listen(self, function: Callable[[Event], object]) -> Callable[[Event], object]:
        """Hear of every event from now on; the same function only once.  Usable as a decorator."""
        if function not in self._functions:
            self._functions.append(function)
        return function

    def forget(self, function: Callable[[Event], object]) -> None:
        """Hear no more."""
        self._functions.remove(function)

    def tell(self, event: Event) -> int:
        """Tell everybody; gives how many heard."""
        for function in self._functions:
            function(event)
        return len(self._functions)
