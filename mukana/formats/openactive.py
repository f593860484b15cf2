"""OpenActive: sessions in the Modelling Opportunity Data shape, and pages of an RPDE feed.  Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from mukana.formats.schemaorg import DAYS, STATUS
from mukana.formats.times import utc

CONTEXT = "https://openactive.io/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SERIES, SESSION = "SessionSeries", "ScheduledSession"


@dataclass(frozen=True, slots=True)
class Weekly:
    """A rhythm whose dates come in the feed of sessions."""

    days: tuple[str, ...]
    start: time
    end: time | None
    first: date
    until: date
    interval: int = 1


@dataclass(frozen=True, slots=True)
class Where:
    """A place.  `id` is its own address."""

    id: str
    name: str
    address: str = ""
    postal_code: str = ""
    city: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A group that meets again and again.  `id` is its own address; `activities` are names of our topics."""

    id: str
    url: str
    name: str
    description: str = ""
    activities: tuple[tuple[str, str], ...] = ()  # (address, name)
    organizer: tuple[str, str, str] = ("", "", "")  # address, name, site
    where: Where | None = None
    rhythms: tuple[Weekly, ...] = ()
    price_kind: str = "unknown"
    price_cents: int | None = None
    age_min: int | None = None
    age_max: int | None = None
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """One date of a series."""

    id: str
    series: str
    starts_at: datetime
    ends_at: datetime | None
    status: str = "scheduled"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a feed; without `data` it has been taken away."""

    id: str
    modified: int
    kind: str
    data: dict[str, Any] | None


def series(one: Series) -> dict[str, Any]:
    """A SessionSeries."""
    ages = {"minValue": one.age_min, "maxValue": one.age_max}
    address, name, site = one.organizer
    document = {
        "@context": CONTEXT,
        "@type": SERIES,
        "@id": one.id,
        "identifier": one.id.rpartition("/")[2] or one.id,
        "name": one.name,
        "description": one.description,
        "url": one.url,
        "activity": [{"@type": "Concept", "@id": key, "prefLabel": label} for key, label in one.activities],
        "organizer": _filled({"@type": "Organization", "@id": address, "name": name, "url": site}) if name else None,
        "location": _place(one.where) if one.where else None,
        "eventSchedule": [_schedule(rhythm) for rhythm in one.rhythms],
        "offers": _offers(one),
        "ageRange": _filled({"@type": "QuantitativeValue", **ages}) if any(age is not None for age in ages.values()) else None,
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode" if one.remote else None,
        "isAccessibleForFree": {"free": True, "paid": False}.get(one.price_kind),
        "license": LICENCE,
    }
    return _filled(document)


def session(one: Session) -> dict[str, Any]:
    """A ScheduledSession that points at its series."""
    document = {
        "@context": CONTEXT,
        "@type": SESSION,
        "@id": one.id,
        "superEvent": one.series,
        "startDate": utc(one.starts_at),
        "endDate": utc(one.ends_at),
        "duration": _duration(one.starts_at, one.ends_at),
        "eventStatus": f"https://schema.org/{STATUS[one.status]}",
    }
    return _filled(document)


def page(items: Sequence[Item], following: str) -> bytes:
    """A page of the feed; `following` is the address to go on from."""
    document = {"next": following, "items": [_item(item) for item in items], "license": LICENCE}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def problems_of(document: Any) -> list[str]:
    """What is wrong with a page by the RPDE specification; empty when nothing is."""
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return ["no items"]
    found = [f"no {key}" for key in ("next", "license") if not isinstance(document.get(key), str) or not document[key]]
    for number, item in enumerate(document["items"]):
        found += [f"item {number}: no {key}" for key in ("state", "kind", "id", "modified") if item.get(key) in (None, "")]
        if item.get("state") not in ("updated", "deleted"):
            found.append(f"item {number}: state {item.get('state')}")
        if (item.get("state") == "updated") != isinstance(item.get("data"), dict):
            found.append(f"item {number}: data and state disagree")
    order = [(item.get("modified"), item.get("id")) for item in document["items"]]
    if order != sorted(order) or len(set(order)) < len(order):
        found.append("items are not in order")
    return found


def _item(item: Item) -> dict[str, Any]:
    told = {"state": "updated" if item.data else "deleted", "kind": item.kind, "id": item.id, "modified": item.modified}
    return {**told, "data": item.data} if item.data else told


def _schedule(rhythm: Weekly) -> dict[str, Any]:
    every = "P1W" if rhythm.interval == 1 else f"P{rhythm.interval}W"
    document = {
        "@type": "PartialSchedule",
        "repeatFrequency": every,
        "byDay": [f"https://schema.org/{DAYS[day]}" for day in rhythm.days],
        "startDate": rhythm.first.isoformat(),
        "endDate": rhythm.until.isoformat(),
        "startTime": f"{rhythm.start:%H:%M}",
        "endTime": f"{rhythm.end:%H:%M}" if rhythm.end else "",
        "scheduleTimezone": "Europe/Helsinki",
    }
    return _filled(document)


def _place(where: Where) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": where.address,
        "postalCode": where.postal_code,
        "addressLocality": where.city,
        "addressCountry": "FI",
    }
    located = where.lat is not None and where.lon is not None
    geo = {"@type": "GeoCoordinates", "latitude": where.lat, "longitude": where.lon} if located else None
    return _filled({"@type": "Place", "@id": where.id, "name": where.name, "address": _filled(address), "geo": geo})


def _offers(one: Series) -> list[dict[str, Any]]:
    if one.price_kind != "free" and one.price_cents is None:
        return []
    price = 0 if one.price_kind == "free" else (one.price_cents or 0) / 100
    return [{"@type": "Offer", "@id": f"{one.id}#offer", "price": price, "priceCurrency": "EUR"}]


def _duration(starts_at: datetime, ends_at: datetime | None) -> str:
    minutes = int((ends_at - starts_at).total_seconds() // 60) if ends_at else 0
    return f"PT{minutes}M" if minutes > 0 else ""


def _filled(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if value not in (None, "", [], {})}
