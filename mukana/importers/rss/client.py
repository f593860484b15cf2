"""I/O: a feed (RSS or Atom) from a file or an address, item by item."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import blake2b
from typing import Any

from mukana.importers.adapter import Context, RawRow, SourceError
from mukana.importers.opening import opened
from mukana.importers.rss.fields import first, moment, place_of, point_of, published
from mukana.importers.rss.items import Item, feed_items
from mukana.importers.values import identifier, line
from mukana.importers.xmlevents import XmlTrouble
from mukana.lib.clock import now
from mukana.lib.emails import holds_person

FEED_DATES = ("lastBuildDate", "pubDate", "updated")
# What feeds count anew each time and nobody reads here.
NOT_READ = ("comments", "x:comments", "x:comment", "x:commentrss", "x:total")
SENTENCES = {
    "not_feed": "Osoitteessa ei ole syötettä (RSS tai Atom) vaan verkkosivu tai muuta XML:ää: {address}",
    "not_xml": "Osoitteessa ei ole syötettä (RSS tai Atom): {address}",
    "broken": "Syöte on rikki, ja loppu jäi lukematta: {address}",
    "bomb": "Syöte sisältää XML-määrittelyjä, jotka voivat olla haitallisia, joten sitä ei luettu: {address}",
    "too_large": "Syötteessä on liian pitkä kohta, ja loppu jäi lukematta: {address}",
}


class RssError(SourceError):
    """The feed could not be read."""


def read(address: str, context: Context) -> Iterator[RawRow]:
    """Venues and items of a feed; a venue comes before the first item that names it."""
    address = re.sub(r"^feed:(?://)?(?=https?:)|^feed:(?=//)", "", address, flags=re.IGNORECASE)
    address = f"https:{address}" if address.startswith("//") else address
    venues: set[str] = set()
    number = 0
    try:
        with opened(address, RssError) as stream:
            for number, item in enumerate(feed_items(stream), 1):
                if item is None:
                    raise _error("not_feed", address)
                yield from _venue(number, item, venues)
                yield _row(number, item)
    except XmlTrouble as trouble:
        raise _error("not_xml" if trouble.code == "broken" and not number else trouble.code, address) from trouble


def _error(code: str, address: str) -> RssError:
    return RssError(code, SENTENCES[code].format(address=address))


def _row(number: int, item: Item) -> RawRow:
    fields = {name: values for name, values in item.fields.items() if name not in NOT_READ}
    data: dict[str, Any] = {"fields": fields, "language": line(item.channel.get("language"), 20), "ahead": _is_ahead(item)}
    digest = json.dumps(data, sort_keys=True).encode()  # without the day of the fetch: the same item is the same tomorrow
    if published(item.fields) is None:
        data["met"] = now().isoformat()
    return RawRow(number, row_id_of(item), "item", data, digest)


def _is_ahead(item: Item) -> bool:
    """An item dated later than its feed was made is dated by when its event takes place."""
    made = next((found for name in FEED_DATES if (found := moment(item.channel.get(name, "")))), None)
    written = published(item.fields)
    return made is not None and written is not None and (written - made).total_seconds() > 3600


def row_id_of(item: Item) -> str:
    """The item's own id or its address; a digest when there is none, or when it is too long or names a person."""
    told = first(item.fields, ("guid", "id", "about", "link"))
    if told and not holds_person(told) and identifier(told):
        return identifier(told)
    words = told or "|".join(first(item.fields, (name,)) for name in ("title", "pubDate", "published"))
    return f"item:{blake2b(words.encode('utf-8', 'surrogatepass'), digest_size=12).hexdigest()}" if words.strip("|") else ""


def _venue(number: int, item: Item, given: set[str]) -> Iterator[RawRow]:
    found = place_of(item.fields)
    if found.row_id and found.row_id not in given:
        given.add(found.row_id)
        lat, lon = point_of(item.fields)
        data = {"venue": asdict(found), "lat": lat, "lon": lon}
        yield RawRow(number, found.row_id, "place", data, json.dumps(data, sort_keys=True).encode())
