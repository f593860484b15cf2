"""Reading what the services of many entries need, a fixed number of queries for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from mukana.api.hsds.vocabulary import TOLD
from mukana.directory.models import Entry, EntryTerm, Occurrence, Schedule, SourceRow, Term

OFF = ("cancelled", "postponed")


@dataclass(frozen=True, slots=True)
class Loaded:
    """Entry → what belongs to it."""

    entries: list[Entry] = field(default_factory=list)
    schedules: defaultdict[UUID, list[Schedule]] = field(default_factory=lambda: defaultdict(list))
    dates: defaultdict[UUID, list[Occurrence]] = field(default_factory=lambda: defaultdict(list))  # given one by one, ahead, soonest first
    terms: defaultdict[UUID, list[Term]] = field(default_factory=lambda: defaultdict(list))
    rows: defaultdict[UUID, list[SourceRow]] = field(default_factory=lambda: defaultdict(list))  # twins' rows too


def loaded(keys: Sequence[UUID], now: datetime, today: date) -> Loaded:
    """Everything of the entries; a fixed number of queries."""
    found = Loaded(list(Entry.objects.filter(pk__in=keys).select_related("organisation", "place__municipality", "municipality")))
    for schedule in Schedule.objects.filter(entry__in=keys, until__gte=today).order_by("first", "pk"):
        found.schedules[schedule.entry_id].append(schedule)
    ahead = Q(starts_at__gte=now) | Q(ends_at__gte=now)
    for occurrence in Occurrence.objects.filter(ahead, entry__in=keys, planned=False).exclude(status__in=OFF).order_by("starts_at", "pk"):
        found.dates[occurrence.entry_id].append(occurrence)
    links = EntryTerm.objects.filter(entry__in=keys, term__scheme__in=TOLD).select_related("term")
    for link in links.order_by("term__scheme", "term__order", "term__code"):
        found.terms[link.entry_id].append(link.term)
    mine = Q(entry__in=keys) | Q(entry__merged_into__in=keys)
    for row in SourceRow.objects.filter(mine, absent_since__isnull=True).select_related("source", "entry").order_by("pk"):
        owner = row.entry.merged_into_id if row.entry and row.entry.merged_into_id else row.entry_id
        if owner is not None:
            found.rows[owner].append(row)
    return found
