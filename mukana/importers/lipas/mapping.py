"""LIPAS sports places as places and entries.  Pure."""

from __future__ import annotations

from typing import Any

from mukana.directory.drafts import Contact, Draft, EntryDraft, PlaceDraft, Texts
from mukana.directory.vocabularies import LipasType, lipas_types
from mukana.importers.adapter import Context, RawRow, Rejected, payload
from mukana.importers.lipas.geometry import first_point, route
from mukana.importers.lipas.site import Site, is_published, site
from mukana.importers.values import NO_NAME, contact, decimal, line, point, prose, texts_of, unique
from mukana.lib.moments import parse_moment
from mukana.lib.text import title_case_place
from mukana.lib.words import distance

MAPPING_VERSION = 1
EQUIPMENT = {
    "toilet": "yleisö-wc", "changing-rooms": "pukukopit", "shower": "suihku", "sauna": "sauna", "kiosk": "kioski",
    "parking-place": "pysäköintipaikka", "playground": "leikkipaikka", "pier": "laituri",
    "boat-launching-spot": "veneen vesillelaskupaikka", "outdoor-exercise-machines": "ulkokuntoilulaitteita",
    "lighting": "valaistus", "ligthing": "valaistus",  # the second is how LIPAS spelled it
    "equipment-rental": "välinevuokraus", "ski-service": "suksihuolto", "winter-swimming": "talviuintimahdollisuus",
}  # fmt: skip


def to_drafts(raw: RawRow, context: Context) -> list[Draft] | Rejected:
    """The place, and an entry unless it is of a type nobody is guided to (a motor track, a service building)."""
    row = payload(raw)
    if isinstance(row, Rejected):
        return row
    found = site(row)
    if not line(found.names.get("fi", "")) and not texts_of({"name": found.names}):
        return Rejected(NO_NAME)
    kind = lipas_types().get(found.type_code or 0)
    if kind is None:
        return Rejected(f"Tuntematon LIPAS-tyyppi: {found.type_code or 'puuttuu'}.")
    place = _place(raw.row_id, found, kind)
    return [place, _entry(place, found, kind)] if kind.topics else [place]


def _place(row_id: str, found: Site, kind: LipasType) -> PlaceDraft:
    lat, lon = point(*found.point)
    if lat is None:
        lat, lon = first_point(found.features)
    return PlaceDraft(
        row_id=row_id,
        texts=_texts(found, kind),
        municipality=found.city_code,
        address=_address(found.location.get("address")),
        postal_code=line(found.location.get("postalCode"), 5),
        city=title_case_place(line(found.location.get("postalOffice"), 60)),
        lat=lat,
        lon=lon,
        contact=_contact(found),
        temporarily_closed=found.status == "out-of-service-temporarily",
        lipas_type=kind.code,
    )


def _entry(place: PlaceDraft, found: Site, kind: LipasType) -> EntryDraft:
    is_route = kind.kind == "route"
    geometry, length = route(found.features) if is_route else (None, 0)
    free = found.properties.get("free-use") is True
    rental = ("equipment_provided",) if found.properties.get("equipment-rental") is True else ()
    return EntryDraft(
        row_id=place.row_id,
        kind=kind.kind,
        texts=place.texts,
        form="outdoor_route" if is_route else "on_site",
        place=place.row_id,
        municipality=place.municipality,
        lat=place.lat,
        lon=place.lon,
        geometry=geometry,
        topics=kind.topics,
        service_classes=kind.service_classes,
        keywords=unique((kind.names["fi"].casefold(), *kind.tags)),
        features=unique((*kind.features, *rental, *(("no_registration",) if free else ()))),
        price_kind="free" if free else "unknown",
        price_cents=0 if free else None,
        registration="none" if free else "unknown",
        contact=place.contact,
        status="published" if is_published(found.status) else "withdrawn",
        media=_media(found, length) if is_route else {},
        modified_at=parse_moment(found.modified),
    )


def _texts(found: Site, kind: LipasType) -> Texts:
    """The place's own words, its type and what there is."""
    town = title_case_place(line(found.location.get("postalOffice"), 60))
    summaries = {language: f"{name}, {town}" if town else name for language, name in kind.names.items()}
    description = "\n\n".join(filter(None, (prose(found.properties.get("info-fi")), _closed(found), _equipment(found))))
    return texts_of({"name": found.names, "summary": summaries, "description": {"fi": description}})


def _closed(found: Site) -> str:
    return "Paikka on tilapäisesti suljettu." if found.status == "out-of-service-temporarily" else ""


def _equipment(found: Site) -> str:
    things = unique(label for key, label in EQUIPMENT.items() if found.properties.get(key) is True)
    length = _length_km(found)
    said = [f"Reitin pituus on {distance(length)}." if length else "", f"Paikalla on: {', '.join(things)}." if things else ""]
    access = prose(found.properties.get("accessibility-info"))
    return "\n".join(filter(None, (*said, f"Esteettömyys: {access}" if access else "")))


def _length_km(found: Site) -> float:
    length = decimal(found.properties.get("route-length-km"))
    return length if length is not None and 0 < length < 1000 else 0.0


def _media(found: Site, length_m: int) -> dict[str, Any]:
    told = round(_length_km(found) * 1000)
    media: dict[str, Any] = {"length_m": told or length_m} if told or length_m else {}
    if (decimal(found.properties.get("lit-route-length-km")) or 0) > 0:
        media["lit"] = True
    return media


def _contact(found: Site) -> Contact:
    given = found.contacts
    first = contact(phone=given["phone"], email=given["email"], url=given["www"])
    return first if first.url else contact(phone=given["phone"], email=given["email"], url=given["reservations"])


def _address(value: object) -> str:
    """The address, without the dash some write for none."""
    address = line(value, 200)
    return address if any(map(str.isalnum, address)) else ""
