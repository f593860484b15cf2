"""PTV organisations, service locations and services as drafts.  Pure."""

from __future__ import annotations

from typing import Any

from mukana.directory.drafts import Contact, Draft, EntryDraft, OrganisationDraft, PlaceDraft, Texts
from mukana.directory.terms import audiences_for, features_for, topics_for
from mukana.importers.adapter import Context, RawRow, Rejected, payload
from mukana.importers.ptv import pilot
from mukana.importers.ptv.general import GeneralDescription, general_description
from mukana.importers.ptv.hours import weekly
from mukana.importers.ptv.shapes import (
    CHANNELS_READ,
    address,
    codes,
    concept_uris,
    contact,
    finnish,
    linked_channels,
    localized,
    municipality,
    service_status,
)
from mukana.importers.values import LANGUAGES, NO_NAME, as_dict, as_list, dicts, identifier, line, main_name, texts_of, unique
from mukana.lib.businessid import normal as business_id
from mukana.lib.moments import parse_moment
from mukana.lib.words import parse_price

MAPPING_VERSION = 2
ORGANISATION_KINDS = {
    "Municipality": "municipality", "State": "state", "Company": "company", "Organization": "association",
    "RegionalOrganization": "other", "SotePublic": "wellbeing_county", "SotePrivate": "company", "Region": "other",
}  # fmt: skip


def to_drafts(raw: RawRow, context: Context) -> list[Draft] | Rejected:
    """One draft for what people can be guided to; nothing for forms, phones and web channels, which belong to services."""
    row = payload(raw)
    if isinstance(row, Rejected):
        return row
    if raw.kind == "service":
        return _service(raw.row_id, row, channels_read=CHANNELS_READ in context.names)
    if raw.kind == "channel":
        return _channel(raw.row_id, row)
    if raw.kind == "organisation":
        return _organisation(raw.row_id, row)
    if raw.kind == "general_description":
        return []
    if raw.kind in pilot.KINDS:
        return pilot.to_drafts(raw.kind, raw.row_id, row)
    return Rejected("Rivi ei ole PTV:n palvelu, asiointikanava, organisaatio eikä pohjakuvaus.")


def _is_published(row: dict[str, Any]) -> bool:
    return row.get("publishingStatus") in ("Published", None)


def _organisation(row_id: str, row: dict[str, Any]) -> list[Draft] | Rejected:
    fields = {
        "name": localized(row.get("organizationNames"), "Name"),
        "summary": localized(row.get("organizationDescriptions"), "Summary"),
        "description": localized(row.get("organizationDescriptions"), "Description"),
    }
    texts = texts_of(fields)
    if not texts:
        return Rejected(NO_NAME)
    if not _is_published(row):
        return []
    kind = ORGANISATION_KINDS.get(line(row.get("organizationType")), "other")
    return [
        OrganisationDraft(
            row_id=row_id,
            texts=texts,
            kind="wellbeing_county" if "hyvinvointialue" in main_name(texts).casefold() else kind,
            business_id=business_id(line(row.get("businessCode"), 20)),
            municipality=municipality(row.get("municipality")) or address(row).municipality,
            contact=contact(row),
            parent=identifier(row.get("parentOrganizationId")),
        )
    ]


def _channel(row_id: str, row: dict[str, Any]) -> list[Draft] | Rejected:
    if row.get("serviceChannelType") != "ServiceLocation" or not _is_published(row):
        return []
    found = address(row)
    descriptions = row.get("serviceChannelDescriptions")
    fields = {
        "name": localized(row.get("serviceChannelNames"), "Name"),
        "summary": localized(descriptions, "Summary"),
        "description": localized(descriptions, "Description"),
        "getting_there": dict(found.directions),
    }
    texts = texts_of(fields)
    if not texts:
        return Rejected(NO_NAME)
    return [
        PlaceDraft(
            row_id=row_id,
            texts=texts,
            municipality=found.municipality or _only_municipality(row),
            address=found.street,
            postal_code=found.postal_code,
            city=found.city,
            lat=found.lat,
            lon=found.lon,
            contact=contact(row),
            hours=weekly(row.get("serviceHours")),
        )
    ]


def _service(row_id: str, row: dict[str, Any], *, channels_read: bool) -> list[Draft] | Rejected:
    general = general_description(as_dict(row.get("joined_general")))
    texts = _service_texts(row, general)
    if not texts:
        return Rejected(NO_NAME)
    channels = [as_dict(channel) for channel in as_dict(row.get("joined_channels")).values()]
    classes = unique((*codes(row.get("serviceClasses")), *general.codes))
    others = (*codes(row.get("targetGroups")), *codes(row.get("lifeEvents")))
    keywords = _keywords(row)
    said = (*keywords, *(text["name"] for text in texts.values()))
    uris = unique((*concept_uris(row.get("ontologyTerms")), *general.concepts))
    place = _place(row)
    kind, cents = _price(row, texts, general)
    topics = topics_for((*classes, *others), uris, said)
    return [
        EntryDraft(
            row_id=row_id,
            kind="service",
            texts=texts,
            form="on_site" if place else "",
            organisation=_responsible(row),
            place=place,
            municipality=_only_municipality(row),
            topics=topics,
            audience=audiences_for((*classes, *others), uris, said),
            service_classes=tuple(code for code in classes if code.startswith("P")),
            keywords=unique((*keywords, *_concept_names(row))),
            features=unique((*features_for(said), *_phone_ok(channels))),
            languages=tuple(code for code in LANGUAGES if code in as_list(row.get("languages"))),
            price_kind=kind,
            price_cents=cents,
            contact=_contact(channels),
            partly_read=not all(channels) if channels else not channels_read,
            status=service_status(published=_is_published(row), topics=topics),
            modified_at=parse_moment(row.get("modified")),
        )
    ]


def _service_texts(row: dict[str, Any], general: GeneralDescription) -> Texts:
    """Own texts; the general description fills in what a language lacks, where the service has a name in it."""
    descriptions = row.get("serviceDescriptions")
    own = {
        "name": localized(row.get("serviceNames"), "Name"),
        "summary": localized(descriptions, "Summary"),
        "description": localized(descriptions, "Description"),
        "join": localized(descriptions, "UserInstruction"),
        "price_note": localized(descriptions, "ChargeTypeAdditionalInfo"),
        "getting_there": _other_places(row),
    }
    return texts_of({field: general.texts.get(field, {}) | texts for field, texts in own.items()})


def _price(row: dict[str, Any], texts: Texts, general: GeneralDescription) -> tuple[str, int | None]:
    told = line(row.get("serviceChargeType")) or general.charge_type
    if told in ("FreeOfCharge", "Free"):
        return "free", 0
    note = next((text["price_note"] for text in texts.values() if "price_note" in text), "")
    kind, cents = parse_price(note)
    return ("paid", cents or None) if told in ("Chargeable", "Charged") else (kind, cents)


def _place(row: dict[str, Any]) -> str:
    """The first service location; when no channel was read, the first channel may be one."""
    known = as_dict(row.get("joined_channels"))
    located = [row_id for row_id, channel in known.items() if as_dict(channel).get("serviceChannelType") == "ServiceLocation"]
    if located:
        return located[0]
    return next(iter(linked_channels(row)), "") if not any(known.values()) else ""


def _other_places(row: dict[str, Any]) -> dict[str, str]:
    """Names of further service locations, as an entry stands in one place."""
    known = [as_dict(channel) for channel in as_dict(row.get("joined_channels")).values()]
    located = [channel for channel in known if channel.get("serviceChannelType") == "ServiceLocation"]
    names = [finnish(channel.get("serviceChannelNames"), "Name") for channel in located[1:21]]
    return {"fi": "Muut palvelupisteet: " + ", ".join(filter(None, names))} if any(names) else {}


def _contact(channels: list[dict[str, Any]]) -> Contact:
    """Each part from the first channel that has it: places first, then phones and web pages; forms to print have none."""
    usable = [channel for channel in channels if channel.get("serviceChannelType") != "PrintableForm"]
    located = sorted(usable, key=lambda channel: channel.get("serviceChannelType") != "ServiceLocation")
    found = [contact(channel) for channel in located]
    parts = {part: next(filter(None, (getattr(one, part) for one in found)), "") for part in ("phone", "email", "url")}
    return Contact(**parts)


def _phone_ok(channels: list[dict[str, Any]]) -> tuple[str, ...]:
    return ("phone_ok",) if any(channel.get("serviceChannelType") == "Phone" for channel in channels) else ()


def _responsible(row: dict[str, Any]) -> str:
    roles = dicts(row.get("organizations"))
    first = next((role for role in roles if role.get("roleType") == "Responsible"), roles[0] if roles else {})
    return identifier(as_dict(first.get("organization")).get("id")) or identifier(first.get("organizationId"))


def _only_municipality(row: dict[str, Any]) -> str:
    """The municipality when the area is just one."""
    areas = [item for area in dicts(row.get("areas")) for item in dicts(area.get("municipalities"))]
    return municipality(areas[0]) if len(areas) == 1 else ""


def _keywords(row: dict[str, Any]) -> tuple[str, ...]:
    """Own words (some write several into one, parted by commas) and alternative names."""
    written = [part for item in dicts(row.get("keywords")) for part in line(item.get("value"), 500).split(",")]
    return unique((*(part.strip()[:100] for part in written), *localized(row.get("serviceNames"), "AlternativeName").values()))


def _concept_names(row: dict[str, Any]) -> list[str]:
    return [finnish(item.get("name"))[:100] for item in dicts(row.get("ontologyTerms"))]
