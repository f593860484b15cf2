"""What a keeper sees of own entries: the state, and why an entry is not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Q

from mukana.directory.freshness import Freshness
from mukana.directory.models import Entry, Schedule
from mukana.directory.queries.freshness import freshness_of
from mukana.lib.moments import as_local
from mukana.upkeep.queries.contact import contact_of
from mukana.upkeep.rules.reasons import Reason, Standing, reasons


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One entry of its keeper."""

    entry: Entry
    fresh: Freshness
    reasons: list[Reason]

    @property
    def new(self) -> bool:
        """A draft of which nobody has yet said that it all holds."""
        return self.entry.status == "draft" and self.entry.reviewed_on is None

    @property
    def hidden(self) -> bool:
        """Does nobody find it?"""
        return any(reason.hides for reason in self.reasons)


def own_rows(entries: Sequence[Entry], now: datetime) -> list[OwnRow]:
    """Their states and reasons, in the given order; two queries for all of them."""
    today = as_local(now).date()
    facts = Entry.objects.filter(pk__in=[entry.pk for entry in entries]).annotate(
        topics=Count("terms", filter=Q(terms__scheme="topic"), distinct=True),
        last_date=Max("occurrences__starts_at"),
        seen=Max("source_rows__seen_at", filter=Q(source_rows__absent_since__isnull=True)),
        gone=Count("source_rows", filter=Q(source_rows__absent_since__isnull=False), distinct=True),
    )
    known = {row["pk"]: row for row in facts.values("pk", "topics", "last_date", "seen", "gone")}
    plans = _plans([entry.pk for entry in entries])
    rows = []
    for entry in entries:
        told = known[entry.pk]
        seen = as_local(told["seen"] or entry.created_at).date()
        fresh = freshness_of(entry, today, seen)
        standing = _standing(entry, fresh, plans.get(entry.pk), today)
        standing = _dated(standing, told["last_date"], now, told["topics"], gone=bool(told["gone"]))
        rows.append(OwnRow(entry, fresh, reasons(standing)))
    return rows


def _standing(entry: Entry, fresh: Freshness, until: date | None, today: date) -> Standing:
    contact = contact_of(entry)
    organiser = entry.organisation
    return Standing(
        kind=entry.kind,
        form=entry.form,
        status=entry.status,
        merged=entry.merged_into_id is not None,
        do_not_list=entry.do_not_list,
        organisation_do_not_list=bool(organiser and organiser.do_not_list and entry.do_not_list),
        named=bool(str(entry)),
        schedule="none" if until is None else "running" if until >= today else "ended",
        freshness=fresh.state,
        placed=entry.lat is not None,
        contact=bool(contact.email or contact.number),
        organiser=organiser is not None,
    )


def _dated(standing: Standing, last: datetime | None, now: datetime, topics: int, *, gone: bool) -> Standing:
    dates = "none" if last is None else "ahead" if last >= now else "past"
    return replace(standing, dates=dates, topics=topics, gone_from_source=gone)


def _plans(ids: Sequence[UUID]) -> dict[UUID, date]:
    found: dict[UUID, date] = {}
    for entry, until in Schedule.objects.filter(entry_id__in=ids).values_list("entry_id", "until"):
        found[entry] = max(found.get(entry, date.min), until)
    return found
