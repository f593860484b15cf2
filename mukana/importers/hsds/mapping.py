"""HSDS services, locations and organisations as drafts.  Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from mukana.directory.drafts import Contact, Draft, EntryDraft, OrganisationDraft, PlaceDraft, ScheduleDraft, Texts
from mukana.directory.terms import audiences_for, features_for, topics_for
from mukana.importers.adapter import Context, RawRow, Rejected, payload
from mukana.importers.hsds import hours
from mukana.importers.jsonld.nodes import digest
from mukana.importers.jsonld.said import AMENITIES, NAME_KINDS
from mukana.importers.jsonld.when import DAY_NAMES, schedule
from mukana.importers.values import (
    LANGUAGES,
    NO_NAME,
    as_dict,
    as_list,
    contact,
    decimal,
    dicts,
    identifier,
    line,
    main_name,
    point,
    prose,
    texts_of,
    unique,
    whole,
)
from mukana.lib import phones
from mukana.lib.moments import WEEKDAYS, parse_moment
from mukana.lib.recurrence import parse_clock
from mukana.lib.text import title_case_place
from mukana.lib.words import parse_price

MAPPING_VERSION = 1
COUNTRIES = {"US": "+1", "CA": "+1", "GB": "+44", "UK": "+44", "IE": "+353", "SE": "+46", "NO": "+47", "EE": "+372"}
ENGLISH = frozenset({"US", "CA", "GB", "UK", "IE", "AU", "NZ"})
GONE = frozenset({"inactive", "defunct"})
LONGEST_MEETING_MIN = 5 * 60  # what lasts longer is opening hours, not a group that meets
CLOSED = {"fi": "Palvelu on tilapäisesti suljettu.", "en": "The service is temporarily closed."}
LABELS = {
    "eligibility_description": {"fi": "Kenelle", "en": "For whom"},
    "hours_text": {"fi": "Aukiolo", "en": "Hours"},
    "wait_time": {"fi": "Odotusaika", "en": "Waiting time"},
    "interpretation_services": {"fi": "Tulkkaus", "en": "Interpretation"},
}
OLD_NAMES = {"eligibility_description": ("eligibility", "audience"), "fees_description": ("fees",), "url": ("website",)}
FREE = re.compile(r"^(?:none\b|no (?:fee|charge|cost)|free\b)", re.IGNORECASE)
NOTHING = re.compile(r"^none\.?$", re.IGNORECASE)
BYDAY = re.compile(r"(-1|[1-5])?\s*([A-Z]{2})", re.IGNORECASE)
TOO_NO = re.compile(r"\bnot?\b", re.IGNORECASE)
LANGUAGE_NAMES = {"finnish": "fi", "suomi": "fi", "swedish": "sv", "svenska": "sv", "ruotsi": "sv", "english": "en", "englanti": "en"}


def to_drafts(raw: RawRow, _context: Context) -> list[Draft] | Rejected:
    """One row as its draft; nothing for a taxonomy's terms."""
    row = payload(raw)
    if isinstance(row, Rejected):
        return row
    if raw.kind == "place":
        return _place(raw.row_id, row)
    if raw.kind == "organisation":
        return _organisation(raw.row_id, row)
    return [] if raw.kind == "term" else _service(raw.row_id, row)


def place_row(place: dict[str, Any]) -> str:
    """The row id of a location: ids of several tables may be the same."""
    given = identifier(place.get("id"))
    address = _address(place)
    words = (line(place.get("name")), line(address.get("address_1"), 200))
    return f"place:{given}"[:200] if given else f"place:{digest(*words)}" if any(words) else ""


def organisation_row(row: dict[str, Any]) -> str:
    """The row id of an organisation."""
    given, name = identifier(row.get("id")), line(row.get("name"))
    return f"organisation:{given}"[:200] if given else f"organisation:{digest(name)}" if name else ""


# --- places and organisations ----------------------------------------------------------------


def _place(row_id: str, row: dict[str, Any]) -> list[Draft] | Rejected:
    address = _address(row)
    language = _language(row)
    street = line(", ".join(filter(None, (line(address.get("address_1"), 150), line(address.get("address_2"), 50)))), 200)
    fields = {
        "name": {language: line(row.get("name")) or street},
        "description": {language: prose(row.get("description"))},
        "getting_there": {language: prose(row.get("transportation"))},
    }
    texts = texts_of(fields)
    if not texts:
        return Rejected(NO_NAME)
    lat, lon = point(row.get("latitude"), row.get("longitude"))
    city = title_case_place(line(address.get("city"), 100))
    return [
        PlaceDraft(
            row_id=row_id,
            texts=texts,
            municipality=city,
            address=street,
            postal_code=line(address.get("postal_code"), 5) if _country(row) in ("", "FI") else "",
            city=city,
            lat=lat,
            lon=lon,
            contact=_contact(row, _country(row)),
            accessibility=_accessibility(row),
            hours=_hours(row),
        )
    ]


def _hours(row: dict[str, Any]) -> list[dict[str, str]]:
    told = hours.by_day(row.get("business_hours")) or hours.weekly(row.get("schedules") or row.get("regular_schedules"))
    return told or hours.said(row.get("hours_text") or row.get("hours"))


def _address(row: dict[str, Any]) -> dict[str, Any]:
    """The physical address, else the first."""
    found = dicts(row.get("addresses")) or dicts(row.get("physical_addresses")) or dicts(row.get("address"))
    return next((one for one in found if line(one.get("address_type"), 20) in ("", "physical")), found[0] if found else {})


def _country(row: dict[str, Any]) -> str:
    places = (row, *(as_dict(link.get("location")) for link in dicts(row.get("service_at_locations"))))
    return next(filter(None, (line(_address(place).get("country"), 20).upper() for place in places)), "")


def _language(row: dict[str, Any]) -> str:
    """HSDS does not tell the language of its texts, so the country must."""
    return "en" if _country(row) in ENGLISH else "fi"


def _accessibility(row: dict[str, Any]) -> dict[str, str]:
    """States out of names ("Ramp", "disabled_parking", "Not wheelchair accessible") and descriptions."""
    told = row.get("accessibility_names") or row.get("accessibility")
    words = [part for item in as_list(told) if isinstance(item, str) for part in item.split(",")]
    for one in (*dicts(told), *dicts(row.get("accessibility_rows"))):
        words += [line(one.get("description") or one.get("accessibility"), 200), line(one.get("details"), 200)]
    states: dict[str, str] = {}
    for word in (line(word, 200).replace("_", " ") for word in words):
        found = [profile for profile, pattern in AMENITIES if pattern.search(word)]
        found += ["toilet"] if word.casefold() in ("restroom", "accessible restroom") else []
        for profile in found:
            states.setdefault(profile, "no" if TOO_NO.search(word) else "yes")
    return states


def _organisation(row_id: str, row: dict[str, Any]) -> list[Draft] | Rejected:
    name = line(row.get("name"))
    texts = texts_of({"name": {"fi": name}, "description": {"fi": prose(row.get("description"))}})
    if not texts:
        return Rejected(NO_NAME)
    kind = next((kind for pattern, kind in NAME_KINDS if pattern.search(name)), "other")
    parent = identifier(row.get("parent_organization_id"))
    above = f"organisation:{parent}"[:200] if parent else ""
    return [OrganisationDraft(row_id=row_id, texts=texts, kind=kind, contact=_contact(row, ""), parent=above)]


def _contact(row: dict[str, Any], country: str) -> Contact:
    """The first voice phone; a number of another country gets its prefix."""
    told = [one for one in hours.flat(row.get("phones")) if line(one.get("type") or one.get("number_type") or "voice", 20).lower() != "fax"]
    number = next(filter(None, (_phone(one, country) for one in told)), "")
    reached = contact(email=row.get("email") or row.get("emails"), url=_field(row, "url") or row.get("website"))
    return Contact(phone=number, email=reached.email, url=reached.url)


def _phone(row: dict[str, Any], country: str) -> str:
    number, prefix = line(row.get("number"), 60).strip('"'), line(row.get("country_prefix"), 6)
    if prefix or (country in COUNTRIES and "+" not in number):
        return phones.from_pair(prefix or COUNTRIES[country], number.lstrip("0 "))
    return phones.normal(number)


# --- services --------------------------------------------------------------------------------


def _service(row_id: str, row: dict[str, Any]) -> list[Draft] | Rejected:
    links = [as_dict(link.get("location")) for link in dicts(row.get("service_at_locations"))]
    places = [place for place in links if place.get("name") or place.get("addresses")]
    kind, cents, note = _price(row)
    texts = _texts(row, places, note)
    if not texts:
        return Rejected(NO_NAME)
    keywords = _keywords(row)
    words = (*keywords, main_name(texts))
    listeners = (*words, line(_field(row, "eligibility_description"), 300))
    status = line(row.get("status") or "active", 40).casefold()
    return [
        EntryDraft(
            row_id=row_id,
            kind="service",
            texts=texts,
            form="on_site" if places else "",
            organisation=organisation_row(as_dict(row.get("organization"))) or _reference("organisation", row.get("organization_id")),
            place=place_row(places[0]) if places else "",
            municipality=line(_address(places[0]).get("city"), 100) if places else "",
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
    own = _contact(row, _country(row))
    if own.phone or not places:
        return own
    return replace(own, phone=_contact(places[0], _country(row)).phone)


def _reference(kind: str, given: object) -> str:
    row_id = identifier(given)
    return f"{kind}:{row_id}"[:200] if row_id else ""


def _field(row: dict[str, Any], name: str) -> Any:
    """A field by its name in HSDS 3 or in the versions before it."""
    return next((row[key] for key in (name, *OLD_NAMES.get(name, ())) if row.get(key)), None)


def _texts(row: dict[str, Any], places: list[dict[str, Any]], note: str) -> Texts:
    language = _language(row)
    closed = line(row.get("status"), 40).casefold() == "temporarily closed"
    told = [CLOSED[language] if closed else "", prose(row.get("alert")), prose(row.get("description"))]
    for name, label in LABELS.items():
        value = prose(_field(row, name))
        told.append(f"{label[language]}: {value}" if value and not NOTHING.match(value) else "")
    told += [line(one.get("description"), 300) for one in dicts(row.get("schedules"))]
    others = [line(place.get("name") or _address(place).get("address_1")) for place in places[1:]]
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
    fees = prose(_field(row, "fees_description"))
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
