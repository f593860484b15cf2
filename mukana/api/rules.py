"""What a request of the open data asks, read out of its address; refusals that say what to mend.  Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from mukana.api.more import More, more, ongoing_text
from mukana.api.reading import FIRST_PAGE, BadParameter, Parameters, Slice, flag, last, moment, refuse_null, several, slice_of

SORTS = ("start_time", "end_time", "last_modified_time", "name")
NEWEST_FIRST = "-last_modified_time"
INCLUDABLE = frozenset({"location", "keywords"})
TEXT = ("full_text", "text", "q")
NOTHING_MORE = More()


@dataclass(frozen=True, slots=True)
class EventQuestion:
    """Conditions of a list of events; those of different kinds must all hold."""

    slice: Slice = FIRST_PAGE
    include: frozenset[str] = frozenset()
    sort: str = NEWEST_FIRST
    text: str = ""
    start: datetime | None = None  # still going on then, or later
    end: datetime | None = None  # begun by then
    weekdays: tuple[int, ...] = ()  # 1 = Monday
    locations: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    super_event: str = ""
    free: bool | None = None
    modified_since: datetime | None = None
    more: More = NOTHING_MORE

    @property
    def conditions(self) -> EventQuestion:
        """Only what decides which events belong to the list."""
        return replace(self, slice=Slice(), include=frozenset(), sort=NEWEST_FIRST)


@dataclass(frozen=True, slots=True)
class NamedQuestion:
    """A list of places or keywords; `everything` takes those without events too."""

    slice: Slice = FIRST_PAGE
    text: str = ""
    everything: bool = False


def event_question(given: Parameters, now: datetime) -> EventQuestion:
    """What a list of events is asked.  Raises BadParameter; unknown parameters are passed over."""
    refuse_null(given)
    return EventQuestion(
        slice=slice_of(given),
        include=INCLUDABLE & set(several(given, "include")),
        sort=_sort(given),
        text=text_of(given) or ongoing_text(given),
        start=moment(given, "start", now),
        end=moment(given, "end", now, at_end=True),
        weekdays=_weekdays(given),
        locations=several(given, "location"),
        keywords=several(given, "keyword"),
        ids=several(given, "ids"),
        super_event="" if last(given, "super_event") == "none" else last(given, "super_event"),
        free=flag(given, "is_free"),
        modified_since=moment(given, "last_modified_since", now),
        more=more(given, now),
    )


def named_question(given: Parameters, everything: str) -> NamedQuestion:
    """What a list of places or keywords is asked; `everything` names the parameter for all of them."""
    refuse_null(given)
    return NamedQuestion(slice_of(given), text_of(given), bool(flag(given, everything)))


def included(given: Parameters) -> frozenset[str]:
    """What is wanted whole instead of as an address."""
    return INCLUDABLE & set(several(given, "include"))


def text_of(given: Parameters) -> str:
    """The words searched for, by any of their names."""
    return next((words for name in TEXT if (words := last(given, name))), "")


def _weekdays(given: Parameters) -> tuple[int, ...]:
    values = several(given, "weekday")
    if any(value not in "1234567" or len(value) != 1 for value in values):
        raise BadParameter("weekday", "give numbers from 1 (Monday) to 7 (Sunday), parted by commas.")
    return tuple(sorted({int(value) for value in values}))


def _sort(given: Parameters) -> str:
    value = last(given, "sort") or NEWEST_FIRST
    if value.removeprefix("-") not in SORTS:
        raise BadParameter("sort", f"give one of {', '.join(SORTS)}, with - before it for the other way round.")
    return value
