"""What cases refer to: receivers, their services and places, municipalities, and those who work, without names."""

from __future__ import annotations

from dataclasses import dataclass

from mukana.api.fhir.mapping.facts import Site
from mukana.api.fhir.mapping.parts import Json, clean, ours, ref

BUSINESS_ID = "urn:oid:1.2.246.10"  # Finnish business identities, as Kanta writes them


@dataclass(frozen=True, slots=True)
class Receiver:
    """An organisation."""

    id: str
    name: str
    kind: str
    business_id: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Service:
    """An entry of the directory."""

    id: str
    name: str
    organisation: str
    place: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Spot:
    """A public place."""

    id: str
    name: str
    street: str = ""
    postal_code: str = ""
    city: str = ""
    lat: float | None = None
    lon: float | None = None


def organization(one: Receiver, site: Site) -> Json:
    """A receiver."""
    return clean(
        {
            "resourceType": "Organization",
            "id": one.id,
            "identifier": [{"system": BUSINESS_ID, "value": one.business_id}] if one.business_id else [],
            "active": one.active,
            "type": [ours(site, "organisation-kind", one.kind)],
            "name": one.name or one.id,
        }
    )


def healthcare_service(one: Service, site: Site) -> Json:
    """What somebody is referred to."""
    return clean(
        {
            "resourceType": "HealthcareService",
            "id": one.id,
            "active": one.active,
            "providedBy": ref("Organization", one.organisation),
            "name": one.name or one.id,
            "location": [found] if (found := ref("Location", one.place)) else [],
        }
    )


def location(one: Spot) -> Json:
    """Where a service is; never where a resident lives."""
    there = one.lat is not None and one.lon is not None
    address = clean({"line": [one.street] if one.street else [], "postalCode": one.postal_code, "city": one.city})
    return clean(
        {
            "resourceType": "Location",
            "id": one.id,
            "status": "active",
            "name": one.name or one.id,
            "address": {**address, "country": "FI"} if address else None,
            "position": {"longitude": one.lon, "latitude": one.lat} if there else None,
        }
    )


def practitioner(key: str) -> Json:
    """A link worker: that there is one."""
    return {"resourceType": "Practitioner", "id": key, "active": True}


def link_worker_role(key: str, site: Site) -> Json:
    """A link worker in the role."""
    return {
        "resourceType": "PractitionerRole",
        "id": key,
        "active": True,
        "practitioner": ref("Practitioner", key),
        "code": [ours(site, "role", "link_worker")],
    }


def companion_role(key: str, organisation: str, site: Site) -> Json:
    """A support person in the role, without name or number."""
    return clean(
        {
            "resourceType": "PractitionerRole",
            "id": key,
            "active": True,
            "organization": ref("Organization", organisation),
            "code": [ours(site, "role", "companion")],
        }
    )
