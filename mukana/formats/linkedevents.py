"""Documents in the shape of the Linked Events API, version 1: events.

An event is put together of two parts, because a list shows thousands of happenings of
few entries: `entry_part` (texts, place, keywords …) is made once per entry and kept,
`event_bytes` puts a happening's own facts in front of it.  Every field of the API is
there, null when empty.  Places, keywords and organisations are in `linkedevents_parts`.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mukana.formats.linkedevents_parts import Keyword, Place, Site, keyword, language_ids, place, translated
from mukana.formats.schemaorg import STATUS
from mukana.formats.times import utc

Words = Mapping[str, str]  # {language: text}


@dataclass(frozen=True, slots=True)
class Offer:
    """A price; `price` is the text for people."""

    is_free: bool
    price: Words = field(default_factory=dict)
    info_url: Words = field(default_factory=dict)
    description: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """What all happenings of an entry share.  Texts are plain and by language.

    `publisher` and `location.id` are ids without the data source, `keywords` and
    `audience` whole ids ("yso:p4354", "mukana:balance").
    """

    name: Words
    publisher: str
    created_at: datetime
    published_at: datetime | None = None
    short_description: Words = field(default_factory=dict)
    description: Words = field(default_factory=dict)
    location: Place | None = None
    location_extra_info: Words = field(default_factory=dict)
    keywords: tuple[Keyword, ...] = ()
    audience: tuple[Keyword, ...] = ()
    in_language: tuple[str, ...] = ()
    provider: Words = field(default_factory=dict)
    provider_contact_info: Words = field(default_factory=dict)
    info_url: Words = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()
    videos: tuple[str, ...] = ()
    outdoors: bool | None = None
    type_id: str = "General"
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A happening's own facts; the event of a whole series has `super_event_type` "recurring".

    Ids are without the data source.  `reason` tells why it is cancelled or moved.
    """

    id: str
    starts_at: datetime | None
    ends_at: datetime | None
    modified_at: datetime
    status: str = "scheduled"
    super_event: str | None = None
    super_event_type: str | None = None
    sub_events: tuple[str, ...] = ()
    age_min: int | None = None
    age_max: int | None = None
    deleted: bool = False
    replaced_by: str | None = None
    reason: Words = field(default_factory=dict)


def entry_part(entry: Entry, site: Site, include: frozenset[str] = frozenset()) -> bytes:
    """The shared end of an event: JSON bytes from the first key to the closing brace.

    `include` may name "location" and "keywords" (and audience with them) to be given
    whole; otherwise they are `{"@id": …}`.  Keep the result per entry and `include`.
    """
    whole = "keywords" in include
    document = {
        "name": translated(entry.name),
        "short_description": translated(entry.short_description),
        "description": translated({code: _paragraphs(text) for code, text in entry.description.items()}),
        "location": _location(entry.location, site, "location" in include),
        "location_extra_info": translated(entry.location_extra_info),
        "keywords": [keyword(word, site) if whole else site.link("keyword", word.id) for word in entry.keywords],
        "audience": [keyword(word, site) if whole else site.link("keyword", word.id) for word in entry.audience],
        "in_language": [site.link("language", code) for code in language_ids(entry.in_language)],
        "offers": [_offer(one) for one in entry.offers],
        "provider": translated(entry.provider),
        "provider_contact_info": translated(entry.provider_contact_info),
        "info_url": translated(entry.info_url),
        "videos": [{"name": None, "url": url, "alt_text": None} for url in entry.videos],
        "publisher": site.id(entry.publisher),
        "data_source": site.data_source,
        "created_time": utc(entry.created_at),
        "date_published": utc(entry.published_at or entry.created_at),
        "type_id": entry.type_id,
        "publication_status": "draft" if entry.draft else "public",
        "environment": {True: "out", False: "in", None: None}[entry.outdoors],
        **_NEVER_FILLED,
    }
    return dump(document)[1:]


def event_bytes(head: Head, site: Site, shared: bytes) -> bytes:
    """A whole event: the happening's own facts in front of its `entry_part`.

    Written by hand, because a list makes a hundred of them and its parts hold few things that need care.
    """
    whole_id = site.id(head.id)
    above = dump(site.link("event", site.id(head.super_event))).decode() if head.super_event else "null"
    below = dump([site.link("event", site.id(one)) for one in head.sub_events]).decode() if head.sub_events else "[]"
    reasons = dump({f"status_reason_{code}": text for code, text in head.reason.items()}).decode() if head.reason else "null"
    own = (
        f'{{"@id":{_quoted(site.url("event", whole_id))},"id":{_quoted(whole_id)},"start_time":{_moment(head.starts_at)},'
        f'"end_time":{_moment(head.ends_at)},"event_status":{_quoted(STATUS[head.status])},"super_event":{above},'
        f'"super_event_type":{_text(head.super_event_type)},"sub_events":{below},"audience_min_age":{_number(head.age_min)},'
        f'"audience_max_age":{_number(head.age_max)},"last_modified_time":{_moment(head.modified_at)},'
        f'"deleted":{"true" if head.deleted else "false"},'
        f'"replaced_by":{_quoted(site.url("event", site.id(head.replaced_by))) if head.replaced_by else "null"},"custom_data":{reasons},'
    )
    return own.encode() + shared


def _text(value: str | None) -> str:
    return "null" if value is None else _quoted(value)


def _number(value: int | None) -> str:
    return "null" if value is None else str(value)


def _moment(value: datetime | None) -> str:
    return "null" if value is None else f'"{utc(value)}"'


def page_bytes(items: Iterable[bytes], count: int, following: str | None, previous: str | None) -> bytes:
    """A page of a list; `following` and `previous` are whole addresses."""
    meta = dump({"count": count, "next": following, "previous": previous})
    return b'{"meta":' + meta + b',"data":[' + b",".join(items) + b"]}"


def dump(document: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """Compact JSON in UTF-8."""
    return _ENCODER.encode(document).encode()


_quoted = json.encoder.encode_basestring  # a text as JSON writes it
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_NEVER_FILLED: dict[str, Any] = {
    "images": [],  # rights to show pictures elsewhere are not known
    "external_links": [],
    "has_user_editable_resources": False,
    "local": False,
    "enrolment_start_time": None,
    "enrolment_end_time": None,
    "maximum_attendee_capacity": None,
    "minimum_attendee_capacity": None,
    "registration": None,
    "environmental_certificate": None,
    "@context": "http://schema.org",
    "@type": "Event/LinkedEvent",
}


def _location(where: Place | None, site: Site, whole: bool) -> dict[str, Any] | None:
    if where is None:
        return None
    return place(where, site) if whole else site.link("place", site.id(where.id))


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "is_free": offer.is_free,
        "price": translated(offer.price),
        "info_url": translated(offer.info_url),
        "description": translated(offer.description),
        "offer_price_groups": [],
    }


def _paragraphs(text: str) -> str:
    """Readers of this API take descriptions as HTML, so paragraphs and signs are marked."""
    parts = [html.escape(part, quote=False).replace("\n", "<br>") for part in text.split("\n\n")]
    return "".join(f"<p>{part}</p>" for part in parts if part)
