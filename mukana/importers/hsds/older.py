"""Older shapes of HSDS, before it had its name, in the words of HSDS 3.  Pure.

The county data of the Ohana API (2013–2015): libraries by name with their hours, farmers'
markets with `locs`, programmes with `agency`, and organisations that hold locations that hold services.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mukana.importers.hsds.hours import flat
from mukana.importers.jsonld.nodes import digest
from mukana.importers.values import as_dict, as_list, dicts, line

AMERICAN = "US"
OF_A_PROGRAMME = frozenset((
    "agency", "service_hours", "how_to_apply", "transportation_availability", "services_provided", "eligibility_requirements",
    "target_group", "accessibility_options", "zipcode", "service_wait", "languages_spoken", "faxes",
))  # fmt: skip
RENAMED = {
    "short_desc": "summary", "how_to_apply": "application_process", "fees": "fees_description", "audience": "eligibility_description",
    "service_wait": "wait_time", "website": "url",
}  # fmt: skip


def services_in(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The services of a row of an older shape; nothing for a row of HSDS itself."""
    if not row.get("id") and row.keys() & OF_A_PROGRAMME and not row.keys() & {"locs", "business_hours"}:
        yield programme(row)
    elif isinstance(row.get("locs"), list):
        for place in dicts(row["locs"]):
            yield market(row, place)
    elif isinstance(row.get("locations"), list) and any(isinstance(one, dict) and one.get("services") for one in row["locations"]):
        yield from organisation(row)
    elif "business_hours" in row:
        yield named_place(row)
    elif row and all(isinstance(one, dict) and "street_address" in one for one in row.values()):
        for one in row.values():
            yield named_place(one)


def programme(row: dict[str, Any]) -> dict[str, Any]:
    """A county programme: free-text hours, fees and eligibility."""
    name, agency = line(row.get("name")).rstrip("."), line(row.get("agency")).rstrip(".")
    hours = row.get("service_hours") or row.get("hours")
    phones = flat(row.get("phones")) or [{"number": line(row.get("telephone_no"))}]
    return {
        "id": digest(agency, name, line(row.get("street_address"))),
        "name": name,
        "summary": row.get("services_provided"),
        "description": row.get("description") or row.get("services_provided"),
        "status": "active",
        "url": next(iter(as_list(row.get("urls"))), None),
        "emails": as_list(row.get("emails")),
        "phones": phones,
        "application_process": row.get("how_to_apply"),
        "fees_description": row.get("fees"),
        "eligibility_description": _joined(row.get("target_group"), row.get("eligibility_requirements")),
        "wait_time": row.get("service_wait"),
        "keywords": as_list(row.get("keywords")),
        "language_names": as_list(row.get("languages_spoken")),
        "hours_text": hours,
        "organization": {"name": agency} if agency else None,
        "service_at_locations": [{"location": _county_place(row, name)}]
        if row.get("street_address") or row.get("accessibility_options")
        else [],
    }


def _county_place(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {
        "name": name,
        "hours_text": row.get("service_hours") or row.get("hours"),
        "accessibility_names": as_list(row.get("accessibility_options")),
        "transportation": row.get("transportation_availability"),
        "addresses": [_address(row)],
    }


def _address(row: dict[str, Any]) -> dict[str, Any]:
    street = row.get("street_address") or row.get("street")
    postal = row.get("zipcode") or row.get("zip")
    return {"address_1": street, "city": row.get("city"), "state_province": row.get("state"), "postal_code": postal, "country": AMERICAN}


def market(row: dict[str, Any], place: dict[str, Any]) -> dict[str, Any]:
    """A market: its hours are words such as "May - October Tuesday 4:00 PM to 7:30 PM"."""
    corners = [*as_list(place.get("coordinates")), None, None]
    name = line(place.get("name") or row.get("name"))
    address = _address(as_dict(place.get("address")))
    where = {"name": name, "longitude": corners[0], "latitude": corners[1], "hours_text": place.get("hours"), "addresses": [address]}
    return {
        "id": digest(name, line(address["address_1"])),
        "name": name,
        "status": "active",
        "url": next(iter(as_list(place.get("urls"))), None),
        "hours_text": place.get("hours"),
        "keywords": as_list(place.get("products")),
        "service_at_locations": [{"location": where}],
    }


def named_place(row: dict[str, Any]) -> dict[str, Any]:
    """A library with its hours day by day."""
    name = line(row.get("name"))
    where = {
        "name": name,
        "latitude": row.get("latitude"),
        "longitude": row.get("longitude"),
        "business_hours": row.get("business_hours"),
        "addresses": [_address(row)],
    }
    return {
        "id": digest(name, line(row.get("street_address"))),
        "name": name,
        "status": "active",
        "phones": [{"number": row.get("phone")}],
        "keywords": [row.get("type")],
        "service_at_locations": [{"location": where}],
    }


def organisation(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An organisation that holds locations that hold services (Ohana API)."""
    about = {key: value for key, value in row.items() if key not in ("locations", "services")}
    for place in dicts(row.get("locations")):
        where = {key: value for key, value in place.items() if key != "services"}
        if isinstance(where.get("address"), dict):
            where["addresses"] = [_address(where["address"]) | where["address"]]
        for service in dicts(place.get("services")):
            told = {RENAMED.get(key, key): value for key, value in service.items()}
            yield {"status": "active", **told, "organization": about, "service_at_locations": [{"location": where}]}


def _joined(*parts: object) -> str:
    told = (line(part, 2000) for part in parts)
    return ". ".join(part for part in told if part and part.casefold() != "none")
