"""HSDS: organisations, locations, taxonomies and their terms, and the envelope of a list."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mukana.lib.ids import stable_id

Document = dict[str, Any]
COUNTRY = "FI"


@dataclass(frozen=True, slots=True)
class Organization:
    """Who arranges; told by its office, never by a person."""

    id: str
    name: str
    alternate_name: str = ""
    description: str = ""
    email: str = ""
    website: str = ""
    phone: str = ""
    kind: str = ""
    business_id: str = ""
    parent_id: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A place.  `region` is the wellbeing county or the region: HSDS demands one of every address."""

    id: str
    name: str = ""
    description: str = ""
    transportation: str = ""
    url: str = ""
    phone: str = ""
    lat: float | None = None
    lon: float | None = None
    address: str = ""
    postal_code: str = ""
    city: str = ""
    region: str = ""
    accessibility: Mapping[str, str] = field(default_factory=dict)  # profile → what it is like
    hours: tuple[Any, ...] = ()  # of `hsds.Rhythm`


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A vocabulary."""

    id: str
    name: str
    description: str
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a vocabulary."""

    id: str
    code: str
    name: str
    taxonomy: Taxonomy
    parent_id: str = ""
    uri: str = ""
    language: str = "fi"


def part(kind: str, *owner: str | int) -> str:
    """The id of a part that has none of its own: the same as long as it belongs to the same."""
    return str(stable_id("hsds", kind, *owner))


def filled(document: Mapping[str, Any]) -> Document:
    """Without empty values; a zero is a value."""
    return {key: value for key, value in document.items() if value not in (None, "", [], {}, ())}


def organization(facts: Organization) -> Document:
    """The fields with one value."""
    told = {
        "alternate_name": facts.alternate_name,
        "email": facts.email,
        "website": facts.website,
        "legal_status": facts.kind,
        "parent_organization_id": facts.parent_id,
    }
    return {"id": facts.id, "name": facts.name, "description": facts.description or facts.name, **filled(told)}


def organization_full(facts: Organization) -> Document:
    """Everything of the organisation itself."""
    identifier = {
        "id": part("identifier", facts.id),
        "organization_id": facts.id,
        "identifier_scheme": "FI-PRO",
        "identifier_type": "Y-tunnus",
        "identifier": facts.business_id,
    }
    more = {
        "phones": [{"id": part("phone", facts.id), "organization_id": facts.id, "number": facts.phone, "type": "voice"}]
        if facts.phone
        else [],
        "organization_identifiers": [identifier] if facts.business_id else [],
    }
    return {**organization(facts), **filled(more)}


def location(facts: Location, schedules: Sequence[Document] = ()) -> Document:
    """The place with its address, what its doors are like, and its opening hours."""
    document = {
        "id": facts.id,
        "location_type": "physical",
        "url": facts.url,
        "name": facts.name,
        "description": facts.description,
        "transportation": facts.transportation,
        "latitude": facts.lat,
        "longitude": facts.lon,
        "addresses": [_address(facts)] if facts.address or facts.city else [],
        "accessibility": [
            {"id": part("accessibility", facts.id, profile), "location_id": facts.id, "description": told}
            for profile, told in facts.accessibility.items()
        ],
        "phones": [{"id": part("phone", facts.id), "location_id": facts.id, "number": facts.phone, "type": "voice"}] if facts.phone else [],
        "schedules": list(schedules),
    }
    return filled(document)


def taxonomy(facts: Taxonomy) -> Document:
    """A vocabulary."""
    return filled({"id": facts.id, "name": facts.name, "description": facts.description, "uri": facts.uri})


def term(facts: Term, *, detailed: bool = False) -> Document:
    """A word; `detailed` brings its vocabulary with it."""
    document = {
        "id": facts.id,
        "code": facts.code,
        "name": facts.name,
        "description": facts.name,
        "parent_id": facts.parent_id,
        "taxonomy": facts.taxonomy.name,
        "taxonomy_id": facts.taxonomy.id,
        "taxonomy_detail": taxonomy(facts.taxonomy) if detailed else None,
        "language": facts.language,
        "term_uri": facts.uri,
    }
    return filled(document)


def envelope(contents: Sequence[bytes], total: int, number: int, per_page: int) -> bytes:
    """A page of a list; the contents are JSON already."""
    pages = -(-total // per_page) if per_page else 0
    facts = {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
    }
    return dump(facts)[:-1] + b',"contents":[' + b",".join(contents) + b"]}"


def dump(value: Any) -> bytes:
    """JSON as UTF-8 without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _address(facts: Location) -> Document:
    return {
        "id": part("address", facts.id),
        "location_id": facts.id,
        "address_1": facts.address or facts.name or facts.city,
        "city": facts.city,
        "state_province": facts.region,
        "postal_code": facts.postal_code,
        "country": COUNTRY,
        "address_type": "physical",
    }
