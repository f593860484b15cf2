"""The pilot before PTV: whole numbers as ids and Finnish labels instead of codes.  Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from mukana.directory.drafts import Draft, EntryDraft, OrganisationDraft, PlaceDraft
from mukana.directory.terms import audiences_for, features_for, topics_for
from mukana.importers.adapter import Rejected
from mukana.importers.ptv.hours import pilot as pilot_hours
from mukana.importers.ptv.shapes import codes, pilot_id, service_status
from mukana.importers.values import LANGUAGES, NO_NAME, as_dict, as_list, contact, dicts, line, point, texts_of, unique
from mukana.lib.businessid import normal as business_id
from mukana.lib.text import title_case_place
from mukana.lib.words import parse_price

CODE = re.compile(r"\b(\d{3})\b")
ORGANISATION_KINDS = {"valtio": "state", "kunta": "municipality", "yritys": "company", "yritykset": "company"}


def to_drafts(kind: str, row_id: str, row: dict[str, Any]) -> list[Draft] | Rejected:
    """The one draft of a row."""
    if not line(row.get("name")):
        return Rejected(NO_NAME)
    return [KINDS[kind](row_id, row)]


def municipality(value: object) -> str:
    """The number of "491 Mikkeli" or "Mikkeli 491"; a bare name stays."""
    text = line(value, 100)
    found = CODE.search(text)
    return found[1] if found else text


def _organisation(row_id: str, row: dict[str, Any]) -> Draft:
    kind = line(row.get("organizationType")).casefold()
    known = ORGANISATION_KINDS.get(kind, "association" if kind.startswith("järjestö") else "other")
    pages = [*dicts(row.get("webPages")), *dicts(row.get("webpages"))]
    return OrganisationDraft(
        row_id=row_id,
        texts=_texts(row),
        kind=known,
        business_id=business_id(line(row.get("businessID"), 20)),
        municipality=municipality(row.get("municipalityCode")) or municipality(_address(row).get("municipality")),
        contact=contact(phone=row.get("phone"), email=row.get("email"), url=_first(pages, "url")),
    )


def _place(row_id: str, row: dict[str, Any]) -> Draft:
    lat, lon = point(row.get("latitude"), row.get("longitude"))
    address = _address(row)
    mails = [item.get("address") for item in dicts(row.get("email"))]
    street = f"{line(address.get('streetAddress'), 150)} {line(address.get('buildingNumber'), 20)}".strip()
    return PlaceDraft(
        row_id=row_id,
        texts=_texts(row),
        municipality=municipality(address.get("municipality")),
        address=street,
        postal_code=line(address.get("postalCode"), 5),
        city=title_case_place(CODE.sub("", line(address.get("postalDistrict"), 60))),
        lat=lat,
        lon=lon,
        contact=contact(phone=_first(dicts(row.get("phone")), "phone"), email=mails, url=_first(dicts(row.get("webPage")), "url")),
        hours=pilot_hours(row.get("openingTimes")),
    )


def _service(row_id: str, row: dict[str, Any]) -> Draft:
    channels = as_dict(row.get("joined_channels"))
    texts = _texts(row)
    labels = unique(line(word, 100) for key in ("keyword", "ontologyTerm", "alternateName") for word in as_list(row.get(key)))
    references = tuple(code for key in ("serviceClass", "targetGroup", "lifeEvent") for code in codes(row.get(key)))
    said = (*labels, *(text["name"] for text in texts.values()))
    kind, cents = parse_price(line(_first(dicts(row.get("serviceChargeDescription")), "description"), 500))
    place = next((channel for channel, found in channels.items() if found), "")
    responsible = as_dict(row.get("serviceToOrganization")).get("responsibleOrganization")
    topics = topics_for(references, (), said)
    return EntryDraft(
        row_id=row_id,
        kind="service",
        texts=texts,
        form="on_site" if place else "",
        organisation=next(filter(None, map(pilot_id, as_list(responsible))), ""),
        place=place,
        municipality=_only_municipality(row),
        topics=topics,
        status=service_status(published=True, topics=topics),
        audience=audiences_for(references, (), said),
        service_classes=tuple(code for code in references if code.startswith("P")),
        keywords=labels,
        features=features_for(said),
        languages=tuple(code for code in LANGUAGES if code in as_list(row.get("language"))),
        price_kind=kind,
        price_cents=cents,
    )


def _texts(row: dict[str, Any]) -> Any:
    fields = {"name": "name", "summary": "shortDescription", "description": "description", "join": "serviceUserInstructions"}
    return texts_of({field: {"fi": row[key]} for field, key in fields.items() if isinstance(row.get(key), str)})


def _only_municipality(row: dict[str, Any]) -> str:
    found = unique(map(municipality, as_list(row.get("municipality"))))
    return found[0] if len(found) == 1 else ""


def _address(row: dict[str, Any]) -> dict[str, Any]:
    return next(iter(dicts(row.get("visitAddress"))), {})


def _first(items: list[dict[str, Any]], key: str) -> str:
    return next(filter(None, (line(item.get(key), 500) for item in items)), "")


KINDS: dict[str, Callable[[str, dict[str, Any]], Draft]] = {
    "pilot_organisation": _organisation,
    "pilot_place": _place,
    "pilot_service": _service,
}
