"""Linked Events rows as drafts.  Pure."""

from __future__ import annotations

from typing import Any

from mukana.directory.drafts import Contact, Draft, EntryDraft, OccurrenceDraft, PlaceDraft, Texts
from mukana.directory.terms import audiences_for, features_for, strongest, topics_for
from mukana.directory.vocabularies import YsoMeaning, yso_id, yso_meanings
from mukana.importers.adapter import Context, RawRow, Rejected, payload
from mukana.importers.linkedevents.parts import (
    price,
    reference,
    registration,
    span,
    super_event,
    town_in,
    venue_in_text,
)
from mukana.importers.values import (
    LANGUAGES,
    NO_NAME,
    as_dict,
    as_list,
    contact,
    dicts,
    line,
    main_name,
    point,
    texts_of,
    translated,
    unique,
    whole,
)
from mukana.lib.moments import parse_moment
from mukana.lib.text import title_case_place
from mukana.lib.urls import safe_url

MAPPING_VERSION = 1
STATUSES = {"EventCancelled": "cancelled", "EventPostponed": "postponed", "EventRescheduled": "rescheduled"}
KINDS = {"course": "group", "hobbies": "group", "courses": "group", "volunteering": "event"}
NO_MEANING = YsoMeaning("", (), ())
FREE_LICENCES = ("cc_by", "cc_by_4", "cc0")
NEW_TIME_UNKNOWN = "Tapahtuma on siirretty. Uusi aika ei ole vielä tiedossa."
NOT_LINKED_EVENTS = "Rivi on Espoon OData-kalenterin muotoa, ei Linked Events -muotoa. Tätä lähdettä ei voi lukea tällä tuonnilla."


def to_drafts(raw: RawRow, context: Context) -> list[Draft] | Rejected:
    """A place, or one happening of a series; nothing for keywords and images."""
    row = payload(raw)
    if isinstance(row, Rejected):
        return row
    if raw.kind == "event":
        return _event(raw, row, context)
    if raw.kind == "place":
        return _place(raw, row)
    if raw.kind == "odata":
        return Rejected(NOT_LINKED_EVENTS)
    if raw.kind in ("keyword", "keyword_set", "image"):
        return []
    return Rejected("Rivi ei ole Linked Eventsin tapahtuma, paikka eikä avainsana.")


def _place(raw: RawRow, row: dict[str, Any]) -> list[Draft] | Rejected:
    texts = texts_of({"name": translated(row.get("name")), "description": translated(row.get("description"))}, copies=False)
    if not texts:
        return Rejected(NO_NAME)
    corners = as_list(as_dict(row.get("position")).get("coordinates"))
    lat, lon = point(corners[1], corners[0]) if len(corners) > 1 else (None, None)
    return [
        PlaceDraft(
            row_id=raw.row_id,
            texts=texts,
            municipality=_municipality_of_place(row),
            address=line(_finnish(row.get("street_address")), 200),
            postal_code=line(row.get("postal_code"), 5),
            city=title_case_place(line(_finnish(row.get("address_locality")), 60)),
            lat=lat,
            lon=lon,
            contact=contact(phone=_finnish(row.get("telephone")), email=row.get("email"), url=_finnish(row.get("info_url"))),
        )
    ]


def _municipality_of_place(row: dict[str, Any]) -> str:
    divisions = (item for item in dicts(row.get("divisions")) if item.get("type") == "muni")
    named = next((_finnish(item.get("name")) for item in divisions), "")
    return line(named or _finnish(row.get("address_locality")), 100)


def _event(raw: RawRow, row: dict[str, Any], context: Context) -> list[Draft] | Rejected:
    texts = _texts(row)
    if not texts:
        return Rejected(NO_NAME)
    series = _series(raw.row_id, row, context)
    gone = row.get("deleted") is True or bool(row.get("replaced_by")) or row.get("publication_status") == "draft"
    dates = () if gone else _occurrences(raw.row_id, row)
    if not (dates or gone or _may_lack_dates(row)):
        return Rejected("Alkamisaika puuttuu tai sitä ei voi lukea.")
    remote = _is_remote(row)
    words = (*_names(row.get("keywords"), context), main_name(texts))
    listeners = (*_names(row.get("audience"), context), *words)
    price_kind, cents, _ = price(row)
    return [
        EntryDraft(
            row_id=raw.row_id,
            kind=KINDS.get(line(row.get("type_id")).casefold(), "event"),
            texts=texts,
            series_id=series,
            form="remote_together" if remote else "on_site",
            organisation=line(_finnish(row.get("provider")), 120),
            place="" if remote else reference(row.get("location")),
            municipality=_municipality(row, context),
            topics=_topics(row, words),
            audience=_audience(row, listeners),
            keywords=_keywords(row.get("keywords"), context),
            features=_features(row, words),
            languages=_languages(row.get("in_language")),
            price_kind=price_kind,
            price_cents=cents,
            registration=registration(row),
            age_min=whole(row.get("audience_min_age"), 0, 120),
            age_max=whole(row.get("audience_max_age"), 0, 120),
            contact=_contact(row),
            occurrences=dates,
            status="withdrawn" if gone and not series else "published",
            media=_media(row),
            modified_at=parse_moment(row.get("last_modified_time")),
        )
    ]


def _texts(row: dict[str, Any]) -> Texts:
    """Without the translations that only repeat the Finnish text."""
    getting_there = translated(row.get("location_extra_info"))
    venue = "" if row.get("location") else venue_in_text(row)
    if venue and "fi" not in getting_there:
        getting_there["fi"] = f"Tapahtumapaikka: {venue}"
    description = translated(row.get("description"))
    if parse_moment(row.get("start_time")) is None and row.get("event_status") == "EventPostponed":
        description["fi"] = f"{NEW_TIME_UNKNOWN}\n\n{description.get('fi', '')}"
    fields = {
        "name": translated(row.get("name")),
        "summary": translated(row.get("short_description")),
        "description": description,
        "getting_there": getting_there,
        "price_note": price(row)[2],
    }
    return texts_of(fields, copies=False)


def _series(row_id: str, row: dict[str, Any], context: Context) -> str:
    """Rows under one recurring event are one entry; those under an umbrella stand alone."""
    above, kind = super_event(row)
    if above:
        return "" if kind == "umbrella" or f"umbrella:{above}" in context.names else above
    return row_id if row.get("super_event_type") == "recurring" else ""


def _occurrences(row_id: str, row: dict[str, Any]) -> tuple[OccurrenceDraft, ...]:
    """The one date of a row; a recurring event itself only spans its dates."""
    start, end, all_day = span(row)
    if start is None or row.get("super_event_type") == "recurring":
        return ()
    status = STATUSES.get(line(row.get("event_status")), "scheduled")
    return (OccurrenceDraft(starts_at=start, ends_at=end, all_day=all_day, status=status, row_id=row_id, place=_own_place(row)),)


def _own_place(row: dict[str, Any]) -> str:
    return "" if _is_remote(row) else reference(row.get("location"))


def _may_lack_dates(row: dict[str, Any]) -> bool:
    return row.get("super_event_type") == "recurring" or row.get("event_status") == "EventPostponed"


def _is_remote(row: dict[str, Any]) -> bool:
    return row.get("is_virtualevent") is True or reference(row.get("location")).endswith(":internet")


def _names(references: object, context: Context) -> tuple[str, ...]:
    """Names of keywords, told beside the reference or known from the keyword rows."""
    found = []
    for item in dicts(references):
        named = item if item.get("name") else as_dict(context.names.get(f"keyword:{reference(item)}"))
        found.append(line(_finnish(named.get("name")), 100))
    return unique(found)


def _keywords(references: object, context: Context) -> tuple[str, ...]:
    """Each keyword's name, or its id when nobody told the name."""
    meanings = yso_meanings()
    found = []
    for item in dicts(references):
        row_id = reference(item)
        known = meanings.get(yso_id(row_id))
        names = _names([item], context)
        found.append(names[0] if names else known.label if known else row_id)
    return unique(found)


def _topics(row: dict[str, Any], words: tuple[str, ...]) -> tuple[str, ...]:
    by_concept = [topic for item in dicts(row.get("keywords")) for topic in _meaning(item).topics]
    volunteering = ["volunteering"] if line(row.get("type_id")).casefold() == "volunteering" else []
    return strongest((*topics_for(words=words), *by_concept, *volunteering))


def _audience(row: dict[str, Any], words: tuple[str, ...]) -> tuple[str, ...]:
    references = (*dicts(row.get("audience")), *dicts(row.get("keywords")))
    return unique((*audiences_for(words=words), *(code for item in references for code in _meaning(item).audiences)))


def _meaning(item: dict[str, Any]) -> YsoMeaning:
    return yso_meanings().get(yso_id(reference(item)), NO_MEANING)


def _features(row: dict[str, Any], words: tuple[str, ...]) -> tuple[str, ...]:
    outdoor = ("outdoor",) if row.get("environment") == "out" else ()
    return unique((*features_for(words), *outdoor))


def _municipality(row: dict[str, Any], context: Context) -> str:
    """By the place told with the event, else a town named in the directions, else the run's own."""
    location = as_dict(row.get("location"))
    told = _municipality_of_place(location)
    return told or town_in(_finnish(row.get("location_extra_info"))) or ("" if location else context.options.get("municipality", ""))


def _languages(value: object) -> tuple[str, ...]:
    given = {reference(item) for item in dicts(value)}
    return tuple(code for code in LANGUAGES if code in given)


def _contact(row: dict[str, Any]) -> Contact:
    told = _finnish(row.get("provider_contact_info"))
    return contact(phone=told, email=told, url=_finnish(row.get("info_url")))


def _media(row: dict[str, Any]) -> dict[str, Any]:
    """An image only under a licence that lets others show it (`event_only` does not)."""
    for image in dicts(row.get("images")):
        address = safe_url(line(image.get("url"), 500))
        if address and line(image.get("license")).casefold() in FREE_LICENCES:
            return {"image": address, "image_alt": line(_finnish(image.get("alt_text")) or image.get("alt_text"), 300)}
    return {}


def _finnish(value: object) -> str:
    """The Finnish text, or the first there is."""
    texts = translated(value)
    return texts.get("fi") or next(iter(texts.values()), "")
