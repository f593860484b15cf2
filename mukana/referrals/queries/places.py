"""Which entries could suit a resident: guidance's suggestions for their needs and wish, or a search by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mukana.directory.queries.freshness import referable
from mukana.directory.queries.rows import Row, rows
from mukana.directory.words import term_name
from mukana.guidance.queries.page import page_of
from mukana.guidance.rules.wish import Wish
from mukana.lib.moments import as_local
from mukana.referrals.models import Referral
from mukana.referrals.rules.placements import PLACEMENT
from mukana.search.queries import search
from mukana.search.rules import Filters, SearchRequest

MOST = 10
_AGES = {"under_18": 15, "18_29": 25, "30_49": 40, "50_64": 58, "65_74": 70, "75_84": 80, "85_over": 88}
_PRACTICAL = {
    "wheelchair": "step_free",
    "walker": "step_free",
    "ground_floor": "step_free",
    "hearing": "hearing",
    "ride": "ride",
    "calm": "calm",
}


@dataclass(frozen=True, slots=True)
class Place:
    """One entry with its next date, why it suits, and why nobody may be sent there now ("" when one may)."""

    row: Row
    why: list[str]
    refused: str
    taken: bool


def proposals(case: Referral, words: str, now: datetime) -> list[Place]:
    """By the words when there are any, else by needs, wish and what is practical."""
    if words:
        hits = search(SearchRequest(words, now, Filters(), limit=MOST, explain=False)).hits
        found: list[tuple[Row, list[str]]] = [(row, []) for row in rows([hit.entry_id for hit in hits], now)]
    else:
        found = [(one.row, list(one.why)) for one in page_of(wish_of(case), now, MOST).shown]
    taken = set(case.placements.filter(state__in=PLACEMENT.open).values_list("entry_id", flat=True))
    today = as_local(now).date()
    places = [Place(row, why, _refused(row, today), row.entry.pk in taken) for row, why in found]
    return sorted(places, key=lambda place: bool(place.refused))


def wish_of(case: Referral) -> Wish:
    """The case as guidance takes a wish.  What the resident wrote stays here: the search keeps nothing of it."""
    resident = case.resident
    needs = ", ".join(term_name("need", code) for code in case.needs)
    wish = Wish(
        text=". ".join(part for part in (needs, case.wish) if part) or "seuraa",
        age=_AGES.get(resident.age_band),
        municipality=str(case.area),
        language=resident.language,
        companion=case.wants_companion,
    )
    return wish.but(**{_PRACTICAL[code]: True for code in resident.practical if code in _PRACTICAL})


def _refused(row: Row, today: object) -> str:
    refusal = referable(row.entry, today)  # type: ignore[arg-type]  # a date
    return refusal.why if refusal else ""
