"""Which happenings are still ahead, and which of them comes first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay

from mukana.directory.models import Entry, Occurrence
from mukana.lib.moments import WEEKDAYS

OFF = ("cancelled", "postponed")
AT_HOME = ("remote_together", "video_home")
HOURS = {"morning": Q(hour__lt=12), "afternoon": Q(hour__gte=12, hour__lt=16), "evening": Q(hour__gte=16)}


def ahead(now: datetime) -> QuerySet[Occurrence]:
    """Occurrences that have not ended (or, without an end, not begun), soonest first."""
    return Occurrence.objects.filter(Q(starts_at__gte=now) | Q(ends_at__gte=now)).order_by("starts_at", "id")


def next_starts(ids: Sequence[str], now: datetime) -> dict[str, datetime]:
    """Entry id → when it next takes place somewhere, of the published ones among `ids`; one query."""
    found = ahead(now).filter(entry_id__in=ids, entry__visible=True).exclude(status__in=OFF).exclude(entry__form__in=AT_HOME)
    firsts = found.order_by().values("entry_id").annotate(first=Min("starts_at")).values_list("entry_id", "first")
    return {str(entry): first for entry, first in firsts}


def with_next(entries: QuerySet[Entry], now: datetime, weekdays: Sequence[str] = (), dayparts: Sequence[str] = ()) -> QuerySet[Entry]:
    """The entries with `next_id`, the id of the first occurrence ahead that takes place (on such a day and time)."""
    found = ahead(now).filter(entry=OuterRef("pk")).exclude(status__in=OFF)
    if weekdays:
        found = found.annotate(weekday=ExtractIsoWeekDay("starts_at")).filter(weekday__in=[WEEKDAYS.index(code) + 1 for code in weekdays])
    if dayparts:
        condition = Q()
        for code in dayparts:
            condition |= HOURS[code]
        found = found.annotate(hour=ExtractHour("starts_at")).filter(condition)
    return entries.annotate(next_id=Subquery(found.values("pk")[:1]))
