"""Values out of the events of a JSON parser: the items of an array or a page, never all at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

ENVELOPE_KEYS = frozenset({"data", "itemList", "items", "contents", "results", "features", "rows", "@graph"})
MAX_DEPTH = 200
Events = Iterator[tuple[str, Any]]  # as ijson gives: ("map_key", "name"), ("string", "x"), ("end_map", None) …


def values(events: Events) -> Iterator[Any]:
    """The rows of a document; usually it has one value, which is an array, a page or an object."""
    for event, value in events:
        if event == "start_array":
            yield from _items(events)
        elif event == "start_map":
            yield from _page_or_object(events)
        else:
            yield value


def _items(events: Events) -> Iterator[Any]:
    """The items of an array whose beginning has been read, one by one."""
    builder = Builder()
    for event, value in events:
        if event == "end_array" and not builder.open:
            return
        if builder.take(event, value):
            yield builder.value


def _page_or_object(events: Events) -> Iterator[Any]:
    """The rows under a page's key, or the object itself when it has no such key."""
    builder = Builder()
    builder.take("start_map", None)
    is_page = False
    for event, value in events:
        if event == "start_array" and len(builder.open) == 1 and builder.keys[0] in ENVELOPE_KEYS:
            is_page = True
            yield from _items(events)
        elif builder.take(event, value):
            if not is_page:
                yield builder.value
            return


class Builder:
    """Puts one value together of a parser's events.

    The parser's own builder keeps the whole path of every level: a hundred kilobytes of
    nested brackets made it take all the memory.  Here the depth has a limit.
    """

    def __init__(self) -> None:
        self.open: list[Any] = []  # the containers we are inside of
        self.keys: list[str] = []  # the latest key of each
        self.value: Any = None

    def take(self, event: str, value: Any) -> bool:
        """Whether the value is whole now.  ValueError when it is nested too deep."""
        if event == "map_key":
            self.keys[-1] = value
            return False
        if event in ("start_map", "start_array"):
            self._open({} if event == "start_map" else [])
            return False
        if event in ("end_map", "end_array"):
            self.value = self.open.pop()
            self.keys.pop()
        else:
            self._put(value)
        return not self.open

    def _open(self, container: Any) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise ValueError(f"nested over {MAX_DEPTH} deep")
        self._put(container)
        self.open.append(container)
        self.keys.append("")

    def _put(self, value: Any) -> None:
        if not self.open:
            self.value = value
        elif isinstance(self.open[-1], dict):
            self.open[-1][self.keys[-1]] = value
        else:
            self.open[-1].append(value)
