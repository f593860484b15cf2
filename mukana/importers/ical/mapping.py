"""Events of a calendar as entries: one UID is one entry with all its dates.  Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from mukana.directory.drafts import Contact, Draft, EntryDraft, WithdrawnDraft
from mukana.directory.terms import audiences_for, features_for, topics_for
from mukana.importers.adapter import Context, RawRow, Rejected, payload
from mukana.importers.ical.lines import Properties, first_text
from mukana.importers.ical.rules import RuleError, Window
from mukana.importers.ical.series import Series, dates, read_event, repeats, series_of
from mukana.importers.ical.times import Zones
from mukana.importers.neutral.mapping import organisation_kind
from mukana.importers.saying import Venue, place_draft, price, public_prose, registration, venue
from mukana.importers.values import LANGUAGES, NO_NAME, contact, line, point, texts_of, unique
from mukana.lib.moments import parse_moment

MAPPING_VERSION = 1
GROUP_AT_LEAST = 4  # dates of a rule that make a group rather than an event
NO_TIME = "Tapahtumalta puuttuu alkamisaika (DTSTART), tai sitä ei voi lukea."
BAD_RULE = "Toistumista (RRULE) ei voi lukea: {detail}."
# GigPress writes "Price: 5 €. Notes: …", others "Hinta: 5 €" on a line of its own.
_GIGPRESS = re.compile(r"^\s*Price:\s*(?P<price>.*?)\.?\s*(?:Notes:\s*(?P<notes>.*))?$", re.IGNORECASE | re.DOTALL)
_AT_VENUE = re.compile(r"\s+at\s+(?:(?:[Tt]he\s+)?[A-Z].*)?$|\s+@\s*\S.*$")
_NOTES = re.compile(r"^\s*Notes:\s*")
_PRICE_LINE = re.compile(r"^\s*(?:hinta|pääsymaksu|osallistumismaksu|liput|pris|price)\s*:\s*(\S.{0,200})$", re.IGNORECASE | re.MULTILINE)


def to_drafts(raw: RawRow, context: Context) -> list[Draft] | Rejected:
    """A venue, or the series of a UID."""
    if raw.gone:
        return [WithdrawnDraft(raw.row_id)]
    row = payload(raw)
    if isinstance(row, Rejected):
        return row
    if raw.kind == "place":
        return _place(raw, row)
    zones = Zones(row.get("zone", ""), row.get("offsets"))
    series = series_of([read_event(text, zones) for text in row.get("events", [])])
    if series is None:
        return Rejected(NO_TIME)
    window = Window(*(date.fromisoformat(day) for day in row["window"]))
    try:
        return _entry(raw.row_id, series, zones, window, context)
    except RuleError as error:
        return Rejected(BAD_RULE.format(detail=line(str(error), 60) or "RRULE"))


def _place(raw: RawRow, row: dict[str, Any]) -> list[Draft] | Rejected:
    lat, lon = _geo(row.get("geo", ""))
    return [place_draft(venue(row.get("location", "")), raw.row_id, lat, lon)]


def _entry(row_id: str, series: Series, zones: Zones, window: Window, context: Context) -> list[Draft] | Rejected:
    given = series.main.given
    if not series.main.name:
        return Rejected(NO_NAME)
    when = dates(row_id, series, zones, window)
    where = venue(first_text(given, "LOCATION"))
    cost, text = _price_and_text(_description(given))
    keywords = _categories(given)
    words = (*keywords, _own_words(series.main.name, where))
    kind, cents = price(cost or text)
    lat, lon = _geo(first_text(given, "GEO"))
    return [
        EntryDraft(
            row_id=row_id,
            kind="group" if repeats(series) and len(when) >= GROUP_AT_LEAST else "event",
            texts=texts_of({"name": _said(given, series.main.name), "description": _said(given, text), "price_note": _said(given, cost)}),
            form="remote_together" if where.remote else "on_site",
            organisation=_organiser(given),
            place=where.row_id,
            municipality=where.municipality or where.city or context.options.get("municipality", ""),
            lat=lat,
            lon=lon,
            topics=topics_for(words=words),
            audience=audiences_for(words=words),
            keywords=keywords,
            features=features_for(words),
            price_kind=kind,
            price_cents=cents,
            registration=registration(text),
            contact=_contact(given, text, where),
            occurrences=when,
            status="published" if when else "withdrawn",
            modified_at=parse_moment(_stamp(first_text(given, "LAST-MODIFIED"))),
        )
    ]


def _said(given: Properties, text: str) -> dict[str, str]:
    """The text in the language its line tells, Finnish when it tells none we have."""
    told = given["SUMMARY"][0].params.get("LANGUAGE", "").casefold().partition("-")[0] if "SUMMARY" in given else ""
    return {told if told in LANGUAGES else "fi": text}


def _own_words(name: str, where: Venue) -> str:
    """The title without "at Promenadisali": where it is says nothing of what it is."""
    return _AT_VENUE.sub("", name.removesuffix(where.name) if where.name else name).strip() or name


def _description(given: Properties) -> str:
    return public_prose(first_text(given, "DESCRIPTION")) or public_prose(first_text(given, "X-ALT-DESC"))


def _price_and_text(text: str) -> tuple[str, str]:
    """The price told apart from the rest, "" when there is none."""
    found = _GIGPRESS.match(text)
    if found:
        return found["price"].strip(), found["notes"] or ""
    told = _PRICE_LINE.search(text)
    return (told[1].strip() if told else ""), _NOTES.sub("", text)


def _categories(given: Properties) -> tuple[str, ...]:
    """Each category once; a comma parts them, an escaped one does not."""
    parts = (part for prop in given.get("CATEGORIES", []) for part in re.split(r"(?<!\\),", prop.value))
    return unique(line(part.replace("\\,", ",").replace("\\;", ";"), 100) for part in parts)[:50]


def _organiser(given: Properties) -> str:
    """The organiser's name when it can not be a person's."""
    told = line(given["ORGANIZER"][0].params.get("CN", ""), 120) if "ORGANIZER" in given else ""
    return told if organisation_kind(told) != "other" else ""


def _contact(given: Properties, text: str, where: Venue) -> Contact:
    """An office's address: the organiser's, the contact's or one in the text."""
    mails = [first_text(given, "ORGANIZER"), first_text(given, "CONTACT"), text]
    return contact(phone=first_text(given, "CONTACT"), email=mails, url=first_text(given, "URL") or where.url)


def _geo(text: str) -> tuple[float | None, float | None]:
    """A point of "62.89;27.67", or with a comma as some write."""
    lat, _, lon = text.replace(",", ";").partition(";")
    return point(lat, lon)


def _stamp(text: str) -> str:
    """`20260212T152751Z` as ISO 8601 that the house reads."""
    told = re.fullmatch(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z?)", text.strip())
    return f"{told[1]}-{told[2]}-{told[3]}T{told[4]}:{told[5]}:{told[6]}{told[7]}" if told else ""
