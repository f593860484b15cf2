"""Parts of a record of another site, made safe: what does not fit is left out.  Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from mukana.directory.drafts import Contact, OccurrenceDraft, ScheduleDraft, Texts
from mukana.importers.values import LANGUAGES, as_dict, as_list, dicts, line, prose, unique
from mukana.lib import emails, phones
from mukana.lib.moments import WEEKDAYS
from mukana.lib.recurrence import RhythmError, instances, parse_clock, rhythm_of
from mukana.lib.urls import safe_url

NAMES = ("name", "whom")
FIELDS = ("name", "summary", "description", "getting_there", "price_note", "join", "whom")
PROFILES = ("step_free", "toilet", "hearing", "vision", "parking", "rest", "notes")
STATES = ("yes", "no", "partial", "unknown")
LINES = ("LineString", "MultiLineString", "Point", "Polygon", "MultiPolygon")
MAX_CORNERS = 20_000
MAX_DATES = 2_000


def known(code: str, codes: Iterable[str], other: str) -> str:
    """The code when it is one of these, else the other."""
    return code if code in codes else other


def fields_known(given: Iterable[str], codes: Iterable[str]) -> tuple[str, ...]:
    """The known codes once each, in the order they were given."""
    allowed = frozenset(codes)
    return unique(code for code in given if code in allowed)


def texts(given: Texts) -> Texts:
    """Plain texts of known languages and fields; a language without a name is left out."""
    found: Texts = {}
    for language in (code for code in given if code in LANGUAGES):
        fields = given[language]
        plain: dict[str, Any] = {name: _plain(name, fields[name]) for name in FIELDS if isinstance(fields.get(name), str)}
        steps = [{"title": line(step.get("title")), "text": prose(step.get("text"))} for step in dicts(fields.get("steps"))[:30]]
        if steps:
            plain["steps"] = steps
        if plain.get("name"):
            found[language] = {name: text for name, text in plain.items() if text}
    return found


def _plain(name: str, text: str) -> str:
    return line(text) if name in NAMES else prose(text)


def contact(given: Contact) -> Contact:
    """Phone, address and link in their usual shapes."""
    phone = given.phone if given.phone.isdigit() and len(given.phone) <= 6 else phones.normal(line(given.phone))
    return Contact(name=line(given.name, 120), phone=phone, email=emails.normal(given.email), url=safe_url(given.url))


def states(given: dict[str, str]) -> dict[str, str]:
    """Accessibility by profile."""
    return {
        profile: state if profile != "notes" else prose(state)
        for profile, state in given.items()
        if profile in PROFILES and (state in STATES or profile == "notes")
    }


def hours(given: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows with a day and two times of day."""
    keys = ("day", "opens", "closes")
    return [
        {key: row[key] for key in keys}
        for row in given[:56]
        if row.get("day") in WEEKDAYS and _clock(row, "opens") and _clock(row, "closes")
    ]


def _clock(row: dict[str, str], key: str) -> bool:
    return row.get(key) == "24.00" or parse_clock(row.get(key)) is not None


def geometry(given: dict[str, Any] | None) -> dict[str, Any] | None:
    """A GeoJSON geometry of numbers; anything else is left out."""
    shape = as_dict(given)
    corners = shape.get("coordinates")
    if shape.get("type") not in LINES or not isinstance(corners, list) or not 0 < _count(corners) <= MAX_CORNERS * 3:
        return None
    return {"type": shape["type"], "coordinates": corners}


def _count(value: Any) -> int:
    """How many numbers there are; a great many when something is no number."""
    if isinstance(value, list):
        return sum(map(_count, value))
    return 1 if isinstance(value, int | float) and not isinstance(value, bool) else MAX_CORNERS * 9


def media(given: dict[str, Any]) -> dict[str, Any]:
    """Short texts, numbers and truths; addresses only when they are safe."""
    found: dict[str, Any] = {}
    for key, value in list(given.items())[:50]:
        if isinstance(value, bool | int | float):
            found[key] = value
        elif isinstance(value, str) and "://" in value:
            found |= {key: safe_url(value)} if safe_url(value) else {}
        elif isinstance(value, str):
            found[key] = prose(value)
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            found[key] = [line(item) for item in as_list(value)[:50]]
    return found


def occurrence(given: OccurrenceDraft) -> OccurrenceDraft:
    """One date with a status that is known."""
    return replace(
        given,
        status=known(given.status, ("scheduled", "cancelled", "postponed", "rescheduled"), "scheduled"),
        reason=_reason(given.reason),
        row_id=line(given.row_id, 200),
        facts=media(given.facts),
    )


def _reason(given: object) -> dict[str, str]:
    return {language: line(text, 300) for language, text in as_dict(given).items() if language in LANGUAGES and line(text, 300)}


def schedule(given: ScheduleDraft) -> ScheduleDraft | None:
    """A rhythm that can be followed; None when it can not."""
    exceptions = tuple({**row, "reason": _reason(row.get("reason"))} if "reason" in row else row for row in given.exceptions[:400])
    found = replace(given, exceptions=exceptions, season=known(given.season, ("spring", "summer", "autumn", "winter"), ""))
    try:
        next(instances(rhythm_of(found), given.first, given.first), None)
    except (RhythmError, KeyError, TypeError, OverflowError):
        return None
    return found if found.until >= found.first and found.interval <= 60 else None
