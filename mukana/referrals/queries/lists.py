"""The group's paper list: whom a date of an entry expects, by first name, with what has been marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from mukana.accounts.models import Person
from mukana.attendance.queries import marks_on
from mukana.directory.models import Occurrence
from mukana.directory.queries.dates import OFF
from mukana.referrals.labels import said
from mukana.referrals.labels_meeting import MARKS
from mukana.referrals.models import Placement, Session, Support
from mukana.referrals.queries.scope import cases_of
from mukana.referrals.queries.seeing import is_permitted, view_for
from mukana.referrals.rules import placements, support
from mukana.referrals.rules.codes import RECEIVER

LISTED_BACK, LISTED_AHEAD = timedelta(days=21), timedelta(days=14)
_EXPECTED = (placements.SCHEDULED, placements.MISSED_FIRST, placements.SESSION_CANCELLED, *sorted(placements.REACHED_FIRST))


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the list; `label` is the first name, or a number where no name may stand on paper."""

    placement: Placement
    label: str
    first: bool
    result: str
    company: bool = False  # somebody comes along

    @property
    def word(self) -> str:
        """The mark in words, "" when there is none."""
        return said(MARKS, self.result) if self.result else ""


def rows_of(occurrence: Occurrence, now: datetime, cases: Collection[UUID] | None = None) -> list[Row]:
    """Everybody the date expects (of the cases given): those whose first visit it is come first.

    A name stands here only by the resident's permission; of an address-protected person never: paper lies about.
    """
    there = Placement.objects.filter(_expected(occurrence), entry=occurrence.entry_id, state__in=_EXPECTED)
    if cases is not None:
        there = there.filter(referral__in=cases)
    found = there.select_related("referral__resident", "referral__area").order_by("answered_at", "pk").distinct()
    allowed = [one for one in found if is_permitted(one.referral, "receiver", now, one.entry_id)]
    marked, labels, along = marks_on(occurrence), _labels(allowed, now), _along(allowed, occurrence)
    new = {one.pk: one.state not in placements.REACHED_FIRST for one in allowed}
    rows = [Row(one, labels[one.pk], new[one.pk], marked.get(one.subject, ""), one.pk in along) for one in allowed]
    return sorted(rows, key=lambda row: not row.first)


def dates_with_people(person: Person, now: datetime) -> list[tuple[Occurrence, int]]:
    """Dates near today with a first session of one's own cases, and how many come; the soonest first."""
    near = Session.objects.filter(
        placement__referral__in=cases_of(person),
        occurrence__isnull=False,
        starts_at__gt=now - LISTED_BACK,
        starts_at__lt=now + LISTED_AHEAD,
    ).exclude(state="cancelled")
    counts = Counter(near.values_list("occurrence_id", flat=True))
    dates = Occurrence.objects.filter(pk__in=list(counts)).exclude(status__in=OFF).select_related("entry").order_by("starts_at")
    return [(date, counts[date.pk]) for date in dates]


def _expected(occurrence: Occurrence) -> Q:
    own = Q(sessions__occurrence=occurrence) & ~Q(sessions__state="cancelled")
    return own | Q(state__in=sorted(placements.REACHED_FIRST))


def _along(found: list[Placement], occurrence: Occurrence) -> set[UUID]:
    tasks = Support.objects.filter(placement__in=found, starts_at=occurrence.starts_at, state__in=support.MAY_SEE)
    return set(tasks.values_list("placement_id", flat=True))


def _labels(found: list[Placement], now: datetime) -> dict[UUID, str]:
    names = {one.pk: _name(one, now) for one in found}
    firsts = Counter(first for first, _last in names.values())
    labels, unnamed = {}, 0
    for key, (first, last) in names.items():
        if not first:
            unnamed += 1
            labels[key] = _("Osallistuja %(number)d (nimi linkin takana)") % {"number": unnamed}
        else:
            labels[key] = f"{first} {last[:1]}." if firsts[first] > 1 and last else first
    return labels


def _name(placement: Placement, now: datetime) -> tuple[str, str]:
    if placement.referral.resident.protected:
        return "", ""
    first, _space, last = str(view_for(RECEIVER, placement, now).get("name", "")).partition(" ")
    return first, last
