"""I/O: XML as a stream of beginnings and ends, never whole in memory.

What feeds and devices really write is mended on the way: other encodings than they
say, blanks before the first line, bare ampersands and HTML's names of characters,
control characters.  Entities are never expanded.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

CHUNK = 64 * 1024
MAX_TEXT = 200_000  # characters of one element that are kept
MAX_DEPTH = 100
MAX_SILENT = 8 * 1024 * 1024  # characters within one tag
_ENCODINGS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252", "us-ascii": "utf-8", "iso-8859-15": "iso-8859-15"}
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}encoding=["']([A-Za-z0-9_-]{1,40})["']""")
_SUSPECT = re.compile(r"<!\[CDATA\[|\]\]>|&(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)?")
_LONGEST_SUSPECT = 12
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

Start = tuple[str, str, dict[str, str]]  # "start", name as "{namespace}local", attributes
End = tuple[str, str, str]  # "end", name, the element's own text


class XmlTrouble(Exception):
    """XML that can not be read on.  `code`: broken, bomb, too_large."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code


def xml_events(stream: BinaryIO) -> Iterator[Start | End]:
    """Beginnings and ends of the elements in order.  Raises XmlTrouble; what came before it stays good."""
    target = _Target()
    parser = DefusedXMLParser(target=target, encoding="utf-8")
    silent = 0
    for piece in _mended(_decoded(stream)):
        trouble = _fed(parser, piece)
        silent = 0 if target.events or target.told else silent + len(piece)
        yield from target.given()
        if silent > MAX_SILENT:
            trouble = XmlTrouble("too_large", "one tag")
        if trouble is not None:
            raise trouble
    trouble = _fed(parser, "")
    yield from target.given()
    if trouble is not None:
        raise trouble


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def _fed(parser: Any, piece: str) -> XmlTrouble | None:
    """Feed a piece ("" at the end) and catch what is wrong with it."""
    try:
        if piece:
            parser.feed(piece)
        else:
            parser.close()
    except DefusedXmlException as error:
        return XmlTrouble("bomb", type(error).__name__)
    except (ParseError, ValueError) as error:
        return error if isinstance(error, XmlTrouble) else XmlTrouble("broken", str(error)[:200])
    except XmlTrouble as error:
        return error
    return None


class _Target:
    """Gathers events between two pieces; text beyond the limit is passed over."""

    def __init__(self) -> None:
        self.events: list[Start | End] = []
        self.told = False
        self._texts: list[list[str]] = []
        self._room: list[int] = []

    def given(self) -> list[Start | End]:
        """The events since the last time."""
        found, self.events, self.told = self.events, [], False
        return found

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._texts) >= MAX_DEPTH:
            raise XmlTrouble("broken", "too deep")
        self._texts.append([])
        self._room.append(MAX_TEXT)
        self.events.append(("start", name, dict(attributes)))

    def data(self, text: str) -> None:
        self.told = True
        if self._texts and self._room[-1] > 0:
            self._texts[-1].append(text[: self._room[-1]])
            self._room[-1] -= len(text)

    def end(self, name: str) -> None:
        self._room.pop()
        self.events.append(("end", name, "".join(self._texts.pop())))

    def close(self) -> None:
        """Nothing is built."""


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 are letters of Windows."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("mukana-windows", _as_windows)


def _decoded(stream: BinaryIO) -> Iterator[str]:
    head = stream.read(CHUNK)
    decoder = codecs.getincrementaldecoder(_encoding(head))("mukana-windows")
    first = True
    while head:
        text = decoder.decode(head)
        yield text.lstrip("\ufeff \t\r\n") if first else text
        first = first and not text.strip("\ufeff \t\r\n")
        head = stream.read(CHUNK)
    yield decoder.decode(b"", final=True)


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith((b"<\x00", b"\x00<")):
        return "utf-16-le" if head[1:2] == b"\x00" else "utf-16-be"
    told = _DECLARED.search(head[:300])
    return _ENCODINGS.get(told[1].decode().lower(), "utf-8") if told else "utf-8"


def _mended(pieces: Iterator[str]) -> Iterator[str]:
    """The text with every ampersand that begins nothing known written out, CDATA left as it is."""
    rest, inside = "", False
    for piece in pieces:
        text = rest + _CONTROLS.sub("", piece)
        whole = len(text) - _LONGEST_SUSPECT
        if whole <= 0:
            rest = text
            continue
        done, out, inside = _mend(text, whole, inside)
        rest = text[done:]
        if out:
            yield out
    out = _mend(rest, len(rest), inside)[1]
    if out:
        yield out


def _mend(text: str, whole: int, inside: bool) -> tuple[int, str, bool]:
    """(how far, the mended text, whether it ends in CDATA); what begins before `whole` is looked at."""
    parts: list[str] = []
    at = 0
    while (found := _SUSPECT.search(text, at)) and found.start() < whole:
        parts.append(text[at : found.start()])
        at = found.end()
        if found[0] == "<![CDATA[":
            inside = True
            parts.append(found[0])
        elif found[0] == "]]>":
            parts.append("]]>" if inside else "]]&gt;")
            inside = False
        else:
            parts.append(found[0] if inside else _reference(found[1]))
    end = max(at, whole)
    parts.append(text[at:end])
    return end, "".join(parts), inside


def _reference(told: str | None) -> str:
    if told is None:
        return "&amp;"
    if not told.startswith("#"):
        return f"&{told}"
    number = int(told[2:-1], 16) if told[1] in "xX" else int(told[1:-1])
    good = number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number <= 0x10FFFF
    return f"&{told}" if good else ""
