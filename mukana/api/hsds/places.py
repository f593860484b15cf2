"""Places of the hub as HSDS locations, and the ids of services at them."""

from __future__ import annotations

import re
from datetime import time
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import UUID

from mukana.api.hsds.telling import Telling
from mukana.directory.labels import PROFILES, STATES
from mukana.directory.models import Entry, Place
from mukana.formats.hsds import Rhythm
from mukana.formats.hsds_parts import Location
from mukana.formats.nameless import without_names
from mukana.lib.recurrence import parse_clock
from mukana.lib.urls import safe_url
from mukana.organisations.models import Municipality

FINLAND = "Suomi"  # the region of a place whose municipality nobody knows
_FLIP = 0x5EA1_0000_0000_0000_0000_5EA1_5EA1_5EA1  # leaves the version and the variant of a UUID as they are
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def site_id(entry: UUID) -> UUID:
    """The id of a service at its place, made of the service's own; the same again gives the service's id."""
    return UUID(int=entry.int ^ _FLIP)


def location_facts(place: Place, telling: Telling, entry: Entry | None = None) -> Location:
    """A place; read its municipality with it.  A guessed point is not handed on."""
    states = {**place.accessibility, **(entry.accessibility if entry else {})}
    getting = telling.text(entry.texts, "getting_there") if entry else ""
    return Location(
        id=str(place.pk),
        name=telling.text(place.texts, "name"),
        description=telling.text(place.texts, "description"),
        transportation=without_names(getting, [entry.contact_name] if entry else []),
        url=web(place.url),
        phone=place.phone,
        lat=None if place.approximate else place.lat,
        lon=None if place.approximate else place.lon,
        address=place.address,
        postal_code=place.postal_code,
        city=place.city or (place.municipality.name_fi if place.municipality else place.municipality_text),
        region=region_of(place.municipality),
        accessibility={
            profile: f"{PROFILES[profile].word}: {STATES[profile][state]}"
            for profile, state in states.items()
            if profile in STATES and state in STATES[profile]
        },
        hours=tuple(found for row in place.hours if (found := _hours(row)) is not None),
    )


def region_of(municipality: Municipality | None) -> str:
    """The wellbeing county, else the region: HSDS wants one of every address."""
    if municipality is None:
        return FINLAND
    return municipality.wellbeing_county_name or municipality.region_name or FINLAND


def web(url: str) -> str:
    """An address in the letters that addresses have, "" for what is none."""
    safe = safe_url(url)
    if not safe:
        return ""
    parts = urlsplit(safe)
    try:
        host = parts.netloc.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    path, query, fragment = (quote(_BARE_PERCENT.sub("%25", piece), safe="/:@!$&'()*+,;=%~?") for piece in parts[2:])
    return urlunsplit((parts.scheme, host, path, query, fragment))


def _hours(row: dict[str, str]) -> Rhythm | None:
    """Opening hours of one day of the week."""
    opens, closes = _clock(row.get("opens", "")), _clock(row.get("closes", ""))
    if "day" not in row or opens is None:
        return None
    return Rhythm(days=(row["day"],), opens=opens, closes=closes)


def _clock(text: str) -> time | None:
    return time(23, 59) if text.strip().startswith("24") else parse_clock(text)
