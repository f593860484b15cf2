"""A page of any list: its count, remembered while nothing changes, and the addresses beside it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings

from mukana.api.reading import NotFound, Parameters, Slice
from mukana.api.remembering import UntilChange
from mukana.formats.linkedevents import page_bytes

KEPT_COUNTS = 500


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a list and how many there are in all."""

    count: int
    items: Sequence[bytes]


class Counts:
    """Counts remembered in one process until the change feed moves."""

    def __init__(self) -> None:
        self._kept: UntilChange[Hashable, int] = UntilChange(KEPT_COUNTS)

    def of(self, key: Hashable, count: Callable[[], int]) -> int:
        """The count under the key, made when it is not known."""
        known = self._kept.held()
        if key not in known:
            known[key] = count()
        return known[key]

    def forget(self) -> None:
        """Drop everything (for tests, whose databases go back in time)."""
        self._kept.forget()


counts = Counts()


def page(found: Found, wanted: Slice, path: str, given: Parameters) -> bytes:
    """The envelope with the addresses of the pages beside this one.  Raises NotFound past the last page."""
    if wanted.page > 1 and wanted.offset >= found.count:
        raise NotFound("This page is past the end of the list.")
    more = wanted.offset + wanted.size < found.count
    following = _address(path, given, wanted.page + 1) if more else None
    previous = _address(path, given, wanted.page - 1) if wanted.page > 1 else None
    return page_bytes(found.items, found.count, following, previous)


def _address(path: str, given: Parameters, number: int) -> str:
    kept = [(name, value) for name, values in given.items() if name != "page" for value in values]
    pairs = kept if number == 1 else [*kept, ("page", str(number))]
    return f"{settings.BASE_URL}{path}{'?' if pairs else ''}{urlencode(pairs)}"
