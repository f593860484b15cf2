"""Facts in people's words: for confirming, for the history and for proposals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mukana.directory import labels
from mukana.directory.actions.occurrences import draft_of
from mukana.directory.freshness import applicable
from mukana.directory.models import Entry, Place, Schedule
from mukana.directory.own import schedules_json
from mukana.directory.queries.dates import ahead
from mukana.directory.words import term_name
from mukana.lib.clock import now, today
from mukana.lib.dates import day, weekday_name, when
from mukana.lib.words import money
from mukana.organisations.models import Organisation
from mukana.upkeep.labels import HOW, PRICES, STATUSES
from mukana.upkeep.queries.contact import contact_of

NEXT = 3  # dates shown of an entry without a weekly schedule


@dataclass(frozen=True, slots=True)
class CriticalFact:
    """One critical field as it stands; `stamp` tells who confirmed it last."""

    field: str
    label: labels.Label
    lines: list[str]
    stamp: dict[str, Any] | None


def critical_facts(entry: Entry) -> list[CriticalFact]:
    """What the organiser is asked about."""
    contact = contact_of(entry)
    plans = schedules_json(draft_of(row) for row in Schedule.objects.filter(entry=entry))
    lines = {
        "contact": [part for part in (contact.name, contact.phone, contact.email, entry.url) if part],
        "time": [schedule_words(one) for one in plans] or _next_dates(entry),
        "place": _place(entry),
        "price": _price(entry),
        "join": [str(labels.REGISTRATION[entry.registration]), *_text(entry, "join")],
        "accessibility": _access(entry),
        "season": _season(plans, entry),
    }
    empty = _("Ei ole kerrottu.")
    fields = applicable(entry.kind, entry.form)
    return [CriticalFact(field, labels.CRITICAL[field], lines[field] or [empty], entry.confirmed.get(field)) for field in fields]


def stamp_words(stamp: dict[str, Any]) -> str:
    """ "pe 3.7. Anneli Rautio, vahvistettu puhelimessa (kirjasi Tiina)"."""
    moment = day(date.fromisoformat(str(stamp["at"])[:10]), today(), _language())
    who = " ".join(part for part in (moment, str(stamp.get("by", ""))) if part)
    noted = _(" (kirjasi %(name)s)") % {"name": stamp["noted_by"]} if stamp.get("noted_by") else ""
    return f"{who}, {HOW.get(str(stamp.get('how')), '')}{noted}"


def schedule_words(plan: dict[str, Any]) -> str:
    """ "keskiviikko klo 17.00–17.45, 2.9.–16.12."."""
    days = ", ".join(weekday_name(code, _language()) for code in plan["days"])
    times = "–".join(part for part in (plan["start"], plan["end"]) if part)
    every = _(", joka %(count)s. viikko") % {"count": plan["interval"]} if plan["interval"] > 1 else ""
    span = f"{_day(plan['first'])}–{_day(plan['until'])}"
    return _("%(days)s klo %(times)s%(every)s, %(span)s") % {"days": days, "times": times, "every": every, "span": span}


def shown(key: str, value: Any) -> str:  # one line for each sort of fact
    """A fact's value in words; "–" for nothing."""
    if value in (None, "", [], {}):
        return "–"
    if key.startswith("confirmed."):
        return stamp_words(value)
    if key == "schedules":
        return "; ".join(schedule_words(one) for one in value)
    if key.endswith(".steps"):
        return " → ".join(str(step.get("title", "")) for step in value)
    if key in _CODES:
        return str(_CODES[key](value))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _named(model: type[Organisation] | type[Place], key: Any) -> str:
    return str(model._default_manager.filter(pk=key).first() or key)


_CODES: dict[str, Any] = {
    "price_kind": lambda code: PRICES.get(code, code),
    "price_cents": lambda cents: money(cents, _language()),
    "registration": lambda code: labels.REGISTRATION.get(code, code),
    "features": lambda codes: ", ".join(str(labels.FEATURES[code].word) for code in codes if code in labels.FEATURES),
    "topics": lambda codes: ", ".join(term_name("topic", code, _language()) for code in codes),
    "languages": lambda codes: ", ".join(str(labels.SERVICE_LANGUAGES.get(code, code)) for code in codes),
    "accessibility": lambda states: ", ".join(_access_words(states)),
    "organisation_id": lambda key: _named(Organisation, key),
    "place_id": lambda key: _named(Place, key),
    "status": lambda code: STATUSES.get(code, code),
    "do_not_list": lambda value: _("kyllä") if value else _("ei"),
    "kind": lambda code: labels.KINDS.get(code, code),
    "form": lambda code: labels.FORMS[code].word if code in labels.FORMS else code,
}


def _language() -> str:
    return get_language() or "fi"


def _day(iso: str) -> str:
    found = date.fromisoformat(iso)
    return f"{found.day}.{found.month}." + (str(found.year) if found.year != today().year else "")


def _next_dates(entry: Entry) -> list[str]:
    coming = ahead(now()).filter(entry=entry)[:NEXT]
    return [when(one.starts_at, one.ends_at, now(), all_day=one.all_day, language=_language()) for one in coming]


def _place(entry: Entry) -> list[str]:
    place = entry.place
    if place is None:
        return [*([str(entry.municipality)] if entry.municipality else []), *_text(entry, "getting_there")]
    address = " ".join(part for part in (place.address, place.postal_code, place.city) if part)
    return [line for line in (str(place), address, *_text(entry, "getting_there")) if line]


def _price(entry: Entry) -> list[str]:
    known = [money(entry.price_cents, _language())] if entry.price_cents else []
    return [*(known or [str(PRICES[entry.price_kind])]), *_text(entry, "price_note")]


def _access(entry: Entry) -> list[str]:
    return _access_words({**(entry.place.accessibility if entry.place else {}), **entry.accessibility})


def _access_words(states: dict[str, str]) -> list[str]:
    known = labels.STATES
    return [str(known[profile].get(state, labels.UNKNOWN)) for profile, state in states.items() if profile in known]


def _season(plans: Sequence[dict[str, Any]], entry: Entry) -> list[str]:
    if plans:
        return [f"{_day(min(one['first'] for one in plans))}–{_day(max(one['until'] for one in plans))}"]
    last = entry.occurrences.order_by("-starts_at").values_list("starts_at", flat=True).first()
    return [_("Viimeinen kerta %(day)s") % {"day": _day(last.date().isoformat())}] if last else []


def _text(entry: Entry, field: str) -> list[str]:
    text = entry.texts.get("fi", {}).get(field)
    return [text] if text else []
