"""An RSS 2.0 feed of anything with a name and an address.  Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing.  `id` never changes; `at` is when it was last changed."""

    id: str
    title: str
    link: str
    at: datetime
    description: str = ""
    categories: tuple[str, ...] = ()


def feed(title: str, link: str, own: str, items: Iterable[Item], *, description: str = "", language: str = "fi") -> bytes:
    """The feed as UTF-8 bytes; `own` is its own address, `link` that of the page it follows."""
    told = list(items)
    newest = max((item.at for item in told), default=None)
    head = [
        _element("title", title),
        _element("link", link),
        f'<atom:link href={quoteattr(own)} rel="self" type="application/rss+xml"/>',
        _element("description", description or title),
        _element("language", language),
        *([_element("lastBuildDate", _date(newest))] if newest else []),
    ]
    channel = "\n".join([*head, *map(_item, told)])
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="{_ATOM}"><channel>\n{channel}\n</channel></rss>\n'.encode()
    )


def _item(item: Item) -> str:
    parts = [
        _element("title", item.title),
        _element("link", item.link),
        f'<guid isPermaLink="false">{escape(item.id)}</guid>',
        _element("pubDate", _date(item.at)),
        *([_element("description", item.description)] if item.description else []),
        *(_element("category", one) for one in item.categories),
    ]
    return f"<item>{''.join(parts)}</item>"


def _element(name: str, text: str) -> str:
    plain = "".join(sign for sign in text if sign >= " " or sign in "\n\t")  # XML takes no other control characters
    return f"<{name}>{escape(plain)}</{name}>"


def _date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)
