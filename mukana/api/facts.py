"""Records of the hub as the plain values that `formats.linkedevents` writes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from mukana.api.identifiers import keyword_id
from mukana.directory.models import Entry, Place, Term
from mukana.formats import linkedevents as le
from mukana.formats import linkedevents_parts as parts
from mukana.formats.nameless import role_address, without_names

OUTWARD = ("topic", "keyword", "service_class", "audience")  # schemes of words that others are told
Counts = tuple[int, bool]  # events, are there any ahead


def by_language(texts: Mapping[str, Any], field: str) -> dict[str, str]:
    """One field of a record's texts: {language: text}."""
    found = {language: fields.get(field) for language, fields in texts.items() if isinstance(fields, dict)}
    return {language: text for language, text in found.items() if text and isinstance(text, str)}


def place_facts(place: Place, whole_id: str, counts: Counts = (0, False)) -> parts.Place:
    """A place; read its municipality with it."""
    municipality = place.municipality
    names = {"fi": municipality.name_fi, "sv": municipality.name_sv} if municipality else {}
    return parts.Place(
        id=whole_id,
        name=by_language(place.texts, "name"),
        description=by_language(place.texts, "description"),
        street_address={"fi": place.address},
        postal_code=place.postal_code,
        locality={"fi": place.city} if place.city else names or {"fi": place.municipality_text},
        lat=None if place.approximate else place.lat,  # a guess is not handed on
        lon=None if place.approximate else place.lon,
        phone=place.phone,
        email=role_address(place.email),
        info_url=_web(place.url),
        municipality=(municipality.code, names) if municipality else None,
        modified_at=place.updated_at,
        n_events=counts[0],
        upcoming=counts[1],
    )


def keyword_facts(term: Term, counts: Counts = (0, False)) -> parts.Keyword:
    """A word of a vocabulary."""
    names = by_language(term.texts, "name") or {"fi": term.code}
    return parts.Keyword(keyword_id(term.scheme, term.code), names, n_events=counts[0], upcoming=counts[1])


def entry_facts(entry: Entry, publisher: str, place: parts.Place | None, words: Iterable[tuple[str, parts.Keyword]]) -> le.Entry:
    """What all events of an entry share; `words` are (scheme, keyword) pairs."""
    words = list(words)
    names = [entry.contact_name, *([entry.organisation.contact_name] if entry.organisation else [])]
    return le.Entry(
        name=by_language(entry.texts, "name"),
        short_description=_nameless(by_language(entry.texts, "summary"), names),
        description=_nameless(by_language(entry.texts, "description"), names),
        location=place,
        location_extra_info=_nameless(by_language(entry.texts, "getting_there"), names),
        keywords=tuple(word for scheme, word in words if scheme != "audience"),
        audience=tuple(word for scheme, word in words if scheme == "audience"),
        in_language=tuple(entry.languages),
        provider=by_language(entry.organisation.texts, "name") if entry.organisation else {},
        provider_contact_info={"fi": ", ".join(filter(None, (entry.phone, role_address(entry.email))))},
        info_url=_web(entry.url),
        offers=_offers(entry),
        videos=_videos(entry),
        publisher=publisher,
        created_at=entry.created_at,
        outdoors=True if "outdoor" in entry.features else None,
        type_id=_type(entry, words),
    )


def _nameless(told: dict[str, str], names: Iterable[str]) -> dict[str, str]:
    known = list(names)
    return {language: kept for language, text in told.items() if (kept := without_names(text, known))}


def _offers(entry: Entry) -> tuple[le.Offer, ...]:
    """The price in the organiser's words, else the cheapest as a number; nothing when nothing is known."""
    notes = by_language(entry.texts, "price_note")
    if entry.price_kind == "paid" and not notes and entry.price_cents is not None:
        notes = {"fi": f"{entry.price_cents // 100},{entry.price_cents % 100:02} €"}
    if entry.price_kind == "unknown" and not notes:
        return ()
    return (le.Offer(is_free=entry.price_kind == "free", price=notes),)


def _videos(entry: Entry) -> tuple[str, ...]:
    url = entry.media.get("url") if entry.kind == "video" else None
    return (url,) if isinstance(url, str) and url else ()


def _type(entry: Entry, words: list[tuple[str, parts.Keyword]]) -> str:
    if any(word.id == "mukana:topic.volunteering" for _, word in words):
        return "Volunteering"
    return "Course" if entry.kind == "group" else "General"


def _web(url: str) -> dict[str, str]:
    return {"fi": url} if urlsplit(url).scheme in ("http", "https") else {}
