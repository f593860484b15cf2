"""Locations and organisations of HSDS as drafts, and how any row of it is reached.  Pure."""

from __future__ import annotations

import re
from typing import Any

from mukana.directory.drafts import Contact, Draft, OrganisationDraft, PlaceDraft
from mukana.importers.adapter import Rejected
from mukana.importers.hsds import hours
from mukana.importers.jsonld.nodes import digest
from mukana.importers.jsonld.said import AMENITIES, NAME_KINDS
from mukana.importers.values import NO_NAME, as_dict, as_list, contact, dicts, identifier, line, point, prose, texts_of
from mukana.lib import phones
from mukana.lib.text import title_case_place

COUNTRIES = {"US": "+1", "CA": "+1", "GB": "+44", "UK": "+44", "IE": "+353", "SE": "+46", "NO": "+47", "EE": "+372"}
ENGLISH = frozenset({"US", "CA", "GB", "UK", "IE", "AU", "NZ"})
OLD_NAMES = {"eligibility_description": ("eligibility", "audience"), "fees_description": ("fees",), "url": ("website",)}
TOO_NO = re.compile(r"\bnot?\b", re.IGNORECASE)


def place_row(place: dict[str, Any]) -> str:
    """The row id of a location: ids of several tables may be the same."""
    given = identifier(place.get("id"))
    address = address_of(place)
    words = (line(place.get("name")), line(address.get("address_1"), 200))
    return f"place:{given}"[:200] if given else f"place:{digest(*words)}" if any(words) else ""


def organisation_row(row: dict[str, Any]) -> str:
    """The row id of an organisation."""
    given, name = identifier(row.get("id")), line(row.get("name"))
    return f"organisation:{given}"[:200] if given else f"organisation:{digest(name)}" if name else ""


def place(row_id: str, row: dict[str, Any]) -> list[Draft] | Rejected:
    address = address_of(row)
    language = language_of(row)
    street = line(", ".join(filter(None, (line(address.get("address_1"), 150), line(address.get("address_2"), 50)))), 200)
    fields = {
        "name": {language: line(row.get("name")) or street},
        "description": {language: prose(row.get("description"))},
        "getting_there": {language: prose(row.get("transportation"))},
    }
    texts = texts_of(fields)
    if not texts:
        return Rejected(NO_NAME)
    lat, lon = point(row.get("latitude"), row.get("longitude"))
    city = title_case_place(line(address.get("city"), 100))
    return [
        PlaceDraft(
            row_id=row_id,
            texts=texts,
            municipality=city,
            address=street,
            postal_code=line(address.get("postal_code"), 5) if country_of(row) in ("", "FI") else "",
            city=city,
            lat=lat,
            lon=lon,
            contact=contact_of(row, country_of(row)),
            accessibility=_accessibility(row),
            hours=_hours(row),
        )
    ]


def _hours(row: dict[str, Any]) -> list[dict[str, str]]:
    told = hours.by_day(row.get("business_hours")) or hours.weekly(row.get("schedules") or row.get("regular_schedules"))
    return told or hours.said(row.get("hours_text") or row.get("hours"))


def address_of(row: dict[str, Any]) -> dict[str, Any]:
    """The physical address, else the first."""
    found = dicts(row.get("addresses")) or dicts(row.get("physical_addresses")) or dicts(row.get("address"))
    return next((one for one in found if line(one.get("address_type"), 20) in ("", "physical")), found[0] if found else {})


def country_of(row: dict[str, Any]) -> str:
    places = (row, *(as_dict(link.get("location")) for link in dicts(row.get("service_at_locations"))))
    return next(filter(None, (line(address_of(place).get("country"), 20).upper() for place in places)), "")


def language_of(row: dict[str, Any]) -> str:
    """HSDS does not tell the language of its texts, so the country must."""
    return "en" if country_of(row) in ENGLISH else "fi"


def _accessibility(row: dict[str, Any]) -> dict[str, str]:
    """States out of names ("Ramp", "disabled_parking", "Not wheelchair accessible") and descriptions."""
    told = row.get("accessibility_names") or row.get("accessibility")
    words = [part for item in as_list(told) if isinstance(item, str) for part in item.split(",")]
    for one in (*dicts(told), *dicts(row.get("accessibility_rows"))):
        words += [line(one.get("description") or one.get("accessibility"), 200), line(one.get("details"), 200)]
    states: dict[str, str] = {}
    for word in (line(word, 200).replace("_", " ") for word in words):
        found = [profile for profile, pattern in AMENITIES if pattern.search(word)]
        found += ["toilet"] if word.casefold() in ("restroom", "accessible restroom") else []
        for profile in found:
            states.setdefault(profile, "no" if TOO_NO.search(word) else "yes")
    return states


def organisation(row_id: str, row: dict[str, Any]) -> list[Draft] | Rejected:
    name = line(row.get("name"))
    texts = texts_of({"name": {"fi": name}, "description": {"fi": prose(row.get("description"))}})
    if not texts:
        return Rejected(NO_NAME)
    kind = next((kind for pattern, kind in NAME_KINDS if pattern.search(name)), "other")
    parent = identifier(row.get("parent_organization_id"))
    above = f"organisation:{parent}"[:200] if parent else ""
    return [OrganisationDraft(row_id=row_id, texts=texts, kind=kind, contact=contact_of(row, ""), parent=above)]


def contact_of(row: dict[str, Any], country: str) -> Contact:
    """The first voice phone; a number of another country gets its prefix."""
    told = [one for one in hours.flat(row.get("phones")) if line(one.get("type") or one.get("number_type") or "voice", 20).lower() != "fax"]
    number = next(filter(None, (_phone(one, country) for one in told)), "")
    reached = contact(email=row.get("email") or row.get("emails"), url=field_of(row, "url") or row.get("website"))
    return Contact(phone=number, email=reached.email, url=reached.url)


def _phone(row: dict[str, Any], country: str) -> str:
    number, prefix = line(row.get("number"), 60).strip('"'), line(row.get("country_prefix"), 6)
    if prefix or (country in COUNTRIES and "+" not in number):
        return phones.from_pair(prefix or COUNTRIES[country], number.lstrip("0 "))
    return phones.normal(number)


def field_of(row: dict[str, Any], name: str) -> Any:
    """A field by its name in HSDS 3 or in the versions before it."""
    return next((row[key] for key in (name, *OLD_NAMES.get(name, ())) if row.get(key)), None)
