"""Reading marks: a subject's standing, a date's list, an entry's headcounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from mukana.attendance.models import Headcount, Mark
from mukana.attendance.rules import Seen, Standing, standing
from mukana.directory.models import Entry, Occurrence


def standing_of(subject: str, now: datetime) -> Standing:
    """What the subject's marks tell."""
    return standings_of([subject], now)[subject]


def standings_of(subjects: Collection[str], now: datetime) -> dict[str, Standing]:
    """The same of many subjects in one query."""
    rows: dict[str, list[Seen]] = defaultdict(list)
    for subject, starts_at, result in Mark.objects.filter(subject__in=subjects).values_list("subject", "starts_at", "result"):
        rows[subject].append(Seen(starts_at, result))
    return {subject: standing(rows[subject], now) for subject in subjects}


def marks_on(occurrence: Occurrence) -> dict[str, str]:
    """Subject → result of a date."""
    return dict(Mark.objects.filter(occurrence=occurrence).values_list("subject", "result"))


def counts_of(entry: Entry) -> list[tuple[datetime, int, int]]:
    """(start, people, first-timers) of an entry's dates, the oldest first.

    Where nobody counted, the marks of those who attended are the count.
    """
    counted = {row.starts_at: (row.people, row.first_timers) for row in Headcount.objects.filter(entry=entry)}
    marked: dict[datetime, int] = defaultdict(int)
    for starts_at in Mark.objects.filter(entry=entry, result="attended").values_list("starts_at", flat=True):
        marked[starts_at] += 1
    return [(at, *counted.get(at, (marked[at], 0))) for at in sorted({*counted, *marked})]
