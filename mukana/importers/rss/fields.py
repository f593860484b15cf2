"""What an item of a feed says: when, where, in which words.  Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from mukana.importers.linkedevents.parts import VENUE
from mukana.importers.saying import Venue, public_prose, venue
from mukana.importers.values import line, point
from mukana.lib.moments import FIRST_YEAR, LAST_YEAR, as_local, at_wall, looks_all_day, parse_moment
from mukana.lib.saiddates import SaidDay, said_days

Fields = Mapping[str, Sequence[str]]
PUBLISHED = ("pubDate", "published", "dc:date", "dc:created", "updated", "issued", "dc:modified")
# Extensions of event calendars: the RSS event module, xCal, Modern Events Calendar, The Events Calendar and their like.
STARTS = ("ev:startdate", "x:dtstart", "x:startdate", "x:start_date", "x:eventstartdate", "x:event_start_date", "x:starttime", "x:start")
ENDS = ("ev:enddate", "x:dtend", "x:enddate", "x:end_date", "x:eventenddate", "x:event_end_date", "x:endtime", "x:end")
START_HOURS, END_HOURS = ("x:starthour", "x:start_time"), ("x:endhour", "x:end_time")
PLACES = ("ev:location", "x:location", "x:venue", "x:eventvenue", "x:event_venue", "x:place")
TEXTS = ("content:encoded", "content", "description", "summary")
_EVENT_LINK = re.compile(r"/(?:event|events|tapahtuma|tapahtumat|evenemang|mec-events|tribe_events)/", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z)?)?")
_HOUR = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?\s*([ap]m)?", re.IGNORECASE)
LONGEST_DAILY = 14  # a range of more days with hours is one long happening


@dataclass(frozen=True, slots=True)
class Span:
    """One happening."""

    starts_at: datetime
    ends_at: datetime | None = None
    all_day: bool = False


def first(fields: Fields, names: Sequence[str]) -> str:
    """The first of the fields that says something."""
    return next((text for name in names for text in fields.get(name, ()) if text.strip()), "")


def moment(text: str) -> datetime | None:
    """A time in the writing of mail, of calendars or of ISO; None when there is none."""
    text = text.strip()
    compact = _COMPACT.fullmatch(text)
    if compact:
        year, month, day, hours, minutes, seconds, utc = compact.groups()
        text = f"{year}-{month}-{day}" + (f"T{hours}:{minutes}:{seconds or '00'}{utc or ''}" if hours else "")
    found = parse_moment(text)
    if found is not None or not text:
        return found
    try:
        told = parsedate_to_datetime(text)
        return as_local(told) if FIRST_YEAR <= told.year <= LAST_YEAR else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def published(fields: Fields) -> datetime | None:
    """When the item was written."""
    return next((found for name in PUBLISHED if (found := moment(first(fields, (name,))))), None)


def body(fields: Fields) -> str:
    """The longest of the item's texts, plain."""
    texts = ("\n".join(fields.get(name, ())) for name in TEXTS)
    return max((public_prose(text) for text in texts), key=len, default="")


def told_span(fields: Fields) -> Span | None:
    """The time in the fields of an event calendar."""
    starts_at = _with_hour(moment(first(fields, STARTS)), first(fields, START_HOURS))
    if starts_at is None:
        return None
    ends_at = _with_hour(moment(first(fields, ENDS)), first(fields, END_HOURS))
    if ends_at is not None and ends_at <= starts_at:
        ends_at = None
    return Span(starts_at, ends_at, looks_all_day(starts_at, ends_at))


def said_spans(title: str, text: str, written: datetime | None) -> tuple[list[Span], bool]:
    """The times a title tells of, else a text; and whether there were only such as were over when it was written."""
    day = as_local(written).date() if written else None
    for words in (title, text):
        said = said_days(words, day)
        coming = [one for one in said if day is None or one.last >= day - timedelta(days=1)]
        if coming:
            return [span for one in coming for span in _spans(one)], False
        if said:
            return [], True
    return [], False


def is_event_link(link: str) -> bool:
    """Is this an address of an event calendar, whose items are dated by when they take place?"""
    return bool(_EVENT_LINK.search(link))


def place_of(fields: Fields) -> Venue:
    """The venue of the calendar's own field, or of a line "Paikka: …"."""
    told = first(fields, PLACES)
    if told:
        return venue(line(told, 300))
    said = VENUE.search(body(fields))
    return venue(line(said[1], 300)) if said else Venue()


def point_of(fields: Fields) -> tuple[float | None, float | None]:
    """The point of georss, gml or geo fields."""
    pair = re.split(r"[\s,;]+", first(fields, ("georss:point", "gml:pos", "gml:coordinates")).strip())
    if len(pair) >= 2:
        return point(pair[0], pair[1])
    return point(first(fields, ("geo:lat", "x:latitude")), first(fields, ("geo:long", "geo:lon", "x:longitude")))


def _with_hour(day: datetime | None, hour: str) -> datetime | None:
    told = _HOUR.fullmatch(hour.strip())
    if day is None or told is None or as_local(day).time() != time():
        return day
    hours = int(told[1]) % 12 + 12 * (told[3].lower() == "pm") if told[3] else int(told[1])
    return at_wall(as_local(day).date(), time(hours, int(told[2]))) if hours < 24 and int(told[2]) < 60 else day


def _spans(said: SaidDay) -> list[Span]:
    """A day or days as happenings: hours repeat on each day of a short range."""
    if said.start is None:
        end = at_wall(said.last + timedelta(days=1), time()) if said.last > said.first else None
        return [Span(at_wall(said.first, time()), end, all_day=True)]
    days = (said.last - said.first).days
    if days > LONGEST_DAILY:
        end = at_wall(said.last, said.end) if said.end else at_wall(said.last + timedelta(days=1), time())
        return [Span(at_wall(said.first, said.start), end)]
    return [_on(said.first + timedelta(days=n), said.start, said.end) for n in range(days + 1)]


def _on(day: date, start: time, end: time | None) -> Span:
    starts_at = at_wall(day, start)
    ends_at = at_wall(day, end) if end else None
    late = ends_at is not None and ends_at.astimezone(UTC) <= starts_at.astimezone(UTC)
    return Span(starts_at, None if late else ends_at)
