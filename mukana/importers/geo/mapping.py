"""Lines of GPX and GeoJSON as routes, points and areas as places.  Pure.

A place is an entry too when its words say what one does there, as with LIPAS; a car
park stays a place.
"""

from __future__ import annotations

import re
from typing import Any

from mukana.directory.drafts import Contact, Draft, EntryDraft, PlaceDraft, Texts
from mukana.directory.terms import audiences_for, features_for, strongest, topics_for
from mukana.importers.adapter import Context, RawRow, Rejected, payload
from mukana.importers.geo.crs import Point, declared
from mukana.importers.geo.shapes import Route, Shape, route, shape_of, spot
from mukana.importers.saying import public_prose
from mukana.importers.values import as_dict, contact, decimal, line, texts_of, unique
from mukana.lib.words import distance

MAPPING_VERSION = 2
NO_SHAPE = "Kohteella ei ole geometriaa, jota voi lukea."
NOT_HERE = "Kohde ei ole Suomessa, tai sen koordinaatteja ei voi lukea."
NO_NAME = "Pisteellä ei ole nimeä."
NAMED_BY_FILE = "Reitillä ei ole lähteessä nimeä, joten nimi on tiedoston nimestä."
CUT = "Osa reitistä on Suomen ulkopuolella eikä näy tässä."
NAMES = {
    "fi": ("name:fi", "name_fi", "nimi_fi", "nimi", "kohteen_nimi", "name", "title", "otsikko"),
    "sv": ("name:sv", "name_sv", "nimi_sv", "namn"),
    "en": ("name:en", "name_en", "nimi_en"),
}
DESCRIPTIONS = ("description", "desc", "kuvaus", "description_fi", "kuvaus_fi", "lisatieto", "lisätieto", "cmt", "comment", "info")
KINDS = ("type", "tyyppi", "luokka", "laji", "category", "kategoria", "sym", "sport", "route", "leisure", "tourism", "avainsanat")
TOWNS = ("kunta", "municipality", "kuntanimi", "kunta_nimi", "kuntakoodi", "kunta_ni1", "kunnan_nimi", "addr:city", "city")
LINKS = ("www", "url", "website", "link", "linkki", "link1_href", "osoite_www")
_TIMESTAMP = re.compile(
    r"(?:(?:track|trk|route|activity|tallenne|jälki|reitti|active log)\W*)?"
    r"(?:\d{1,2}-[a-z]{3}-\d{2,4}[\s\d:.apm]*|[\dtz\s:.,_/+-]{6,})",
    re.IGNORECASE,
)
_MACHINE_XML = re.compile(r"^\s*<[\w-]+:[\w-]+")  # what another program keeps for itself


def to_drafts(raw: RawRow, context: Context) -> list[Draft] | Rejected:
    """A route, or a place with or without its entry."""
    row = payload(raw)
    if isinstance(row, Rejected):
        return row
    feature = as_dict(row.get("feature"))
    properties = {key.strip().casefold(): value for key, value in as_dict(feature.get("properties")).items()}
    code = declared(feature.get("crs") or row.get("crs"))
    shape = shape_of(feature.get("geometry") if "geometry" in feature else feature)
    if shape.first_corner() is None:
        return Rejected(NO_SHAPE)
    if shape.lines:
        found = route(shape, code)
        return [_route(raw.row_id, row, properties, found, context)] if found else Rejected(NOT_HERE)
    return _place(raw.row_id, properties, shape, code, context)


def _route(row_id: str, row: dict[str, Any], properties: dict[str, Any], found: Route, context: Context) -> EntryDraft:
    names = _names(properties)
    notes = [] if names else [NAMED_BY_FILE]
    names = names or {"fi": file_title(line(row.get("file")))}
    told = decimal(row.get("length_m"))
    length = round(told) if told and not found.cut else found.length_m
    notes += [CUT] if found.cut else []
    words = (*_kinds(properties), *names.values())
    return EntryDraft(
        row_id=row_id,
        kind="route",
        texts=_texts(names, properties, [f"Reitin pituus on {distance(length / 1000)}.", *notes]),
        form="outdoor_route",
        municipality=_municipality(properties, context),
        lat=found.start[0],
        lon=found.start[1],
        geometry=found.geometry,
        topics=strongest(("outdoor_route", *topics_for(words=words))),
        audience=audiences_for(words=words),
        keywords=_kinds(properties),
        features=unique(("outdoor", *features_for(words))),
        contact=_contact(properties),
        media={"length_m": length},
    )


def _place(row_id: str, properties: dict[str, Any], shape: Shape, code: int, context: Context) -> list[Draft] | Rejected:
    point: Point | None = spot(shape, code)
    if point is None:
        return Rejected(NOT_HERE)
    names = _names(properties)
    if not names:
        return Rejected(NO_NAME)
    place = PlaceDraft(
        row_id=row_id,
        texts=_texts(names, properties, []),
        municipality=_municipality(properties, context),
        address=_text(properties, ("osoite", "address", "katuosoite", "addr:street"), 200),
        postal_code=_text(properties, ("postinumero", "postal_code", "addr:postcode"), 5),
        lat=point[0],
        lon=point[1],
        contact=_contact(properties),
    )
    words = (*_kinds(properties), *names.values())
    topics = topics_for(words=words)
    return [place, _entry(place, topics, words, _kinds(properties))] if topics else [place]


def _entry(place: PlaceDraft, topics: tuple[str, ...], words: tuple[str, ...], kinds: tuple[str, ...]) -> EntryDraft:
    return EntryDraft(
        row_id=place.row_id,
        kind="place",
        texts=place.texts,
        form="on_site",
        place=place.row_id,
        municipality=place.municipality,
        lat=place.lat,
        lon=place.lon,
        topics=topics,
        audience=audiences_for(words=words),
        keywords=kinds,
        features=features_for(words),
        contact=place.contact,
    )


def file_title(stem: str) -> str:
    """The name of a file as a title: "harjun_polku-2" → "Harjun polku 2"."""
    words = " ".join(re.sub(r"[_\-+.]+", " ", stem).split())
    return words[:1].upper() + words[1:] if any(map(str.isalpha, words)) else f"Reitti {words}".strip()


def _names(properties: dict[str, Any]) -> dict[str, str]:
    """Names by language, without those that are only a moment."""
    found = {language: _text(properties, keys, 250) for language, keys in NAMES.items()}
    return {language: name for language, name in found.items() if name and not _TIMESTAMP.fullmatch(name)}


def _texts(names: dict[str, str], properties: dict[str, Any], said: list[str]) -> Texts:
    told = next((text for key in DESCRIPTIONS if (text := _prose(properties.get(key)))), "")
    language = "fi" if "fi" in names else next(iter(names))
    return texts_of({"name": names, "description": {language: "\n\n".join(filter(None, (told, *said)))}})


def _prose(value: object) -> str:
    return "" if not isinstance(value, str) or _MACHINE_XML.match(value) else public_prose(value)


def _text(properties: dict[str, Any], keys: tuple[str, ...], limit: int) -> str:
    """The first of the properties that says something."""
    given = (properties.get(key) for key in keys)
    texts = (line(value, limit) for value in given if not (isinstance(value, str) and _MACHINE_XML.match(value)))
    return next((text for text in texts if any(map(str.isalnum, text))), "")


def _kinds(properties: dict[str, Any]) -> tuple[str, ...]:
    return unique(_text(properties, (key,), 100) for key in KINDS)


def _municipality(properties: dict[str, Any], context: Context) -> str:
    return _text(properties, TOWNS, 100) or context.options.get("municipality", "")


def _contact(properties: dict[str, Any]) -> Contact:
    return contact(
        phone=_text(properties, ("puhelin", "phone", "puh", "contact:phone"), 60),
        email=_text(properties, ("email", "sähköposti", "sahkoposti", "contact:email"), 200),
        url=_text(properties, LINKS, 500),
    )
