"""What the results page offers besides the rows: ways back to what was left out, what was understood, points of the map."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from mukana.directory.labels import ACCESS_FILTERS, DAYPARTS, FORMS
from mukana.directory.queries.here import municipality_name
from mukana.lib.dates import weekday_name
from mukana.organisations.villages import village_named
from mukana.search.analysis.analyser import analyse
from mukana.search.analysis.gazetteer import municipality_code
from mukana.search.asked import Asked
from mukana.search.chips import Chip
from mukana.search.pages import ResultsPage, address_of, name_of

# A condition as the engine names it → how the question is put without it.
WITHOUT: dict[str, dict[str, Any]] = {
    "within_km": {"km": None},
    "free": {"free": False},
    "weekdays": {"weekdays": ()},
    "dayparts": {"dayparts": ()},
    "accessibility": {"accessibility": ()},
    "municipalities": {"municipalities": ()},
    "audiences": {"audiences": ()},
    "features": {"features": ()},
    "forms": {"forms": ()},
    "languages": {"languages": ()},
    "topics": {"topics": ()},
    "referable_on": {"expired": True},
    "dates": {"starts_from": None, "starts_until": None},
}
FIELDS = {"weekday": "weekdays", "daypart": "dayparts", "form": "forms", "accessibility": "accessibility", "price": "free"} | {
    "dates": "starts_from",
    "not_municipality": "not_municipalities",
}
DAYS: dict[str, Callable[[], str]] = {
    "today": lambda: _("tänään"),
    "tomorrow": lambda: _("huomenna"),
    "day_after": lambda: _("ylihuomenna"),
    "weekend": lambda: _("viikonloppuna"),
    "this_week": lambda: _("tällä viikolla"),
    "next_week": lambda: _("ensi viikolla"),
}
ALIASES = {"starts_from": "dates", "starts_until": "dates"}
TOLD = 2  # notes about what was left out


@dataclass(frozen=True, slots=True)
class LeftOut:
    """So many are hidden by one condition alone; `url` shows them."""

    condition: str
    count: int
    url: str


def left_out(page: ResultsPage) -> list[LeftOut]:
    """The conditions that hide the most, with a way to give each up."""
    counts = {ALIASES.get(name, name): count for name, count in page.result.left_out.items() if count > 0}
    notes = [LeftOut(name, count, _without(page.asked, name)) for name, count in counts.items() if name in WITHOUT]
    return sorted(notes, key=lambda note: -note.count)[:TOLD]


@dataclass(frozen=True, slots=True)
class Understood:
    """A condition read from the words; `url` asks the same without it."""

    words: str
    url: str


def understood(page: ResultsPage, language: str) -> list[Understood]:
    """What the words limit to ("keskiviikko"), or what comes first; nothing that does not hold."""
    if not page.read:
        return []
    return [_given_up(page.asked, slot, words) for slot, words in _told(page, language) if slot != "municipality"]


def near_town(page: ResultsPage, language: str) -> Understood | None:
    """The town that the words named and distances are counted from."""
    named = [words for slot, words in _told(page, language) if slot == "municipality"]
    if not named or page.asked.municipalities:
        return None
    kept = [word for word in page.asked.text.split() if not _is_place(word.strip(".,!?:;").lower())]
    return Understood(named[0], page.asked.but(text=" ".join(kept)).query())


def _is_place(word: str) -> bool:
    return bool(municipality_code(word) or village_named(*analyse(word).lemmas, word))


def _told(page: ResultsPage, language: str) -> list[tuple[str, str]]:
    """(slot, words) of the conditions that the words hold and nobody has chosen or given up."""
    told: list[tuple[str, str]] = []
    for slot, codes in page.result.understood.items():
        if slot in page.asked.ignored or (slot in FIELDS and getattr(page.asked, FIELDS[slot])):
            continue
        if words := [word for code in codes.split() if (word := _word(slot, code, language))]:
            told.append((slot, ", ".join(words)))
    return told


def _given_up(asked: Asked, slot: str, words: str) -> Understood:
    return Understood(words, asked.but(ignored=(*asked.ignored, slot)).query())


def views_of(asked: Asked) -> list[Chip]:
    """List, map or both: the same answer each time."""
    labels = (("luettelo", _("Luettelo")), ("kartta", _("Kartta")), ("", _("Molemmat")))
    return [Chip(label, replace(asked, view=view).query(), asked.view == view) for view, label in labels]


def points(page: ResultsPage) -> str:
    """The pins for the tile map, as JSON: [[number, lat, lon, name, address of the row], …]."""
    rows = [
        [
            result.number,
            result.row.entry.lat,
            result.row.entry.lon,
            name_of(result.row.entry),
            address_of(result, page.asked.view == "kartta"),
        ]
        for result in page.results
        if result.number
    ]
    return json.dumps({"pins": rows, "origin": page.origin}, ensure_ascii=False)


def _without(asked: Asked, condition: str) -> str:
    field = "starts_from" if condition == "dates" else condition
    slot = {field: slot for slot, field in FIELDS.items()}.get(field, "")
    if slot and not getattr(asked, field):  # read from the words
        return asked.but(ignored=(*asked.ignored, slot)).query()
    return asked.but(**WITHOUT[condition]).query()


def _word(slot: str, code: str, language: str) -> str:
    """A condition in words; "" for one that is not shown."""
    make = WORDS.get(slot)
    return make(code, language) if make else ""


WORDS: dict[str, Callable[[str, str], str]] = {
    "municipality": municipality_name,
    "place": municipality_name,
    "not_municipality": lambda code, language: _("ei: %(town)s") % {"town": municipality_name(code, language)},
    "dates": lambda code, _language: DAYS[code]() if code in DAYS else "",
    "weekday": weekday_name,
    "daypart": lambda code, _language: str(DAYPARTS.get(code, "")),
    "form": lambda code, _language: str(FORMS[code].word) if code in FORMS else "",
    "price": lambda code, _language: _("maksuton") if code == "free" else "",
    "accessibility": lambda code, _language: str(ACCESS_FILTERS.get(code, "")),
}
