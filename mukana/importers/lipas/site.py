"""A LIPAS sports place in one shape, whichever version of the API wrote it.  Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from mukana.importers.values import as_dict, dicts, line, whole

HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
PUBLISHED = ("", "active", "out-of-service-temporarily")


@dataclass(frozen=True, slots=True)
class Site:
    """`properties` has kebab-case keys without question marks, as in "free-use"."""

    names: dict[str, str]
    type_code: int | None
    status: str
    city_code: str
    location: dict[str, Any]
    features: list[dict[str, Any]]  # of GeoJSON
    point: tuple[object, object]  # lat, lon as told, both None in version 2
    properties: dict[str, Any]
    contacts: dict[str, Any]  # phone, email, www, reservations
    modified: str


def site(row: dict[str, Any]) -> Site:
    """Either version as a Site; absent things are empty."""
    return _version_2(row) if "lipas-id" in row else _version_1(row)


def is_published(status: str) -> bool:
    """Is the place there (perhaps closed for a while), not planned, closed for good or a mistake?"""
    return status in PUBLISHED


def _version_1(row: dict[str, Any]) -> Site:
    location = as_dict(row.get("location"))
    wgs84 = as_dict(as_dict(location.get("coordinates")).get("wgs84"))
    properties = {HUMP.sub("-", key).lower(): value for key, value in as_dict(row.get("properties")).items()}
    return Site(
        names=_names(row.get("name"), as_dict(row.get("nameLocalized"))),
        type_code=whole(as_dict(row.get("type")).get("typeCode"), 1, 99_999),
        status=line(row.get("status")),
        city_code=_city(as_dict(location.get("city")).get("cityCode")),
        location=location,
        features=_features(location),
        point=(wgs84.get("lat"), wgs84.get("lon")),
        properties=properties | {"free-use": row.get("freeUse")},
        contacts={
            "phone": row.get("phoneNumber"),
            "email": row.get("email"),
            "www": row.get("www"),
            "reservations": row.get("reservationsLink"),
        },
        modified=line(row.get("lastModified")),
    )


def _version_2(row: dict[str, Any]) -> Site:
    location = as_dict(row.get("location"))
    properties = {key.removesuffix("?"): value for key, value in as_dict(row.get("properties")).items()}
    if isinstance(row.get("comment"), str):
        properties.setdefault("info-fi", row["comment"])
    return Site(
        names=_names(row.get("name"), as_dict(row.get("name-localized"))),
        type_code=whole(as_dict(row.get("type")).get("type-code"), 1, 99_999),
        status=line(row.get("status")),
        city_code=_city(as_dict(location.get("city")).get("city-code")),
        location={key.replace("-", ""): value for key, value in location.items()}
        | {"postalCode": location.get("postal-code"), "postalOffice": location.get("postal-office")},
        features=_features(location),
        point=(None, None),
        properties=properties,
        contacts={
            "phone": row.get("phone-number"),
            "email": row.get("email"),
            "www": row.get("www"),
            "reservations": row.get("reservations-link"),
        },
        modified=line(row.get("event-date")),
    )


def _names(name: object, localized: dict[str, Any]) -> dict[str, str]:
    """LIPAS writes Swedish as "se", which is Northern Sámi everywhere else."""
    told = {"fi": name, "sv": localized.get("sv") or localized.get("se"), "en": localized.get("en")}
    return {language: text for language, text in told.items() if isinstance(text, str) and text.strip()}


def _city(code: object) -> str:
    number = whole(code, 1, 999)
    return f"{number:03}" if number else ""


def _features(location: dict[str, Any]) -> list[dict[str, Any]]:
    return dicts(as_dict(location.get("geometries")).get("features"))
