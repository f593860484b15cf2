"""I/O: the lines of a calendar put together into events, whatever the programs that wrote them did to the lines.

Folded lines are joined, a line break that somebody forgot to escape is taken as text,
people who were invited and alarms are left unread, and nothing is kept longer than a
megabyte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

MAX_EVENT = 1024 * 1024
_BUFFER = 64 * 1024
_PROPERTY = re.compile(rb"[A-Za-z][A-Za-z0-9-]*[;:]")
# What is not read: when the file was made, who was invited, what programs tell each other.
_DROPPED = ("DTSTAMP", "ATTENDEE", "ATTACH", "X-", "COMMENT", "REQUEST-STATUS", "TRANSP", "CREATED")
_KEPT = ("X-ALT-DESC",)
_TEXTS = ("DESCRIPTION", "SUMMARY", "LOCATION", "X-ALT-DESC")
_STANDARD = frozenset((
    "BEGIN", "END", "UID", "DTSTART", "DTEND", "DTSTAMP", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "GEO",
    "STATUS", "CLASS", "CATEGORIES", "ORGANIZER", "ATTENDEE", "CONTACT", "RRULE", "RDATE", "EXDATE", "EXRULE", "SEQUENCE",
    "RECURRENCE-ID", "LAST-MODIFIED", "CREATED", "TRANSP", "PRIORITY", "ATTACH", "RELATED-TO", "COMMENT", "RESOURCES",
    "REQUEST-STATUS", "TRIGGER", "ACTION", "COLOR", "IMAGE", "CONFERENCE",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventText:
    """The lines of one event, unfolded; with `ends`, what was learnt by the end of the file."""

    number: int
    calendar: int
    text: str
    ends: bool = False
    whole: bool = False
    zones: dict[int, str] = field(default_factory=dict)
    offsets: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trouble:
    """An event that can not be read: `code` is cut or too_large."""

    number: int
    code: str


def calendar_events(stream: BinaryIO) -> Iterator[EventText | Trouble]:
    """The events of a stream, and at last one EventText with `ends`."""
    reader = _Reader()
    for text in _lines(stream):
        yield from reader.take(text)
    yield from reader.end()


class _Reader:
    """Knows where in the file we are."""

    def __init__(self) -> None:
        self.number = self.calendar = 0
        self.zones: dict[int, str] = {}
        self.offsets: dict[str, list[int]] = {}
        self._open: list[str] = []
        self._event: list[str] | None = None
        self._size = 0
        self._zone_name = ""
        self._whole = False

    def take(self, text: str) -> Iterator[EventText | Trouble]:
        name, _, value = text.partition(":")
        key = name.partition(";")[0].strip().upper()
        if key == "BEGIN":
            yield from self._begin(value.strip().upper())
        elif key == "END":
            yield from self._end(value.strip().upper())
        elif self._open and self._open[-1] == "VEVENT":
            self._keep(key, text)
        elif "VEVENT" not in self._open:
            self._learn(key, value.strip())

    def end(self) -> Iterator[EventText | Trouble]:
        if self._event is not None:
            yield Trouble(self.number, "cut")
        yield EventText(0, 0, "", True, self._whole and not self._open, self.zones, self.offsets)

    def _begin(self, kind: str) -> Iterator[Trouble]:
        if kind in ("VEVENT", "VCALENDAR"):
            if self._event is not None:  # the one before never ended
                yield Trouble(self.number, "cut")
            self._open = ["VCALENDAR"] if kind == "VEVENT" else []
            self.number += kind == "VEVENT"
            self.calendar += kind == "VCALENDAR"
            self._event, self._size = ([], 0) if kind == "VEVENT" else (None, 0)
        if kind == "VTIMEZONE":
            self._zone_name = ""
        if len(self._open) < 50:
            self._open.append(kind)

    def _end(self, kind: str) -> Iterator[EventText | Trouble]:
        if kind in self._open:
            while self._open.pop() != kind:
                continue
        self._whole = kind == "VCALENDAR"
        if kind == "VEVENT" and self._event is not None:
            too_large = self._size > MAX_EVENT
            yield Trouble(self.number, "too_large") if too_large else EventText(self.number, self.calendar, "\n".join(self._event))
            self._event = None

    def _keep(self, key: str, text: str) -> None:
        if self._event is None or (key.startswith(_DROPPED) and key not in _KEPT):
            return
        if key not in _STANDARD and key not in _KEPT and self._event and self._event[-1].upper().startswith(_TEXTS):
            self._event[-1] += f"\\n{text}"  # "Paikka: …" after a line break that nobody escaped
            self._size += len(text)
            return
        self._size += len(text)
        if self._size <= MAX_EVENT:
            self._event.append(text)

    def _learn(self, key: str, value: str) -> None:
        """The calendar's own zone, and the offsets of its zone tables."""
        if key == "X-WR-TIMEZONE":
            self.zones[self.calendar] = value[:100]
        elif key == "TZID" and "VTIMEZONE" in self._open:
            self._zone_name = value[:200]
        elif key == "TZOFFSETTO" and self._zone_name and len(self.offsets) < 1000:
            told = re.fullmatch(r"([+-])(\d{2})(\d{2})(?:\d{2})?", value)
            if told and int(told[2]) < 24:
                seconds = (1 if told[1] == "+" else -1) * (int(told[2]) * 3600 + int(told[3]) * 60)
                known = self.offsets.setdefault(self._zone_name, [])
                if seconds not in known and len(known) < 10:
                    known.append(seconds)


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Whole lines: folded ones joined, those that are no property added to the one before as text."""
    gathered = bytearray()
    for raw in _raw_lines(stream):
        piece = raw.rstrip(b"\r\n")
        if piece[:1] in (b" ", b"\t"):
            addition = piece[1:]
        elif not piece.strip():
            continue
        elif gathered and not _PROPERTY.match(piece):
            addition = b"\\n" + piece
        else:
            if gathered:
                yield _decoded(gathered)
            gathered = bytearray(piece)
            continue
        if len(gathered) <= MAX_EVENT:
            gathered += addition
    if gathered:
        yield _decoded(gathered)


def _raw_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines of at most a megabyte and a bit; the rest of a longer one is passed over."""
    longest = MAX_EVENT + 2
    while piece := stream.readline(longest):
        yield piece
        if len(piece) == longest and not piece.endswith(b"\n"):
            while (rest := stream.readline(_BUFFER)) and not rest.endswith(b"\n"):
                continue


def _decoded(line: bytearray) -> str:
    """UTF-8, else as Windows writes it; a line alone may be in another encoding than the rest."""
    text = bytes(line).removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"")
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace")
