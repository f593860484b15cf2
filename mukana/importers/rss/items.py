"""I/O: the items of a feed (RSS 0.9–2.0, Atom), one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from mukana.importers.xmlevents import local, xml_events

Fields = dict[str, list[str]]
ROOTS = ("rss", "feed", "RDF")
ITEMS = ("item", "entry")
MOST_VALUES = 30  # of one field
MOST_TEXT = 400_000  # characters of one item
_PREFIXES = {
    "": "", "http://www.w3.org/2005/Atom": "", "http://purl.org/rss/1.0/": "", "http://backend.userland.com/rss2": "",
    "http://my.netscape.com/rdf/simple/0.9/": "", "http://www.w3.org/1999/xhtml": "",
    "http://purl.org/rss/1.0/modules/content/": "content:", "http://search.yahoo.com/mrss/": "media:",
    "http://www.georss.org/georss": "georss:", "http://www.georss.org/georss/10": "georss:", "http://www.opengis.net/gml": "gml:",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo:", "http://purl.org/rss/1.0/modules/event/": "ev:",
    "http://purl.org/dc/elements/1.1/": "dc:", "http://purl.org/dc/terms/": "dc:",
}  # fmt: skip
# What other name spaces say is kept under the bare name: calendars have many extensions of their own.
_OTHER = "x:"


@dataclass(slots=True)
class Item:
    """An item with its fields, and what the feed said of itself before it."""

    fields: Fields
    channel: dict[str, str] = field(default_factory=dict)


def feed_items(stream: BinaryIO) -> Iterator[Item | None]:
    """The items in order; a single None when it is some other XML.  Raises XmlTrouble."""
    reader = _Reader()
    for kind, tag, told in xml_events(stream):
        if kind == "start":
            if not reader.path and local(tag) not in ROOTS:
                yield None
                return
            reader.start(tag, told if isinstance(told, dict) else {})
            continue
        finished = reader.end(tag, told if isinstance(told, str) else "")
        if finished is not None:
            yield finished


class _Reader:
    """Where in the feed we are."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.channel: dict[str, str] = {}
        self._fields: Fields | None = None
        self._depth = 0
        self._room = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _short(tag)
        self.path.append(name)
        if self._fields is None:
            if name in ITEMS:
                self._fields, self._depth, self._room = {}, len(self.path), MOST_TEXT
                self._put("about", next((told for key, told in attributes.items() if local(key) == "about"), ""))
        else:
            self._attributes(name, attributes)

    def end(self, tag: str, text: str) -> Item | None:
        """The item that ends here, if one does."""
        depth = len(self.path)
        name = self.path.pop()
        if self._fields is None:
            if depth <= 3 and text.strip():
                self.channel.setdefault(name, text.strip()[:500])
            return None
        if depth > self._depth:
            self._put(self._key(name, depth), text)
            return None
        finished, self._fields = Item(self._fields, dict(self.channel)), None
        return finished

    def _key(self, name: str, depth: int) -> str:
        """A field's own name; what lies deeper in a text belongs to the text, else it stands under its last name."""
        above = self.path[self._depth] if depth > self._depth + 1 else name
        if above in ("content", "summary", "description"):
            return above
        return f"{above}/{name}" if above == "author" and name != above else name

    def _attributes(self, name: str, attributes: dict[str, str]) -> None:
        if name == "link" and attributes.get("rel", "alternate") == "alternate":
            self._put("link", attributes.get("href", ""))
        elif name == "category":
            self._put("category", attributes.get("label") or attributes.get("term", ""))
        elif name in ("media:content", "media:license"):
            self._put(f"{name}@", attributes.get("url") or attributes.get("href", ""))

    def _put(self, key: str, text: str) -> None:
        text = text.strip()[: max(self._room, 0)]
        values = self._fields.setdefault(key, []) if self._fields is not None and text else []
        if len(values) < MOST_VALUES:
            values.append(text)
            self._room -= len(text)


def _short(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    prefix = _PREFIXES.get(space.removeprefix("{"))
    return f"{_OTHER}{name.casefold()}" if prefix is None else f"{prefix}{name}"
