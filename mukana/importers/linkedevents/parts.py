"""Parts of a Linked Events row: references, times, prices, venues.  Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from mukana.importers.values import as_dict, dicts, identifier, line, prose, translated
from mukana.lib.moments import as_local, at_wall, looks_all_day, parse_moment
from mukana.lib.words import parse_price
from mukana.organisations.reference import municipality_code

CLOCK = re.compile(r"\bklo\.?\s*(\d{1,2})(?:[.:](\d{2}))?(?:\s*[–-]\s*(\d{1,2})(?:[.:](\d{2}))?)?", re.IGNORECASE)
DAY = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
VENUE = re.compile(r"^\s*(?:tapahtumapaikka|paikka|kokoontumispaikka|plats)\s*:\s*(\S.{1,150})$", re.IGNORECASE | re.MULTILINE)
TIME_LINE = re.compile(r"^\s*(?:aika|ajankohta|kellonaika|tid)\s*:\s*(\S.{1,80})$", re.IGNORECASE | re.MULTILINE)
TOWN = re.compile(r"[^\W\d_][^\W\d_]+(?:-[^\W\d_]+)?")
SIGN_UP = re.compile(r"\bilmoittaudu|\bennakkoilmoittaut|\bilmoittautuminen\b|\bsitovat ilmoittaut", re.IGNORECASE)
NO_SIGN_UP = re.compile(r"\bei (?:ennakko)?ilmoittautumi|\bilman (?:ennakko)?ilmoittautumi|\bavoin kaikille\b", re.IGNORECASE)


def reference(value: object) -> str:
    """The id of an object, or the last step of its `@id` address: "tprek:55959"; "" when there is none."""
    given = as_dict(value)
    row_id = identifier(given.get("id"))
    if row_id:
        return row_id
    address = line(given.get("@id"), 300).partition("?")[0].rstrip("/")
    return identifier(address.rpartition("/")[2])


def super_event(row: dict[str, Any]) -> tuple[str, str]:
    """(id, type) of the event above, both "" when there is none; the type only when it is told."""
    above = as_dict(row.get("super_event"))
    return reference(above), line(above.get("super_event_type"))


def span(row: dict[str, Any]) -> tuple[datetime | None, datetime | None, bool]:
    """(start, end, all day) in Finnish time.

    Systems that know only UTC send a day as 21:00Z or 22:00Z of the day before.
    When such a day has its hour in the name ("Tanssit La 8.7.2017 klo 20.00") or on
    a line "Aika: …" of the text, that hour counts.
    """
    start, end = parse_moment(row.get("start_time")), parse_moment(row.get("end_time"))
    if start is None:
        return None, None, False
    if end is not None and end < start:
        end = None
    if row.get("has_start_time") is not False and not looks_all_day(start, end):
        return start, end, False
    said = _said_hours(row, as_local(start).date())
    return (*said, False) if said else (start, end, True)


def _said_hours(row: dict[str, Any], day: date) -> tuple[datetime, datetime | None] | None:
    for text in (line(translated(row.get("name")).get("fi", "")), *_time_lines(row)):
        told = CLOCK.search(text)
        if not told or _other_day(text, day):
            continue
        begins, ends = _hour(told[1], told[2]), _hour(told[3], told[4])
        if begins is not None:
            end = at_wall(day, ends) if ends is not None and ends > begins else None
            return at_wall(day, begins), end
    return None


def _time_lines(row: dict[str, Any]) -> list[str]:
    return TIME_LINE.findall(_finnish_text(row))


def _other_day(text: str, day: date) -> bool:
    told = DAY.search(text)
    return told is not None and (int(told[1]), int(told[2]), int(told[3])) != (day.day, day.month, day.year)


def _hour(hours: str | None, minutes: str | None) -> time | None:
    if hours is None or int(hours) > 23 or int(minutes or 0) > 59:
        return None
    return time(int(hours), int(minutes or 0))


def price(row: dict[str, Any]) -> tuple[str, int | None, dict[str, str]]:
    """(kind, cents, note by language); free only when no offer costs anything."""
    offers = dicts(row.get("offers"))
    kinds = [_offer(offer) for offer in offers]
    paid = [cents for kind, cents in kinds if kind == "paid" and cents is not None]
    notes: dict[str, str] = {}
    for offer in offers:
        for field in ("price", "description"):
            for language, text in translated(offer.get(field)).items():
                notes[language] = f"{notes[language]}\n{text}" if language in notes else text
    if any(kind == "paid" for kind, _ in kinds):
        return "paid", min(paid) if paid else None, notes
    if any(kind == "free" for kind, _ in kinds):
        return "free", 0, notes
    return "unknown", None, notes


def _offer(offer: dict[str, Any]) -> tuple[str, int | None]:
    if offer.get("is_free") is True:
        return "free", 0
    told = translated(offer.get("price"))
    return parse_price(next(iter(told.values()), "") if "fi" not in told else told["fi"])


def venue_in_text(row: dict[str, Any]) -> str:
    """The venue of a line "Tapahtumapaikka: Nurmaan lava", "" when there is none."""
    found = VENUE.search(_finnish_text(row))
    return line(found[1]) if found else ""


def town_in(text: str) -> str:
    """The code of the first municipality named in a text, "" when none is."""
    return next(filter(None, map(municipality_code, TOWN.findall(text[:400]))), "")


def registration(row: dict[str, Any]) -> str:
    """required, none or unknown: by the enrolment fields, else by what the text says."""
    if row.get("enrolment_url") or row.get("registration"):
        return "required"
    text = _finnish_text(row)
    if NO_SIGN_UP.search(text):
        return "none"
    return "required" if SIGN_UP.search(text) else "unknown"


def _finnish_text(row: dict[str, Any]) -> str:
    fields = (translated(row.get(field)).get("fi", "") for field in ("short_description", "description"))
    return "\n".join(map(prose, fields))
