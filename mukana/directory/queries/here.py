"""The place a visitor has chosen: a municipality, kept as its code in a first-party cookie."""

from __future__ import annotations

from collections.abc import Mapping

from mukana.organisations.reference import MunicipalityFacts, municipalities

COOKIE = "paikka"
MAX_AGE = 365 * 24 * 3600  # seconds


def chosen_place(cookies: Mapping[str, str]) -> MunicipalityFacts | None:
    """The municipality of the cookie, None when there is none or it is not one of Finland's."""
    return municipalities().get(cookies.get(COOKIE, ""))


def point_of(place: MunicipalityFacts | None) -> tuple[float, float] | None:
    """Its central locality as (lat, lon)."""
    if place is None or place.lat is None or place.lon is None:
        return None
    return place.lat, place.lon


def municipality_name(code: str, language: str = "fi") -> str:
    """The name for a code, the code itself when unknown."""
    facts = municipalities().get(code)
    if facts is None:
        return code
    return facts.name_sv if language == "sv" else facts.name_fi
