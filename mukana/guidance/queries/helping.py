"""Kuka auttaa: who helps in a matter, by who they are, each with a phone number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mukana.directory.models import Entry
from mukana.directory.queries.here import point_of
from mukana.guidance.rules.cards import Card
from mukana.organisations.reference import MunicipalityFacts
from mukana.search.queries import search
from mukana.search.rules import Filters, SearchRequest

LOOKED_AT, OF_A_GROUP = 80, 5
GOOD = 0.3  # of the best answer
GROUPS = {
    "municipality": ("municipality", "education"),
    "wellbeing_county": ("wellbeing_county", "state"),
    "associations": ("association", "parish", "company", "other"),
}


@dataclass(frozen=True, slots=True)
class Helper:
    """What somebody does, and the number."""

    entry: Entry
    phone: str


def helpers_for(card: Card, place: MunicipalityFacts | None, now: datetime) -> dict[str, list[Helper]]:
    """Group of `GROUPS` → who helps there, the best first; a group without anybody is empty."""
    hits = search(SearchRequest(card.search, now, Filters(origin=point_of(place)), limit=LOOKED_AT, explain=False)).hits
    best = hits[0].score if hits else 0.0
    ids = [hit.entry_id for hit in hits if hit.score >= GOOD * best]
    found = {str(entry.pk): entry for entry in Entry.objects.public().with_facts().filter(pk__in=ids)}
    groups: dict[str, list[Helper]] = {group: [] for group in GROUPS}
    for entry in (found[one] for one in ids if one in found):
        group = next((name for name, kinds in GROUPS.items() if entry.organisation and entry.organisation.kind in kinds), "")
        phone = entry.phone or (entry.organisation.phone if entry.organisation else "")
        if group and phone and len(groups[group]) < OF_A_GROUP:
            groups[group].append(Helper(entry, phone))
    return groups
