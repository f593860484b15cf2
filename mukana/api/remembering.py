"""What one process remembers until anything in the directory changes."""

from __future__ import annotations

from typing import Generic, TypeVar

from mukana.api import sql

Key = TypeVar("Key")
Value = TypeVar("Value")


class UntilChange(Generic[Key, Value]):
    """A bounded memory that is empty again when the change feed has moved."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._position = -1
        self._known: dict[Key, Value] = {}

    def held(self) -> dict[Key, Value]:
        """What holds at this moment; what is put into it is remembered.  Read it before what goes into it."""
        position = sql.feed_position()
        if position != self._position or len(self._known) > self._most:
            self._position, self._known = position, {}
        return self._known

    def forget(self) -> None:
        """Drop everything (for tests, whose databases go back in time)."""
        self._position, self._known = -1, {}
