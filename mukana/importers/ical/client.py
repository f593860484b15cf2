"""I/O: a calendar file or feed (iCalendar), event by event.

The events of one UID may stand anywhere in a file, so all are put aside on the disk
first and come out together.  Only the dates of endless rules depend on the day of the
import: they are followed to the end of the next half of a year, so that the same file
looks the same for months.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from io import BufferedReader
from itertools import groupby
from typing import Any, BinaryIO, cast

from mukana.importers.adapter import Context, RawRow, SourceError
from mukana.importers.ical.lines import first_text, properties
from mukana.importers.ical.reading import EventText, Trouble, calendar_events
from mukana.importers.ical.rules import ends_soon
from mukana.importers.ical.series import is_private, read_event, series_of
from mukana.importers.ical.times import Zones, read_time
from mukana.importers.opening import opened
from mukana.importers.saying import venue
from mukana.importers.values import identifier, line
from mukana.lib.clock import today
from mukana.lib.emails import holds_person

HEAD = 64 * 1024
LOOKED_AT = re.compile(rb"BEGIN\s*:\s*V", re.IGNORECASE)
NOT_A_CALENDAR = "Osoitteessa ei ole kalenteria (iCalendar) vaan {what}. Pyydä järjestäjältä kalenterin julkinen osoite: {address}"
BROKEN_OFF = "Kalenteri katkeaa kesken, ja loppu jäi lukematta: {address}"
TROUBLES = {
    "cut": "Tapahtuma jäi kesken: sen loppu (END:VEVENT) puuttuu.",
    "too_large": "Tapahtuma on liian pitkä (yli megatavun).",
}
PRIVATE = "Tapahtuma on merkitty kalenterissa yksityiseksi."
OTHER_NAME = "Sama tunniste (UID) on kalenterissa kahdella erinimisellä tapahtumalla. Ensimmäinen jäi voimaan."


class IcalError(SourceError):
    """The calendar could not be read."""


def read(address: str, context: Context) -> Iterator[RawRow]:
    """Venues and series of a calendar; a venue comes before the first event that names it."""
    address = re.sub(r"^webcals?://", "https://", address, flags=re.IGNORECASE)
    with opened(address, IcalError) as stream, closing(_Store()) as store:
        _check_beginning(stream, address)
        yield from store.fill(calendar_events(stream))
        rows = _Rows(store.offsets, _window(today()))
        for events in store.by_uid():
            yield from rows.of(events)
        if not store.whole:
            raise IcalError("broken_off", BROKEN_OFF.format(address=address))


def _check_beginning(stream: BinaryIO, address: str) -> None:
    head = cast(BufferedReader, stream).peek(HEAD)[:HEAD]
    if LOOKED_AT.search(head):
        return
    what = "verkkosivu tai XML" if head.lstrip().removeprefix(b"\xef\xbb\xbf").startswith(b"<") else "jotain muuta"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:4]:
        what = "UTF-16-merkistön tiedosto (tallenna se UTF-8-muotoon)"
    raise IcalError("not_ical", NOT_A_CALENDAR.format(what=what, address=address))


def _window(day: date) -> tuple[str, str]:
    """From the beginning of this half of a year to the end of the next: at least half a year ahead."""
    if day.month <= 6:
        return f"{day.year}-01-01", f"{day.year}-12-31"
    return f"{day.year}-07-01", f"{day.year + 1}-06-30"


def row_id_of(text: str) -> str:
    """The id of an event: its UID, or a digest when the UID is missing, too long or carries a person's address."""
    given = properties(text)
    uid = first_text(given, "UID").strip()
    if not uid:
        words = "|".join(first_text(given, name) for name in ("SUMMARY", "DTSTART", "LOCATION"))
        return f"noid:{blake2b(words.encode('utf-8', 'surrogatepass'), digest_size=12).hexdigest()}"
    if holds_person(uid) or not identifier(uid):
        return f"uid:{blake2b(uid.encode('utf-8', 'surrogatepass'), digest_size=12).hexdigest()}"
    return identifier(uid)


class _Store:
    """Events on the disk: a database without a name lives in a temporary file that vanishes with it."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("")
        self._base.execute("CREATE TABLE events (number INTEGER PRIMARY KEY, uid TEXT, calendar INTEGER, text TEXT)")
        self.zones: dict[int, str] = {}
        self.offsets: dict[str, list[int]] = {}
        self.whole = False

    def close(self) -> None:
        self._base.close()

    def fill(self, found: Iterator[EventText | Trouble]) -> Iterator[RawRow]:
        """Put all the events aside; gives those that can not be read."""
        for one in found:
            if isinstance(one, Trouble):
                yield RawRow(one.number, "", "", None, b"", TROUBLES[one.code])
            elif one.ends:
                self.whole, self.offsets, self.zones = one.whole, one.offsets, one.zones
            else:
                uid = row_id_of(one.text)
                self._base.execute("INSERT INTO events VALUES (?, ?, ?, ?)", (one.number, uid, one.calendar, one.text))

    def by_uid(self) -> Iterator[list[_Stored]]:
        """The events of each UID together, in the order of the first ones."""
        rows = self._base.execute(
            "SELECT first, number, uid, calendar, text FROM"
            " (SELECT number, MIN(number) OVER (PARTITION BY uid) AS first FROM events) JOIN events USING (number)"
            " ORDER BY first, number"
        )
        for _, group in groupby(rows, key=lambda row: row[0]):
            yield [_Stored(row[1], row[2], self.zones.get(row[3], ""), row[4]) for row in group]


@dataclass(frozen=True, slots=True)
class _Stored:
    number: int
    uid: str
    zone: str
    text: str

    def has(self, name: str) -> bool:
        return f"\n{name}" in f"\n{self.text}".upper()


@dataclass(slots=True)
class _Rows:
    """Rows of the groups, with what they depend on besides their own lines."""

    offsets: dict[str, list[int]]
    window: tuple[str, str]
    venues: set[str] = field(default_factory=set)

    def of(self, events: list[_Stored]) -> Iterator[RawRow]:
        kept = list(self._same_name(events))
        if self._private(kept):
            yield RawRow(kept[0].number, kept[0].uid, "event", {}, _digest({"events": [one.text for one in kept]}), PRIVATE, gone=True)
            return
        for one in events:
            if one not in kept:
                yield RawRow(one.number, one.uid, "event", None, b"", OTHER_NAME)
            else:
                yield from self._venue(one)
        yield self._series(kept)

    def _same_name(self, events: list[_Stored]) -> Iterator[_Stored]:
        """A UID given to events of other names at the same revision means nothing: the first keeps it."""
        first: dict[str, str] = {}
        for one in events:
            given = properties(one.text)
            name = line(first_text(given, "SUMMARY")).casefold()
            if "RECURRENCE-ID" in given or first.setdefault(first_text(given, "SEQUENCE"), name) == name:
                yield one

    def _venue(self, one: _Stored) -> Iterator[RawRow]:
        if not one.has("LOCATION"):
            return
        given = properties(one.text)
        location = first_text(given, "LOCATION")
        row_id = venue(location).row_id
        if row_id and row_id not in self.venues:
            self.venues.add(row_id)
            data = {"location": line(location.replace("\n", ", "), 300), "geo": first_text(given, "GEO")}
            yield RawRow(one.number, row_id, "place", data, _digest(data))

    def _series(self, events: list[_Stored]) -> RawRow:
        data: dict[str, Any] = {"events": [one.text for one in events], "zone": events[0].zone, "offsets": self.offsets}
        digest = _digest(data)
        if any(self._endless(one) for one in events):
            digest += "|".join(self.window).encode()
        return RawRow(events[0].number, events[0].uid, "event", {**data, "window": list(self.window)}, digest)

    def _private(self, events: list[_Stored]) -> bool:
        """What was public once and came in is to be taken away again, not only refused."""
        if not any(one.has("CLASS") for one in events):
            return False
        zones = Zones(events[0].zone, self.offsets)
        series = series_of([read_event(one.text, zones) for one in events])
        return series is not None and is_private(series)

    def _endless(self, one: _Stored) -> bool:
        if not one.has("RRULE"):
            return False
        given, zones = properties(one.text), Zones(one.zone, self.offsets)
        start = read_time(given["DTSTART"][0], zones) if "DTSTART" in given else None
        return start is not None and not all(ends_soon(start, rule.value, zones) for rule in given.get("RRULE", []))


def _digest(data: dict[str, Any]) -> bytes:
    return json.dumps(data, sort_keys=True).encode()
