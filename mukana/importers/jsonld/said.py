"""What schema.org nodes say: texts by language, prices, places, organisations.  Pure."""

from __future__ import annotations

import re
from typing import Any

from mukana.directory.drafts import Contact, OrganisationDraft, PlaceDraft, Texts
from mukana.importers.jsonld.nodes import types_of
from mukana.importers.jsonld.when import hours
from mukana.importers.saying import place_draft, venue
from mukana.importers.values import (
    LANGUAGES,
    as_dict,
    as_list,
    contact,
    decimal,
    dicts,
    line,
    point,
    texts_of,
    unique,
    whole,
)
from mukana.lib.text import title_case_place
from mukana.lib.words import parse_price
from mukana.organisations.reference import municipality_code

ORGANISATION_TYPES = {
    "NGO": "association", "SportsTeam": "association", "SportsClub": "association", "SportsOrganization": "association",
    "PerformingGroup": "association", "EducationalOrganization": "education", "CollegeOrUniversity": "education", "School": "education",
    "GovernmentOrganization": "state", "Corporation": "company",
}  # fmt: skip
NAME_KINDS = (
    (re.compile(r"\b(?:ry|rf|r\.y\.|r\.f\.)$", re.IGNORECASE), "association"),
    (re.compile(r"\b(?:oyj?|abp?|ky|tmi|ltd)\b", re.IGNORECASE), "company"),
    (re.compile(r"\w(?:n kaupunki|n kunta| stad| kommun)$", re.IGNORECASE), "municipality"),
    (re.compile(r"hyvinvointialue|välfärdsområde", re.IGNORECASE), "wellbeing_county"),
    (re.compile(r"seurakun|församling", re.IGNORECASE), "parish"),
    (re.compile(r"opisto\b|koulu\b|yliopisto|institut", re.IGNORECASE), "education"),
)
AMENITIES = (
    ("step_free", re.compile(r"esteetön sisäänkäynti|wheelchair|pyörätuoli|step.?free|\bramp|luiska|esteetön$", re.IGNORECASE)),
    ("toilet", re.compile(r"esteetön wc|inva.?wc|accessible (?:toilet|restroom|wc)", re.IGNORECASE)),
    ("parking", re.compile(r"esteetön pysäköinti|inva.?paikka|(?:accessible|disabled|special) parking", re.IGNORECASE)),
    ("hearing", re.compile(r"kuulovamma|induktiosilmukka|hearing|induction loop", re.IGNORECASE)),
    ("vision", re.compile(r"näkövamma|visual|braille", re.IGNORECASE)),
    ("rest", re.compile(r"levähdyspaik|penkk|seating|resting", re.IGNORECASE)),
)
CREATIVE_COMMONS = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/(\d\.\d)", re.IGNORECASE)
YES = (True, "true", "True", "yes", 1, "1", "https://schema.org/True", "http://schema.org/True")
NO = (False, "false", "False", "no", 0, "0", "https://schema.org/False", "http://schema.org/False")


def translated(value: object, language: str) -> dict[str, str]:
    """Texts by language; a bare text is of the node's own language."""
    found: dict[str, str] = {}
    for item in as_list(value):
        if isinstance(item, str) and item.strip():
            found.setdefault(language, item)
        told = as_dict(item)
        text = told.get("@value")
        if isinstance(text, str) and text.strip():
            found.setdefault(language_code(told.get("@language")) or language, text)
        found |= {code: told[code] for code in LANGUAGES if isinstance(told.get(code), str) and told[code].strip()}
    return found


def language_code(value: object) -> str:
    """ "fi" out of "fi-FI", a list or a Language node; "" for a language that has no texts here."""
    first = next(iter(as_list(value)), "")
    told = line(first.get("alternateName") or first.get("name") if isinstance(first, dict) else first, 40)
    names = {"finnish": "fi", "suomi": "fi", "swedish": "sv", "ruotsi": "sv", "svenska": "sv", "english": "en", "englanti": "en"}
    code = names.get(told.casefold(), told.casefold().partition("-")[0].partition("_")[0])
    return code if code in LANGUAGES else ""


def texts(node: dict[str, Any], **more: dict[str, str]) -> Texts:
    """Name and description of a node, with what else is told (price_note …)."""
    language = language_code(node.get("inLanguage")) or "fi"
    fields = {
        "name": translated(node.get("name"), language),
        "summary": translated(node.get("disambiguatingDescription") or node.get("abstract"), language),
        "description": translated(node.get("description"), language),
        **more,
    }
    return texts_of(fields, copies=False)


def price(node: dict[str, Any]) -> tuple[str, int | None, str]:
    """(kind, cents, note).  Cents only of euros; another currency is told in the note."""
    kinds = [_offer(offer) for offer in as_list(node.get("offers"))]
    note = "\n".join(unique(said for _, _, said in kinds))
    paid = [cents for kind, cents, _ in kinds if kind == "paid" and cents is not None]
    if any(kind == "paid" for kind, _, _ in kinds):
        return "paid", min(paid) if paid else None, note
    if node.get("isAccessibleForFree") in YES or any(kind == "free" for kind, _, _ in kinds):
        return "free", 0, note
    return ("paid" if node.get("isAccessibleForFree") in NO else "unknown"), None, note


def _offer(offer: Any) -> tuple[str, int | None, str]:
    told = as_dict(offer)
    if isinstance(offer, str):
        return *parse_price(offer), line(offer, 300)
    given = next((told[key] for key in ("price", "lowPrice") if told.get(key) not in (None, "")), None)
    inner = as_dict(told.get("priceSpecification"))
    given = inner.get("price", inner.get("minPrice")) if given is None else given
    currency = line(told.get("priceCurrency") or inner.get("priceCurrency"), 10).upper()
    name = line(told.get("name"), 120)
    amount = decimal(given)
    if amount is None:
        return *parse_price(line(given, 200)), line(given, 200)
    if amount <= 0:
        return "free", 0, ""
    shown = f"{amount:.2f}".removesuffix(".00").replace(".", ",")
    said = f"{name}: {shown} {currency or '€'}".removeprefix(": ").replace("EUR", "€")
    return "paid", round(amount * 100) if currency in ("", "EUR") and amount < 10_000_000 else None, said


def ages(node: dict[str, Any]) -> tuple[int | None, int | None]:
    """(least, most) of "7-12", "65+" or a quantity."""
    told = node.get("ageRange") or node.get("typicalAgeRange")
    quantity = as_dict(told)
    if quantity:
        return whole(quantity.get("minValue"), 0, 120), whole(quantity.get("maxValue"), 0, 120)
    found = re.fullmatch(r"(\d{1,3})?\s*(?:[-–]|\+)?\s*(\d{1,3})?", line(told, 20))
    if not found:
        return None, None
    return whole(found[1], 0, 120), whole(found[2], 0, 120)


def words(*values: object) -> tuple[str, ...]:
    """Keywords of texts parted by commas, lists and concepts (`prefLabel`, `name`)."""
    found: list[str] = []
    for item in (item for value in values for item in as_list(value)):
        if isinstance(item, str):
            found += [line(word, 100) for word in item.split(",") if "://" not in word]
        else:
            told = as_dict(item)
            found.append(line(told.get("prefLabel") or told.get("name") or told.get("audienceType"), 100))
    return unique(found)[:40]


def place(row_id: str, node: dict[str, Any]) -> PlaceDraft | None:
    """A place told as a node or as a text; None when it has neither a name nor an address."""
    told = node.get("address")
    address = as_dict(next(iter(dicts(told)), {}))
    if not address and isinstance(told, str):
        address = _address_in(told)
    street, city = line(address.get("streetAddress"), 200), title_case_place(line(address.get("addressLocality"), 100))
    named = texts(node) or ({"fi": {"name": street or city}} if street or city else {})
    if not named:
        return None
    geo = as_dict(next(iter(dicts(node.get("geo"))), {}))
    lat, lon = point(geo.get("latitude", node.get("latitude")), geo.get("longitude", node.get("longitude")))
    return PlaceDraft(
        row_id=row_id,
        texts=named,
        municipality=city,
        address=street,
        postal_code=line(address.get("postalCode"), 5),
        city=city,
        lat=lat,
        lon=lon,
        contact=reach(node),
        accessibility=accessibility(node),
        hours=hours(node.get("openingHoursSpecification"), node.get("openingHours")),
    )


def place_of_text(row_id: str, text: str) -> PlaceDraft | None:
    """The place of a location that is only words: "Kirjasto, Puijonkatu 1, Kuopio"."""
    found = venue(text)
    return place_draft(found, row_id, None, None) if found.name else None


def _address_in(text: str) -> dict[str, str]:
    found = venue(text)
    return {"streetAddress": found.address or found.name, "postalCode": found.postal_code, "addressLocality": found.city}


def organisation(row_id: str, node: dict[str, Any]) -> OrganisationDraft | None:
    """An organisation told as a node; None without a name."""
    named = texts(node)
    if not named:
        return None
    name = next(iter(named.values()))["name"]
    by_type = next((ORGANISATION_TYPES[found] for found in types_of(node) if found in ORGANISATION_TYPES), "")
    by_name = next((kind for pattern, kind in NAME_KINDS if pattern.search(name)), "")
    city = line(as_dict(node.get("address")).get("addressLocality"), 100)
    return OrganisationDraft(row_id=row_id, texts=named, kind=by_name or by_type or "other", municipality=city, contact=reach(node))


def reach(node: dict[str, Any]) -> Contact:
    """Phone, office e-mail and web address of a node or of its contact point."""
    point_of = as_dict(next(iter(dicts(node.get("contactPoint"))), {}))
    given = {key: node.get(key) or point_of.get(key) for key in ("telephone", "email", "url")}
    return contact(phone=line(given["telephone"]), email=given["email"], url=given["url"])


def licence(value: object) -> str:
    """ "CC BY 4.0" out of its address; another licence by its name or address."""
    told = line(as_dict(value).get("url") or as_dict(value).get("name") or value, 120)
    found = CREATIVE_COMMONS.search(told)
    if not found:
        return told
    return "CC0 1.0" if found[1] == "zero" else f"CC {found[1].upper()} {found[2]}"


def accessibility(node: dict[str, Any]) -> dict[str, str]:
    """States by profile out of the amenities that are told by name."""
    states: dict[str, str] = {}
    for feature in dicts(node.get("amenityFeature")):
        name, value = line(feature.get("name"), 100), feature.get("value")
        state = "yes" if value in YES or value is None else "no" if value in NO else ""
        for profile, pattern in AMENITIES:
            if state and pattern.search(name):
                states[profile] = state
    return states


def municipality(*told: str) -> str:
    """The first that names a municipality, as its code."""
    return next(filter(None, map(municipality_code, told)), "")
