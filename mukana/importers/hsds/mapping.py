"""HSDS services, locations and organisations as drafts.  Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from mukana.directory.drafts import Contact, Draft, EntryDraft, ScheduleDraft, Texts
from mukana.directory.terms import audiences_for, features_for, topics_for
from mukana.importers.adapter import Context, RawRow, Rejected, payload
from mukana.importers.hsds.places import (
    address_of,
    contact_of,
    country_of,
    field_of,
    language_of,
    organisation,
    organisation_row,
    place,
    place_row,
)
from mukana.importers.jsonld.when import DAY_NAMES, schedule
from mukana.importers.values import (
    LANGUAGES,
    NO_NAME,
    as_dict,
    as_list,
    decimal,
    dicts,
    identifier,
    line,
    main_name,
    prose,
    texts_of,
    unique,
    whole,
)
from mukana.lib.moments import WEEKDAYS, parse_moment
from mukana.lib.recurrence import parse_clock
from mukana.lib.words import parse_price

MAPPING_VERSION = 1
GONE = frozenset({"inactive", "defunct"})
LONGEST_MEETING_MIN = 5 * 60  # what lasts longer is opening hours, not a group that meets
CLOSED = {"fi": "Palvelu on tilapäisesti suljettu.", "en": "The service is temporarily closed."}
LABELS = {
    "eligibility_description": {"fi": "Kenelle", "en": "For whom"},
    "hours_text": {"fi": "Aukiolo", "en": "Hours"},
    "wait_time": {"fi": "Odotusaika", "en": "Waiting time"},
    "interpretation_services": {"fi": "Tulkkaus", "en": "Interpretation"},
}
FREE = re.compile(r"^(?:none\b|no (?:fee|charge|cost)|free\b)", re.IGNORECASE)
NOTHING = re.compile(r"^none\.?$", re.IGNORECASE)
BYDAY = re.compile(r"(-1|[1-5])?\s*([A-Z]{2})", re.IGNORECASE)
LANGUAGE_NAMES = {"finnish": "fi", "suomi": "fi", "swedish": "sv", "svenska": "sv", "ruotsi": "sv", "english": "en", "englanti": "en"}


def to_drafts(raw: RawRow, _context: Context) -> list[Draft] | Rejected:
    """One row as its draft; nothing for a taxonomy's terms."""
    row = payload(raw)
    if isinstance(row, Rejected):
        return row
    if raw.kind == "place":
        return place(raw.row_id, row)
    if raw.kind == "organisation":
        return organisation(raw.row_id, row)
    return [] if raw.kind == "term" else _service(raw.row_id, row)


def _service(row_id: str, row: dict[str, Any]) -> list[Draft] | Rejected:
    links = [as_dict(link.get("location")) for link in dicts(row.get("service_at_locations"))]
    places = [place for place in links if place.get("name") or place.get("addresses")]
    kind, cents, note = _price(row)
    texts = _texts(row, places, note)
    if not texts:
        return Rejected(NO_NAME)
    keywords = _keywords(row)
    words = (*keywords, main_name(texts))
    listeners = (*words, line(field_of(row, "eligibility_description"), 300))
    status = line(row.get("status") or "active", 40).casefold()
    return [
        EntryDraft(
            row_id=row_id,
            kind="service",
            texts=texts,
            form="on_site" if places else "",
            organisation=organisation_row(as_dict(row.get("organization"))) or _reference("organisation", row.get("organization_id")),
            place=place_row(places[0]) if places else "",
            municipality=line(address_of(places[0]).get("city"), 100) if places else "",
            topics=topics_for(words=words),
            audience=audiences_for(words=listeners),
            keywords=keywords,
            features=features_for(words),
            languages=_languages(row),
            price_kind=kind,
            price_cents=cents,
            age_min=whole(row.get("minimum_age"), 0, 120),
            age_max=whole(row.get("maximum_age"), 0, 120),
            contact=_reach(row, places),
            schedules=_schedules(row),
            status="withdrawn" if status in GONE else "published",
            modified_at=parse_moment(row.get("last_modified")) or parse_moment(row.get("assured_date")),
        )
    ]


def _reach(row: dict[str, Any], places: list[dict[str, Any]]) -> Contact:
    """The service's own contact; a phone that only its place has will do."""
    own = contact_of(row, country_of(row))
    if own.phone or not places:
        return own
    return replace(own, phone=contact_of(places[0], country_of(row)).phone)


def _reference(kind: str, given: object) -> str:
    row_id = identifier(given)
    return f"{kind}:{row_id}"[:200] if row_id else ""


def _texts(row: dict[str, Any], places: list[dict[str, Any]], note: str) -> Texts:
    language = language_of(row)
    closed = line(row.get("status"), 40).casefold() == "temporarily closed"
    told = [CLOSED[language] if closed else "", prose(row.get("alert")), prose(row.get("description"))]
    for name, label in LABELS.items():
        value = prose(field_of(row, name))
        told.append(f"{label[language]}: {value}" if value and not NOTHING.match(value) else "")
    told += [line(one.get("description"), 300) for one in dicts(row.get("schedules"))]
    others = [line(place.get("name") or address_of(place).get("address_1")) for place in places[1:]]
    told.append(f"{'Myös' if language == 'fi' else 'Also at'}: {', '.join(others[:20])}" if others else "")
    fields = {
        "name": line(row.get("name")),
        "summary": prose(row.get("summary")),
        "description": "\n\n".join(unique(told)),
        "join": prose(row.get("application_process")),
        "price_note": note,
    }
    return texts_of({field: {language: text} for field, text in fields.items()})


def _price(row: dict[str, Any]) -> tuple[str, int | None, str]:
    """(kind, cents, note): cost options first, else what the fees say.  Cents only of euros."""
    fees = prose(field_of(row, "fees_description"))
    options = [(decimal(one.get("amount")), one) for one in dicts(row.get("cost_options"))]
    amounts = [(amount, line(one.get("currency") or "EUR", 10).upper()) for amount, one in options if amount is not None and amount < 1e7]
    notes = [line(one.get("amount_description") or one.get("option"), 200) for _, one in options]
    note = "\n".join(unique((*notes, "" if NOTHING.match(fees) else fees)))
    if amounts and max(amounts)[0] <= 0:
        return "free", 0, note
    if amounts:
        euros = [amount for amount, currency in amounts if currency == "EUR"]
        return "paid", round(min(euros) * 100) if len(euros) == len(amounts) else None, note
    if FREE.match(fees):
        return "free", 0, note
    return ("paid", None, note) if re.search(r"[$£]\s*\d", fees) else (*parse_price(fees), note)


def _keywords(row: dict[str, Any]) -> tuple[str, ...]:
    """Keywords, taxonomy terms and attributes by name."""
    words = [part for item in as_list(row.get("keywords")) if isinstance(item, str) for part in item.split(",")]
    for one in dicts(row.get("attributes")):
        words.append(line(as_dict(one.get("taxonomy_term")).get("name") or one.get("label") or one.get("value"), 100))
    words += [line(one.get("name"), 100) for one in dicts(row.get("service_taxonomys")) + dicts(row.get("taxonomy"))]
    return unique(line(word, 100) for word in words)[:60]


def _languages(row: dict[str, Any]) -> tuple[str, ...]:
    told = row.get("language_names") or row.get("languages")
    words = [part for item in as_list(told) if isinstance(item, str) for part in item.split(",")]
    words += [line(one.get("code") or one.get("name") or one.get("language"), 40) for one in dicts(told)]
    found = {LANGUAGE_NAMES.get(word.strip().casefold(), word.strip().casefold()[:2]) for word in words}
    return tuple(code for code in LANGUAGES if code in found)


def _schedules(row: dict[str, Any]) -> tuple[ScheduleDraft, ...]:
    """Rhythms of meetings: WEEKLY or MONTHLY with days, an hour and a first day.  A whole day's opening is no meeting."""
    told = [*dicts(row.get("schedules")), *(one for link in dicts(row.get("service_at_locations")) for one in dicts(link.get("schedules")))]
    return tuple(filter(None, map(_schedule, told)))[:20]


def _schedule(row: dict[str, Any]) -> ScheduleDraft | None:
    opens, closes = parse_clock(line(row.get("opens_at"), 30)[:8]), parse_clock(line(row.get("closes_at"), 30)[:8])
    frequency = {"WEEKLY": "W", "MONTHLY": "M"}.get(line(row.get("freq"), 20).upper())
    days = BYDAY.findall(line(row.get("byday"), 60))
    if opens is None or frequency is None or not days:
        return None
    if closes is not None and (closes.hour - opens.hour) * 60 + closes.minute - opens.minute > LONGEST_MEETING_MIN:
        return None
    names = [code for code in WEEKDAYS if code in {DAY_NAMES.get(day.casefold()) for _, day in days}]
    nth = next((int(number) for number, _ in days if number), None)
    return schedule(
        {
            "repeatFrequency": f"P{whole(row.get('interval'), 1, 60) or 1}{frequency}",
            "byDay": names,
            "byMonthWeek": nth,
            "startDate": row.get("dtstart") or row.get("valid_from"),
            "endDate": row.get("until") or row.get("valid_to"),
            "startTime": row.get("opens_at"),
            "endTime": row.get("closes_at"),
            "repeatCount": row.get("count"),
        }
    )
