"""Documents in the shape of the Linked Events API, version 1: what events point to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mukana.formats.times import utc

CONTEXT = "http://schema.org"
LANGUAGES = {
    "fi": {"fi": "suomi", "sv": "finska", "en": "Finnish"},
    "sv": {"fi": "ruotsi", "sv": "svenska", "en": "Swedish"},
    "en": {"fi": "englanti", "sv": "engelska", "en": "English"},
    "se": {"fi": "pohjoissaame", "sv": "nordsamiska", "en": "Northern Sámi"},
    "smn": {"fi": "inarinsaame", "sv": "enaresamiska", "en": "Inari Sámi"},
    "sms": {"fi": "koltansaame", "sv": "skoltsamiska", "en": "Skolt Sámi"},
}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the documents are served: `base` as "https://mukana.example/v1", no slash at the end."""

    base: str
    data_source: str = "mukana"

    def id(self, local: str) -> str:
        """A whole id; an id that has a data source already stays."""
        return local if ":" in local else f"{self.data_source}:{local}"

    def url(self, resource: str, whole_id: str) -> str:
        return f"{self.base}/{resource}/{whole_id}/"

    def link(self, resource: str, whole_id: str) -> dict[str, str]:
        return {"@id": self.url(resource, whole_id)}


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word of a vocabulary; `id` is whole ("yso:p4354", "mukana:balance")."""

    id: str
    name: Mapping[str, str]
    alt_labels: tuple[str, ...] = ()
    n_events: int = 0
    upcoming: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place; `id` is without the data source.  `municipality` is `(code, {language: name})`."""

    id: str
    name: Mapping[str, str]
    publisher: str = ""
    street_address: Mapping[str, str] = field(default_factory=dict)
    postal_code: str = ""
    locality: Mapping[str, str] = field(default_factory=dict)
    lat: float | None = None
    lon: float | None = None
    phone: str = ""
    email: str = ""
    info_url: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    municipality: tuple[str, Mapping[str, str]] | None = None
    modified_at: datetime | None = None
    n_events: int = 0
    upcoming: bool = False


@dataclass(frozen=True, slots=True)
class Organisation:
    """A publisher; `id` and `parent` are without the data source."""

    id: str
    name: str
    parent: str | None = None
    children: tuple[str, ...] = ()
    modified_at: datetime | None = None


def translated(by_language: Mapping[str, str]) -> dict[str, str] | None:
    """Texts by language without empty ones and plain-language variants; None when nothing is left."""
    filled = {code: text for code, text in by_language.items() if text and "-x-" not in code}
    return filled or None


def language_ids(codes: Iterable[str]) -> list[str]:
    """The languages this API knows, in the order given."""
    return [code for code in codes if code in LANGUAGES]


def keyword(word: Keyword, site: Site) -> dict[str, Any]:
    """A keyword's document."""
    return {
        "id": word.id,
        "alt_labels": list(word.alt_labels),
        "created_time": None,
        "last_modified_time": None,
        "aggregate": False,
        "deprecated": False,
        "has_upcoming_events": word.upcoming,
        "n_events": word.n_events,
        "image": None,
        "data_source": word.id.partition(":")[0],
        "publisher": None,
        "replaced_by": None,
        "name": translated(word.name),
        **_kind("Keyword", site.url("keyword", word.id)),
    }


def place(where: Place, site: Site) -> dict[str, Any]:
    """A place's document."""
    located = where.lat is not None and where.lon is not None
    return {
        "id": site.id(where.id),
        "divisions": _divisions(where),
        "created_time": None,
        "last_modified_time": utc(where.modified_at),
        "custom_data": None,
        "email": where.email or None,
        "contact_type": None,
        "address_region": None,
        "postal_code": where.postal_code or None,
        "post_office_box_num": None,
        "address_country": "FI",
        "deleted": False,
        "has_upcoming_events": where.upcoming,
        "n_events": where.n_events,
        "image": None,
        "data_source": site.data_source,
        "publisher": site.id(where.publisher) if where.publisher else None,
        "parent": None,
        "replaced_by": None,
        "position": {"type": "Point", "coordinates": [where.lon, where.lat]} if located else None,
        "telephone": {"fi": where.phone} if where.phone else None,
        "name": translated(where.name),
        "street_address": translated(where.street_address),
        "address_locality": translated(where.locality),
        "info_url": translated(where.info_url),
        "description": translated(where.description),
        **_kind("Place", site.url("place", site.id(where.id))),
    }


def organisation(one: Organisation, site: Site) -> dict[str, Any]:
    """A publisher's document."""
    return {
        "id": site.id(one.id),
        "data_source": site.data_source,
        "classification": None,
        "name": one.name,
        "founding_date": None,
        "dissolution_date": None,
        "parent_organization": site.url("organization", site.id(one.parent)) if one.parent else None,
        "sub_organizations": [site.url("organization", site.id(child)) for child in one.children],
        "affiliated_organizations": [],
        "created_time": None,
        "last_modified_time": utc(one.modified_at),
        "is_affiliated": False,
        "replaced_by": None,
        **_kind("Organization", site.url("organization", site.id(one.id))),
    }


def language(code: str, site: Site) -> dict[str, Any]:
    """A language's document.  KeyError for a code this API does not know."""
    return {
        "id": code,
        "translation_available": code in ("fi", "sv", "en"),
        "name": dict(LANGUAGES[code]),
        **_kind("Language", site.url("language", code)),
    }


def _divisions(where: Place) -> list[dict[str, Any]]:
    if where.municipality is None:
        return []
    code, names = where.municipality
    slug = names.get("fi", code).lower().replace(" ", "-")
    return [
        {
            "type": "muni",
            "ocd_id": f"ocd-division/country:fi/kunta:{slug}",
            "municipality": None,
            "name": translated(names),
        }
    ]


def _kind(name: str, url: str) -> dict[str, str]:
    return {"@id": url, "@context": CONTEXT, "@type": name}
