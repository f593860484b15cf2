"""What the results page offers besides the rows: ways back to what was left out, what was understood, points of the map."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mukana.directory.labels import ACCESS_FILTERS, DAYPARTS, FORMS
from mukana.directory.queries.here import municipality_name
from mukana.lib.dates import weekday_name
from mukana.search.asked import Asked
from mukana.search.pages import ResultsPage, name_of

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


def understood(page: ResultsPage, language: str) -> list[str]:
    """What the engine read out of the words, in words ("keskiviikko", "Kuopio")."""
    return [word for slot, code in page.result.understood.items() if (word := _word(slot, code, language))]


def points(page: ResultsPage) -> str:
    """The pins for the tile map, as JSON: [[number, lat, lon, name, address of the row], …]."""
    rows = [
        [result.number, result.row.entry.lat, result.row.entry.lon, name_of(result.row.entry), f"#tulos-{result.number}"]
        for result in page.results
        if result.number
    ]
    return json.dumps({"pins": rows, "origin": page.origin}, ensure_ascii=False)


def _without(asked: Asked, condition: str) -> str:
    return asked.but(**WITHOUT[condition]).query()


def _word(slot: str, code: str, language: str) -> str:
    if slot in ("municipality", "place"):
        return municipality_name(code, language)
    if slot == "weekday":
        return weekday_name(code, language)
    if slot == "daypart" and code in DAYPARTS:
        return str(DAYPARTS[code])
    if slot == "form" and code in FORMS:
        return str(FORMS[code].word)
    if slot == "price" and code == "free":
        return _("maksuton")
    if slot == "accessibility" and code in ACCESS_FILTERS:
        return str(ACCESS_FILTERS[code])
    return ""
