"""All the events of one UID as one series with its dates.  Pure.

An event with a RECURRENCE-ID speaks of one date of the series: it is moved, cancelled,
or has another name or place.  A date is named by when it should have been, so it
keeps its id when it moves.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from mukana.directory.drafts import OccurrenceDraft
from mukana.importers.ical.lines import Properties, first_text, properties
from mukana.importers.ical.rules import Window, walls
from mukana.importers.ical.times import When, Zones, duration, read_time, read_times
from mukana.importers.saying import venue, without_cancelled
from mukana.importers.values import line
from mukana.lib.moments import looks_all_day

LONGEST = timedelta(days=400)  # an end later than this is a slip


@dataclass(frozen=True, slots=True)
class Event:
    """One VEVENT with its times read."""

    given: Properties
    start: When | None
    length: timedelta | None  # on the wall
    original: When | None = None  # RECURRENCE-ID
    onwards: bool = False  # speaks of all later dates too

    @property
    def name(self) -> str:
        """The title without a word that says it is cancelled."""
        return without_cancelled(line(first_text(self.given, "SUMMARY")))[0]

    @property
    def cancelled(self) -> bool:
        """By its status, or by the first word of its title."""
        told = first_text(self.given, "STATUS").strip().upper() == "CANCELLED"
        return told or without_cancelled(line(first_text(self.given, "SUMMARY")))[1]


@dataclass(frozen=True, slots=True)
class Series:
    """The event itself (or, without one, the first that speaks of its dates) and the others."""

    main: Event
    more: list[Event] = field(default_factory=list)  # further dates under the same UID
    overrides: list[Event] = field(default_factory=list)
    bare: bool = False  # the event itself is missing


def read_event(text: str, zones: Zones) -> Event:
    """One VEVENT."""
    given = properties(text)
    start = read_time(_first(given, "DTSTART"), zones)
    original = _first(given, "RECURRENCE-ID")
    return Event(
        given,
        start,
        _length(given, start, zones) if start else None,
        read_time(original, zones, start) if original else None,
        bool(original and original.params.get("RANGE", "").upper() == "THISANDFUTURE"),
    )


def series_of(events: list[Event]) -> Series | None:
    """The events of one UID; None when none of them has a time.

    Of several with the same name the newest revision counts, and all of them when none is newer.
    """
    overrides = [one for one in events if one.original is not None]
    own = [one for one in events if one.original is None and one.start is not None]
    newest = max((_revision(one) for one in own), default=0)
    own = [one for one in own if _revision(one) == newest]
    if own:
        return Series(own[-1], own[:-1], overrides)
    timed = [one for one in overrides if one.start is not None]
    return Series(timed[0], [], overrides, bare=True) if timed else None


def dates(row_id: str, series: Series, zones: Zones, window: Window) -> tuple[OccurrenceDraft, ...]:
    """The dates of a series in order.  Raises RuleError."""
    found: dict[datetime, OccurrenceDraft] = {}
    for event in [] if series.bare else [*series.more, series.main]:
        for wall in _walls(event, zones, window):
            found |= _date(row_id, event, wall, series)
    for override in (one for one in series.overrides if one.onwards):
        _shift(row_id, found, override, series)
    for override in (one for one in series.overrides if not one.onwards):
        _override(row_id, found, override, series)
    return tuple(sorted(found.values(), key=lambda one: (one.starts_at, one.row_id)))


def is_private(series: Series) -> bool:
    """Has the calendar's owner kept the event to themselves?"""
    return first_text(series.main.given, "CLASS").strip().upper() in ("PRIVATE", "CONFIDENTIAL")


def repeats(series: Series) -> bool:
    """Does the series have a rule?"""
    return "RRULE" in series.main.given


def _walls(event: Event, zones: Zones, window: Window) -> list[When]:
    """When the event takes place, before anybody has spoken of single dates."""
    start = event.start
    if start is None:
        return []
    rules = event.given.get("RRULE", [])
    found = [start.at(wall) for rule in rules for wall in walls(start, rule.value, zones, window)] if rules else [start]
    for prop in event.given.get("RDATE", []):
        found += [start.at(one.wall_in(start)) for one in read_times(prop, zones, start)]
    left_out = [one for prop in event.given.get("EXDATE", []) for one in read_times(prop, zones, start)]
    moments = {_instant(one) for one in left_out if not one.whole_day}
    days = {one.wall.date() for one in left_out if one.whole_day or start.whole_day}
    return [one for one in found if _instant(one) not in moments and one.wall.date() not in days]


def _date(row_id: str, event: Event, when: When, series: Series, original: When | None = None) -> dict[datetime, OccurrenceDraft]:
    """The date of an event at a wall clock, by the instant that names it."""
    named = _instant(original or when)
    starts_at = when.moment
    end = when.at(when.wall + event.length).moment if event.length else None
    if end is not None and end <= starts_at:
        end = None
    moved = original is not None and _instant(original) != _instant(when)
    status = "cancelled" if event.cancelled else "rescheduled" if moved else "scheduled"
    single = not repeats(series) and not series.more and original is None and "RDATE" not in event.given
    return {
        named: OccurrenceDraft(
            starts_at=starts_at,
            ends_at=end,
            all_day=when.whole_day or (end is not None and looks_all_day(starts_at, end)),
            status=status,
            row_id=row_id if single else f"{row_id[:180]}|{named:%Y%m%dT%H%M%S}",
            place=venue(first_text(event.given, "LOCATION")).row_id,
            facts=_facts(event, series),
        )
    }


def _facts(event: Event, series: Series) -> dict[str, Any]:
    return {"name": event.name} if event.name and event.name != series.main.name else {}


def _override(row_id: str, found: dict[datetime, OccurrenceDraft], override: Event, series: Series) -> None:
    original = _standing(found, override)
    if original is None:
        return
    when = override.start or original
    found.pop(_instant(original), None)
    found |= _date(row_id, override, when, series, original)


def _standing(found: dict[datetime, OccurrenceDraft], override: Event) -> When | None:
    """The date an override speaks of; one told as a day means the date of that day."""
    original = override.original
    if original is None or not original.whole_day or _instant(original) in found:
        return original
    day = original.wall.date()
    moment = next((one for one, draft in found.items() if draft.starts_at.date() == day), None)
    return When(moment.replace(tzinfo=None), UTC) if moment else original


def _shift(row_id: str, found: dict[datetime, OccurrenceDraft], override: Event, series: Series) -> None:
    """This date and all later ones move as much as this one does."""
    if override.original is None:
        return
    start = override.start or override.original
    by = start.wall - override.original.wall_in(start)
    first = _instant(override.original)
    for named in [one for one in found if one >= first]:
        was = start.at(When(named.replace(tzinfo=None), UTC).wall_in(replace(start, whole_day=False)))
        found |= _date(row_id, override, was.at(was.wall + by), series, When(named.replace(tzinfo=None), UTC))


def _instant(when: When) -> datetime:
    return when.moment.astimezone(UTC)


def _length(given: Properties, start: When, zones: Zones) -> timedelta | None:
    """How long it lasts on the wall; None for an end that is missing, at the start, before it or absurdly late."""
    end = read_time(_first(given, "DTEND"), zones, start)
    length = end.wall_in(start) - start.wall if end else duration(first_text(given, "DURATION"))
    if length is None or not timedelta() < length <= LONGEST:
        return None
    return None if start.whole_day and length <= timedelta(days=1) else length


def _first(given: Properties, name: str) -> Any:
    return given[name][0] if name in given else None


def _revision(event: Event) -> int:
    told = first_text(event.given, "SEQUENCE").strip()
    return int(told[:9]) if told.isdigit() else 0
