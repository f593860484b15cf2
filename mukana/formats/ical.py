"""A calendar file (RFC 5545) of happenings, for phones and for other calendars.

Times are in UTC, so no time zone table is needed and every calendar shows its own
clock.  The file is the same for the same happenings: the stamp is when each was last
changed, not when the file was made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vGeo, vText

from mukana.lib.moments import all_day_span

PRODUCT = "-//Mukana//Hyvinvointitoiminta//FI"
_STATUS = {"scheduled": "CONFIRMED", "rescheduled": "CONFIRMED", "postponed": "TENTATIVE", "cancelled": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One happening.  `uid` must never change; `modified_at` tells calendars what is newer.

    `status` is scheduled, cancelled, postponed or rescheduled.  A cancelled happening
    should have its word in `summary` too ("Peruttu: …"): many phones hide the status.
    """

    uid: str
    starts_at: datetime
    summary: str
    modified_at: datetime
    ends_at: datetime | None = None
    all_day: bool = False
    status: str = "scheduled"
    description: str = ""
    location: str = ""
    url: str = ""
    lat: float | None = None
    lon: float | None = None
    categories: tuple[str, ...] = ()


def uid(occurrence_id: object, host: str) -> str:
    """The stable name of a happening in calendars, unique in the world."""
    return f"{occurrence_id}@{host}"


def calendar(name: str, events: Iterable[CalendarEvent], *, url: str = "", language: str = "fi") -> bytes:
    """The calendar as UTF-8 bytes with folded lines; events in the order given."""
    document = Calendar()
    document.add("prodid", PRODUCT)
    document.add("version", "2.0")
    document.add("calscale", "GREGORIAN")
    document.add("method", "PUBLISH")
    document.add("x-wr-calname", name)
    document.add("x-wr-timezone", "Europe/Helsinki")
    document.add("name", name, parameters={"LANGUAGE": language})
    document.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    if url:
        document.add("url", url)
    for event in events:
        document.add_component(_component(event))
    return bytes(document.to_ical())


def _component(event: CalendarEvent) -> Event:
    component = Event()
    component.add("uid", event.uid)
    component.add("dtstamp", event.modified_at.astimezone(UTC))
    component.add("last-modified", event.modified_at.astimezone(UTC))
    component.add("sequence", _sequence(event.modified_at))
    _add_times(component, event)
    component.add("summary", event.summary)
    component.add("status", _STATUS[event.status])
    for key in ("description", "location", "url"):
        if value := getattr(event, key):
            component.add(key, value)
    if event.categories:
        component.add("categories", [vText(word) for word in event.categories])
    if event.lat is not None and event.lon is not None:
        component.add("geo", vGeo((event.lat, event.lon)))
    return component


def _add_times(component: Event, event: CalendarEvent) -> None:
    if event.all_day:
        first, last = all_day_span(event.starts_at, event.ends_at)
        component.add("dtstart", first)
        component.add("dtend", last + timedelta(days=1))
        component.add("transp", "TRANSPARENT")
        return
    component.add("dtstart", event.starts_at.astimezone(UTC))
    if event.ends_at is not None and event.ends_at > event.starts_at:
        component.add("dtend", event.ends_at.astimezone(UTC))


def _sequence(modified_at: datetime) -> int:
    """A revision number that only grows: minutes since 2020."""
    return max(0, int((modified_at - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds() // 60))
