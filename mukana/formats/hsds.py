"""Open Referral's Human Services Data Specification (HSDS 3.x): services and their rhythms as plain dicts.

One answer is in one language, so texts come in already chosen.  Empty fields are left out; the
required ones are always there.  Parts without an id of their own get one made of what they belong to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from mukana.formats.hsds_parts import Document, Location, Organization, Term, filled, location, organization, part, term

VERSION = "3.0"
_DAYS = {"mon": "MO", "tue": "TU", "wed": "WE", "thu": "TH", "fri": "FR", "sat": "SA", "sun": "SU"}
_LANGUAGES = {
    "fi": "suomi", "sv": "svenska", "en": "English", "se": "davvisámegiella", "smn": "anarâškielâ", "sms": "sääʹmǩiõll",
    "ru": "русский", "ar": "العربية", "so": "Soomaali", "et": "eesti", "uk": "українська", "fse": "suomalainen viittomakieli",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A weekly or (with `nth`) monthly rhythm by the Finnish wall clock; one date is a week's rhythm met once."""

    days: tuple[str, ...]  # mon … sun
    opens: time | None
    closes: time | None
    first: date | None = None
    until: date | None = None
    interval: int = 1
    nth: int | None = None  # -1 = last
    count: int | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """One service in one language.  `alert` is what a reader must know first; `assured` when somebody last checked."""

    id: str
    name: str
    description: str = ""
    url: str = ""
    email: str = ""
    phone: str = ""
    closed: bool = False  # for the time being
    application_process: str = ""
    fees_description: str = ""
    eligibility_description: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    assured: date | None = None
    alert: str = ""
    attending: str = ""  # how one takes part
    cost_cents: int | None = None
    rhythms: tuple[Rhythm, ...] = ()
    areas: tuple[tuple[str, str], ...] = ()  # (code, name) of municipalities
    languages: tuple[str, ...] = ()
    organization: Organization | None = None
    site_id: str = ""  # of the service at its location
    location: Location | None = None
    terms: tuple[tuple[str, Term], ...] = ()  # (what the term tells, the term)
    licences: tuple[str, ...] = ()  # of the data, one of each source


def service_basic(facts: Service) -> Document:
    """The fields that have one value, as in lists."""
    return filled(
        {
            "id": facts.id,
            "organization_id": facts.organization.id if facts.organization else "",
            "name": facts.name,
            "description": facts.description,
            "url": facts.url,
            "email": facts.email,
            "status": "temporarily closed" if facts.closed else "active",
            "application_process": facts.application_process,
            "fees_description": facts.fees_description,
            "eligibility_description": facts.eligibility_description,
            "minimum_age": facts.minimum_age,
            "maximum_age": facts.maximum_age,
            "assured_date": facts.assured.isoformat() if facts.assured else "",
            "alert": facts.alert,
        }
    )


def service_listed(facts: Service) -> Document:
    """What a list tells: the fields with one value and the organisation."""
    return filled({**service_basic(facts), "organization": organization(facts.organization) if facts.organization else None})


def service_full(facts: Service) -> Document:
    """Everything, nested."""
    site = service_at_location(facts)
    more = {
        "phones": phones(facts.phone, "service", facts.id),
        "schedules": schedules(facts.rhythms, "service_id", facts.id, facts.attending),
        "service_areas": [_area(facts.id, code, name) for code, name in facts.areas],
        "service_at_locations": [site] if site else [],
        "languages": [
            {"id": part("language", facts.id, code), "service_id": facts.id, "name": _LANGUAGES.get(code, code), "code": code}
            for code in facts.languages
        ],
        "cost_options": _costs(facts),
        "attributes": attributes(facts),
    }
    return filled({**service_listed(facts), **more})


def service_at_location(facts: Service, *, nested: bool = False) -> Document:
    """The service at its place; empty without one.  `nested` brings what the service itself tells with it."""
    if facts.location is None:
        return {}
    document: dict[str, Any] = {
        "id": facts.site_id,
        "service_id": facts.id,
        "location_id": facts.location.id,
        "location": location(facts.location, schedules(facts.location.hours, "location_id", facts.location.id)),
    }
    if nested:
        document["phones"] = phones(facts.phone, "service_at_location", facts.site_id)
        document["schedules"] = schedules(facts.rhythms, "service_at_location_id", facts.site_id, facts.attending)
        document["service"] = service_listed(facts)
    return filled(document)


def phones(number: str, owner: str, owner_id: str) -> list[Document]:
    """The number of an office as a list of one, or none."""
    return [{"id": part("phone", owner_id, number), f"{owner}_id": owner_id, "number": number, "type": "voice"}] if number else []


def schedules(rhythms: Iterable[Rhythm], owner: str, owner_id: str, attending: str = "") -> list[Document]:
    """The rhythms; `owner` names the field that points at what they belong to."""
    found = (_schedule(rhythm, attending) for rhythm in rhythms)
    return [{"id": part("schedule", owner_id, number), owner: owner_id, **one} for number, one in enumerate(found)]


def attributes(facts: Service) -> list[Document]:
    """The words that describe the service, and the licences under which its data may be used."""
    words = [_attribute(facts.id, kind, {"taxonomy_term_id": word.id, "taxonomy_term": term(word)}, word.id) for kind, word in facts.terms]
    return words + [_attribute(facts.id, "data_licence", {"value": licence}, licence) for licence in facts.licences]


def _attribute(owner: str, kind: str, told: Mapping[str, Any], key: str) -> Document:
    return {"id": part("attribute", owner, key), "link_id": owner, "link_type": kind, "link_entity": "service", **told}


def _schedule(rhythm: Rhythm, attending: str) -> Document:
    nth = str(rhythm.nth) if rhythm.nth is not None else ""
    first, until = (day.isoformat() if day else "" for day in (rhythm.first, rhythm.until))
    return filled(
        {
            "valid_from": first,
            "valid_to": until,
            "dtstart": first,
            "until": until,
            "count": rhythm.count,
            "wkst": "MO",
            "freq": "MONTHLY" if nth else "WEEKLY",
            "interval": rhythm.interval,
            "byday": ",".join(f"{nth}{_DAYS[day]}" for day in rhythm.days),
            "opens_at": f"{rhythm.opens:%H:%M}" if rhythm.opens else "",
            "closes_at": f"{rhythm.closes:%H:%M}" if rhythm.closes else "",
            "attending_type": attending,
            "notes": rhythm.notes,
        }
    )


def _area(service: str, code: str, name: str) -> Document:
    return {"id": part("area", service, code or name), "service_id": service, "name": name, "extent": code or name, "extent_type": "text"}


def _costs(facts: Service) -> list[Document]:
    if facts.cost_cents is None:
        return []
    option = {
        "id": part("cost", facts.id),
        "service_id": facts.id,
        "currency": "EUR",
        "amount": facts.cost_cents / 100,
        "amount_description": facts.fees_description,
    }
    return [filled(option)]
