"""schema.org documents for search engines: Event, Service, Place, SportsActivityLocation, Organization.

Builders give dicts without empty values; `script_text` makes them safe inside a page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mukana.formats.schemaorg import DAYS, STATUS
from mukana.formats.times import finnish
from mukana.lib.moments import all_day_span
from mukana.lib.recurrence import Rhythm, days_off

CONTEXT = "https://schema.org"
_ATTENDANCE = {
    "remote_together": "OnlineEventAttendanceMode",
    "video_home": "OnlineEventAttendanceMode",
}
_ACCESSIBILITY = {
    "step_free": "Esteetön sisäänkäynti",
    "toilet": "Esteetön wc",
    "hearing": "Kuulovammaiset huomioitu",
    "vision": "Näkövammaiset huomioitu",
    "parking": "Esteetön pysäköinti",
    "rest": "Levähdyspaikkoja",
}


@dataclass(frozen=True, slots=True)
class Where:
    """A place.  `hours` as in drafts: `{"day": "mon", "opens": "10.00", "closes": "18.00"}`."""

    name: str
    url: str = ""
    address: str = ""
    postal_code: str = ""
    city: str = ""
    lat: float | None = None
    lon: float | None = None
    phone: str = ""
    hours: tuple[Mapping[str, str], ...] = ()
    accessibility: Mapping[str, str] = field(default_factory=dict)
    sports: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class What:
    """What happens: the texts of one language and the facts that every time shares."""

    name: str
    url: str
    language: str = "fi"
    description: str = ""
    organiser: str = ""
    organiser_url: str = ""
    form: str = "on_site"
    price_kind: str = "unknown"
    price_cents: int | None = None
    age_min: int | None = None
    age_max: int | None = None
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """One happening's own facts."""

    starts_at: datetime
    ends_at: datetime | None = None
    all_day: bool = False
    status: str = "scheduled"


def event(what: What, at: Time, rhythms: Sequence[Rhythm] = ()) -> dict[str, Any]:
    """A schema.org Event of one happening."""
    starts, ends = _span(at)
    mode = _ATTENDANCE.get(what.form, "OfflineEventAttendanceMode")
    document = {
        "@context": CONTEXT,
        "@type": "Event",
        "name": what.name,
        "url": what.url,
        "description": what.description,
        "inLanguage": what.language,
        "startDate": starts,
        "endDate": ends,
        "eventStatus": f"{CONTEXT}/{STATUS[at.status]}",
        "eventAttendanceMode": f"{CONTEXT}/{mode}",
        "location": _location(what, mode),
        "organizer": _organiser(what),
        "isAccessibleForFree": {"free": True, "paid": False}.get(what.price_kind),
        "offers": _offer(what),
        "typicalAgeRange": _ages(what),
        "eventSchedule": [schedule(rhythm) for rhythm in rhythms],
    }
    return _filled(document)


def schedule(rhythm: Rhythm) -> dict[str, Any]:
    """A schema.org Schedule."""
    days = [f"{CONTEXT}/{DAYS[day]}" for day in rhythm.days]
    document = {
        "@type": "Schedule",
        "repeatFrequency": "P1M" if rhythm.nth else f"P{rhythm.interval}W",
        "byDay": days if not rhythm.nth else [f"{rhythm.nth}{day[:2].upper()}" for day in rhythm.days],
        "startTime": f"{rhythm.start:%H:%M}",
        "endTime": f"{rhythm.end:%H:%M}" if rhythm.end else "",
        "startDate": rhythm.first.isoformat(),
        "endDate": rhythm.until.isoformat(),
        "scheduleTimezone": "Europe/Helsinki",
        "exceptDate": [day.isoformat() for day in days_off(rhythm.exceptions)],
    }
    return _filled(document)


def service(what: What) -> dict[str, Any]:
    """A schema.org Service: something that is there without dates."""
    document = {
        "@context": CONTEXT,
        "@type": "Service",
        "name": what.name,
        "url": what.url,
        "description": what.description,
        "provider": _organiser(what),
        "areaServed": _place(what.where) if what.where else None,
        "offers": _offer(what),
    }
    return _filled(document)


def organisation(name: str, url: str, *, description: str = "", phone: str = "", site: str = "") -> dict[str, Any]:
    """A schema.org Organization."""
    document = {"@context": CONTEXT, "@type": "Organization", "name": name, "url": url, "description": description}
    return _filled({**document, "telephone": phone, "sameAs": site})


def place(where: Where) -> dict[str, Any]:
    """A schema.org Place, or SportsActivityLocation when it is one."""
    return {"@context": CONTEXT, **_place(where)}


def script_text(document: Mapping[str, Any]) -> str:
    """JSON that cannot end its script element or begin a comment or a tag."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _place(where: Where) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": where.address,
        "postalCode": where.postal_code,
        "addressLocality": where.city,
        "addressCountry": "FI",
    }
    located = where.lat is not None and where.lon is not None
    document = {
        "@type": "SportsActivityLocation" if where.sports else "Place",
        "name": where.name,
        "url": where.url,
        "telephone": where.phone,
        "address": _filled(address) if where.address or where.city else None,
        "geo": {"@type": "GeoCoordinates", "latitude": where.lat, "longitude": where.lon} if located else None,
        "openingHoursSpecification": [_hours(row) for row in where.hours],
        "amenityFeature": _amenities(where.accessibility),
        "publicAccess": False if where.closed else None,
    }
    return _filled(document)


def _hours(row: Mapping[str, str]) -> dict[str, str]:
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": f"{CONTEXT}/{DAYS[row['day']]}",
        "opens": row["opens"].replace(".", ":").zfill(5),
        "closes": row["closes"].replace(".", ":").zfill(5),
    }


def _amenities(accessibility: Mapping[str, str]) -> list[dict[str, Any]]:
    """Only what is known for sure: "partial" and "unknown" have no value there."""
    return [
        {"@type": "LocationFeatureSpecification", "name": name, "value": accessibility[profile] == "yes"}
        for profile, name in _ACCESSIBILITY.items()
        if accessibility.get(profile) in ("yes", "no")
    ]


def _location(what: What, mode: str) -> dict[str, Any] | None:
    if mode.startswith("Online"):
        return {"@type": "VirtualLocation", "url": what.url}
    return _place(what.where) if what.where else None


def _organiser(what: What) -> dict[str, Any] | None:
    if not what.organiser:
        return None
    return _filled({"@type": "Organization", "name": what.organiser, "url": what.organiser_url})


def _offer(what: What) -> dict[str, Any] | None:
    if what.price_kind == "free":
        return {"@type": "Offer", "price": 0, "priceCurrency": "EUR", "url": what.url}
    if what.price_cents is None:
        return None
    return {"@type": "Offer", "price": what.price_cents / 100, "priceCurrency": "EUR", "url": what.url}


def _ages(what: What) -> str:
    if what.age_min is None and what.age_max is None:
        return ""
    return f"{what.age_min or 0}-{'' if what.age_max is None else what.age_max}"


def _span(at: Time) -> tuple[str | None, str | None]:
    if not at.all_day:
        return finnish(at.starts_at), finnish(at.ends_at)
    first, last = all_day_span(at.starts_at, at.ends_at)
    return first.isoformat(), last.isoformat()


def _filled(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if value not in (None, "", [], {})}
