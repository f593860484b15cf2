"""I/O: the tracks, routes and points of a GPX file, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, BinaryIO

from mukana.importers.geo.shapes import MAX_PARTS
from mukana.importers.values import decimal, line
from mukana.importers.xmlevents import local, xml_events
from mukana.lib.geo import haversine_km, in_finland

MOST_CORNERS = 40_000  # of one track in memory; then every other is let go
SHAPES = ("wpt", "rte", "trk")
CORNERS = ("rtept", "trkpt", "wpt")
TEXTS = ("name", "cmt", "desc", "type", "sym", "link")


class Track:
    """A shape with its texts; corners come one by one and are thinned when they are very many."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.properties: dict[str, str] = {}
        self.length_m = 0
        self._length = 0.0
        self._segments: list[list[list[float]]] = [[]]
        self._before: tuple[float, float] | None = None
        self._step = 1
        self._seen = 0
        self._kept = 0
        self._digest = blake2b(digest_size=16)

    @property
    def name(self) -> str:
        """As the file has it."""
        return line(self.properties.get("name"), 80)

    def segment(self) -> None:
        """A break: what follows is not joined to what came."""
        self._before = None
        if self._segments[-1] and len(self._segments) < MAX_PARTS:
            self._segments.append([])

    def corner(self, lat: object, lon: object) -> None:
        """One more corner."""
        self._digest.update(f"{lat},{lon};".encode("utf-8", "surrogatepass"))
        north, east = decimal(lat), decimal(lon)
        if north is None or east is None:
            return
        self._measure(north, east)
        self._seen += 1
        if self._seen % self._step == 0:
            self._segments[-1].append([east, north])
            self._kept += 1
        if self._kept > MOST_CORNERS:
            self._segments = [[*part[:-1:2], *part[-1:]] for part in self._segments]
            self._kept = sum(map(len, self._segments))
            self._step *= 2

    def _measure(self, lat: float, lon: float) -> None:
        here = in_finland(lat, lon)
        if here and self._before:
            self._length += haversine_km(*self._before, lat, lon)
        self._before = (lat, lon) if here else None
        self.length_m = round(self._length * 1000)

    def feature(self) -> dict[str, Any]:
        """The same as a GeoJSON feature."""
        lines = [part for part in self._segments if part]
        if self.kind == "wpt":
            geometry: dict[str, Any] = {"type": "Point", "coordinates": lines[0][0] if lines else None}
        else:
            geometry = {"type": "MultiLineString", "coordinates": lines}
        return {"type": "Feature", "properties": self.properties, "geometry": geometry}

    def digest(self) -> bytes:
        """Of everything that was read, also of the corners let go."""
        words = "\n".join(f"{key}={self.properties[key]}" for key in sorted(self.properties))
        return self._digest.digest() + words.encode("utf-8", "surrogatepass")


def gpx_shapes(stream: BinaryIO) -> Iterator[Track | None]:
    """The shapes of a file; a single None when it is some other XML.  Raises XmlTrouble.

    The name of the whole file serves a track that has none.
    """
    reader = _Reader()
    for kind, tag, told in xml_events(stream):
        name = local(tag)
        if kind == "start":
            if not reader.path and name != "gpx":
                yield None
                return
            reader.start(name, told if isinstance(told, dict) else {})
            continue
        finished = reader.end(name, told if isinstance(told, str) else "")
        if finished is not None:
            yield finished


class _Reader:
    """Where in the file we are."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self._track: Track | None = None
        self._file_name = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name)
        if self._track is None and name in SHAPES:
            self._track = Track(name)
        if self._track is None:
            return
        if name in CORNERS:
            self._track.corner(attributes.get("lat"), attributes.get("lon"))
        elif name == "trkseg":
            self._track.segment()
        elif name == "link" and len(self.path) == 3:
            self._track.properties["link"] = attributes.get("href", "")[:500]

    def end(self, name: str, text: str) -> Track | None:
        """The shape that ends here, if one does."""
        self.path.pop()
        if self._track is None:
            if name == "name" and self.path[-1:] in (["metadata"], ["gpx"]):
                self._file_name = line(text)
            return None
        if len(self.path) == 2 and name in TEXTS and text.strip():
            self._track.properties[name] = text[:20_000]
        if len(self.path) != 1 or name != self._track.kind:
            return None
        finished, self._track = self._track, None
        if finished.kind != "wpt" and not finished.name and self._file_name:
            finished.properties["name"] = self._file_name
        return finished
