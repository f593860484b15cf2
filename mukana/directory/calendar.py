"""The dates of an entry as a calendar file that phones accept."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from mukana.directory.models import Occurrence, Place
from mukana.directory.queries.entry import EntryPage
from mukana.formats.ical import CalendarEvent, calendar, uid


def calendar_of(page: EntryPage, address: str) -> bytes:
    """An iCalendar document (RFC 5545) of the dates shown; a cancelled one stays, marked so."""
    events = [_event(page, occurrence, address) for occurrence in page.dates]
    return calendar(str(page.entry), events, url=address)


def _event(page: EntryPage, occurrence: Occurrence, address: str) -> CalendarEvent:
    place = occurrence.place or page.place
    return CalendarEvent(
        uid=uid(occurrence.pk, urlsplit(address).hostname or "mukana"),
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        all_day=occurrence.all_day,
        status=occurrence.status,
        summary=_("Peruttu: %(name)s") % {"name": page.entry} if occurrence.status == "cancelled" else str(page.entry),
        description=occurrence.reason.get("fi", ""),
        location=_where(place),
        url=address,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        modified_at=page.entry.updated_at,
    )


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    return ", ".join(part for part in (str(place), place.address, place.city) if part)
