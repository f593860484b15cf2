"""The work list of freshness: what is due, late or expired, whom to ask and what is done next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from mukana.directory.freshness import AGELESS, BEFORE_TURN, DUE_MONTHS, FRESH, Freshness, months_after
from mukana.directory.models import Entry, EntryQuery, SourceRow
from mukana.directory.queries.freshness import freshness_of
from mukana.lib.moments import as_local
from mukana.lib.seasons import last_turn
from mukana.upkeep.models import Call, Doubt, Link
from mukana.upkeep.queries.contact import Contact, channel_of, contact_of
from mukana.upkeep.rules.asking import CALL, LATELY, Step, next_step
from mukana.upkeep.rules.codes import CONFIRM

FILTERS = ("all", "due", "late", "expired", "call", "no_owner", "bounced")
AT_ONCE = 500  # entries looked at together


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One entry that waits for a confirmation."""

    entry: Entry
    fresh: Freshness
    contact: Contact
    channel: str
    to: str
    asked: tuple[date, ...]
    step: Step
    causes: tuple[str, ...]
    last_call: Call | None
    asked_on: date | None = None  # the last request, when it left within the week

    @property
    def no_owner(self) -> bool:
        """Is there nobody to ask?"""
        return not (self.contact.email or self.contact.number)

    def belongs(self, name: str) -> bool:
        """Does the row belong under this filter?"""
        if name == "no_owner":
            return self.no_owner
        if name == "bounced":
            return bool({"bounced", "dead_phone"} & set(self.causes))
        if name == "call":
            return self.step.what == CALL
        return name in ("all", self.fresh.state)


def waiting(today: date, entries: EntryQuery | None = None) -> list[WorkRow]:
    """Every entry that is due or worse, the most overdue first."""
    found = candidates(today, entries).with_facts()
    rows: list[WorkRow] = []
    batch: list[Entry] = []
    for entry in found.iterator(chunk_size=AT_ONCE):
        batch.append(entry)
        if len(batch) == AT_ONCE:
            rows += work_rows(batch, today)
            batch = []
    rows += work_rows(batch, today)
    return sorted(rows, key=_urgency)


def candidates(today: date, entries: EntryQuery | None = None) -> EntryQuery:
    """Visible entries that may be due: few more than those that are."""
    half_a_year = months_after(today, -DUE_MONTHS)
    latest = max(half_a_year, last_turn(today) - BEFORE_TURN)
    seen = SourceRow.objects.filter(entry=OuterRef("pk"), absent_since__isnull=True, seen_at__date__gte=half_a_year)
    register = Q(reviewed_on__isnull=True, created_at__date__lt=half_a_year) & ~Q(kind__in=AGELESS) & ~Exists(seen)
    base = Entry.objects.all() if entries is None else entries
    return base.filter(visible=True).filter(Q(doubted_on__isnull=False) | Q(reviewed_on__lte=latest) | register)


def work_rows(entries: Sequence[Entry], today: date) -> list[WorkRow]:
    """The rows of those entries that are not fresh; five queries."""
    ids = [entry.pk for entry in entries]
    seen = _seen(ids)
    states = {entry.pk: freshness_of(entry, today, seen.get(entry.pk) or as_local(entry.created_at).date()) for entry in entries}
    stale = [entry for entry in entries if states[entry.pk].state != FRESH]
    asked, causes, calls = _asked(stale), _causes(stale), _calls(stale)
    return [_row(entry, states[entry.pk], asked.get(entry.pk, []), causes.get(entry.pk, ()), calls.get(entry.pk), today) for entry in stale]


def _row(entry: Entry, fresh: Freshness, asked: list[date], causes: tuple[str, ...], call: Call | None, today: date) -> WorkRow:
    contact = contact_of(entry)
    channel, to = channel_of(contact, "bounced" in causes)
    since = tuple(sorted(day for day in asked if fresh.due_on is None or day >= fresh.due_on))
    step = next_step(fresh.state, since, today, reachable=bool(channel))
    lately = [day for day in asked if day > today - LATELY]
    return WorkRow(entry, fresh, contact, channel, to, since, step, causes, call, max(lately, default=None))


def _urgency(row: WorkRow) -> tuple[bool, date, str]:
    return row.fresh.due_on is None, row.fresh.due_on or date.max, str(row.entry)


def _seen(ids: Iterable[UUID]) -> dict[UUID, date]:
    found: dict[UUID, date] = {}
    rows = SourceRow.objects.filter(entry_id__in=list(ids), absent_since__isnull=True).values_list("entry_id", "seen_at")
    for entry, moment in rows:
        if entry is not None:
            found[entry] = max(found.get(entry, date.min), as_local(moment).date())
    return found


def _asked(entries: Sequence[Entry]) -> dict[UUID, list[date]]:
    found: dict[UUID, list[date]] = {}
    links = Link.objects.filter(purpose=CONFIRM, entries__in=entries)
    pairs: Iterable[tuple[UUID, datetime]] = links.values_list("entries__pk", "made_at")
    for entry, moment in pairs:
        found.setdefault(entry, []).append(as_local(moment).date())
    return found


def _causes(entries: Sequence[Entry]) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    for entry, cause in Doubt.objects.filter(entry__in=entries, ended_at=None).order_by("at").values_list("entry_id", "cause"):
        found[entry] = (*found.get(entry, ()), cause)
    return found


def _calls(entries: Sequence[Entry]) -> dict[UUID, Call]:
    recent = Call.objects.filter(entry__in=entries).order_by("at")
    return {call.entry_id: call for call in recent}


def asked_lately(link: Link, now: datetime) -> bool:
    """Has a new link been sent in place of this one within the hour?"""
    return link.followed_by.filter(made_at__gt=now - timedelta(hours=1)).exists()
