"""What every request of the open data shares: refusals that say what to mend, and readers of its parameters.  Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mukana.lib.moments import FIRST_YEAR, LAST_YEAR, as_local, at_wall

Parameters = Mapping[str, Sequence[str]]  # every value of each parameter, in order

PAGE_SIZE = 20
LARGEST_PAGE = 100
LAST_PAGE = 1_000_000
MOST_VALUES = 300  # ids in one parameter
_LOST_PLUS = re.compile(r"(\d) (\d\d:?\d\d)$")  # "+02:00" whose plus the address turned into a blank
_DAY = timedelta(days=1)
_YES = {"true": True, "1": True, "false": False, "0": False}


class Refusal(Exception):
    """An answer other than data: `status` is the HTTP status, `sentence` tells what to do."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.code, self.sentence = status, code, sentence


class BadParameter(Refusal):
    """A parameter that cannot be read."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(400, "bad_parameter", f"{name}: {sentence}")


class NotFound(Refusal):
    """Nothing has this id, or the page is past the end."""

    def __init__(self, sentence: str) -> None:
        super().__init__(404, "not_found", sentence)


class Gone(Refusal):
    """It was here and has been withdrawn."""

    def __init__(self, sentence: str) -> None:
        super().__init__(410, "gone", sentence)


class Moved(Refusal):
    """Another stands for it now; `address` is where."""

    def __init__(self, address: str) -> None:
        super().__init__(301, "moved", "Another one stands for this. See the address in Location.")
        self.address = address


@dataclass(frozen=True, slots=True)
class Slice:
    """Which page of a list, from 1, and how many on a page."""

    page: int = 1
    size: int = PAGE_SIZE

    @property
    def offset(self) -> int:
        """How many rows stand before the page."""
        return (self.page - 1) * self.size


FIRST_PAGE = Slice()


def slice_of(given: Parameters) -> Slice:
    """The page asked for; a size above 100 is read as 100.  Raises BadParameter."""
    page = whole_number(given, "page", 1)
    if page > LAST_PAGE:
        raise BadParameter("page", f"give a page from 1 to {LAST_PAGE}.")
    return Slice(page, min(whole_number(given, "page_size", PAGE_SIZE), LARGEST_PAGE))


def moment(given: Parameters, name: str, now: datetime, *, at_end: bool = False) -> datetime | None:
    """A date, a moment, "today" or "now"; `at_end` reads a date as its last instant.

    Dates and moments without an offset are Finnish.  "now" is the minute that runs, so that the
    pages of a list belong together.  Raises BadParameter.
    """
    words = _LOST_PLUS.sub(r"\1+\2", last(given, name))
    if not words:
        return None
    if words == "now":
        return now.replace(second=0, microsecond=0)
    try:
        return _whole_day(now.date(), at_end) if words == "today" else _read(words, at_end)
    except ValueError as error:
        raise BadParameter(name, 'give a date "2026-11-22", a moment "2026-11-22T10:00:00Z", "today" or "now".') from error


def refuse_null(given: Parameters) -> None:
    """No parameter may hold the null character, which databases do not take.  Raises BadParameter."""
    for name, values in given.items():
        if any("\x00" in value for value in values):
            raise BadParameter(name.replace("\x00", ""), "the null character cannot be searched for.")


def _read(words: str, at_end: bool) -> datetime:
    if len(words) <= 10:
        return _whole_day(date.fromisoformat(words), at_end)
    return _in_range(datetime.fromisoformat(words))


def _whole_day(day: date, at_end: bool) -> datetime:
    start = _in_range(datetime.combine(day, time()))
    return at_wall(start.date() + _DAY, time()) - timedelta(microseconds=1) if at_end else start


def _in_range(found: datetime) -> datetime:
    if not FIRST_YEAR <= found.year < LAST_YEAR:
        raise ValueError(found.year)
    return as_local(found)


def whole_number(given: Parameters, name: str, default: int) -> int:
    words = last(given, name)
    if not words:
        return default
    if not (words.isascii() and words.isdigit() and len(words) <= 9 and int(words) > 0):
        raise BadParameter(name, "give a whole number from 1 up.")
    return int(words)


def flag(given: Parameters, name: str) -> bool | None:
    value = last(given, name).lower()
    if value and value not in _YES:
        raise BadParameter(name, "give true or false.")
    return _YES[value] if value else None


def several(given: Parameters, name: str) -> tuple[str, ...]:
    """Values of a parameter, repeated or parted by commas, each once."""
    values = (part.strip() for value in given.get(name, ()) for part in value.split(","))
    found = tuple(dict.fromkeys(filter(None, values)))
    if len(found) > MOST_VALUES:
        raise BadParameter(name, f"give at most {MOST_VALUES} values.")
    return found


def last(given: Parameters, name: str) -> str:
    values = given.get(name, ())
    return values[-1].strip() if values else ""
