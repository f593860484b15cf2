"""The dates of an entry as a calendar file that phones accept."""

from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from mukana.directory.models import Occurrence
from mukana.directory.queries.entry import EntryPage
from mukana.lib.moments import all_day_span, as_local

STATUSES = {"cancelled": "CANCELLED", "postponed": "CANCELLED"}


def calendar_of(page: EntryPage, address: str, now: datetime) -> bytes:
    """An iCalendar document (RFC 5545) of the dates shown; a cancelled one stays, marked so."""
    calendar = Calendar()
    calendar.add("prodid", "-//Mukana//FI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for occurrence in page.dates:
        calendar.add_component(_event(page, occurrence, address, now))
    return bytes(calendar.to_ical())


def _event(page: EntryPage, occurrence: Occurrence, address: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{occurrence.pk}@mukana")
    event.add("dtstamp", now)
    event.add("summary", str(page.entry))
    event.add("url", address)
    event.add("status", STATUSES.get(occurrence.status, "CONFIRMED"))
    if occurrence.all_day:
        first, last = all_day_span(occurrence.starts_at, occurrence.ends_at)
        event.add("dtstart", first)
        event.add("dtend", last + timedelta(days=1))
    else:
        event.add("dtstart", as_local(occurrence.starts_at))
        if occurrence.ends_at:
            event.add("dtend", as_local(occurrence.ends_at))
    place = occurrence.place or page.place
    if place is not None:
        event.add("location", ", ".join(part for part in (str(place), place.address, place.city) if part))
    return event
