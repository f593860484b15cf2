"""Whose turn a queue means for a case on a day: areas, absences and covers, read once for many cases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cached_property
from uuid import UUID

from mukana.accounts.models import Membership, Person
from mukana.referrals.models import Absence, Area, Referral
from mukana.referrals.rules.codes import COMPANIONS, COORDINATOR, DEPUTY, LEAD, LINK_WORKER, PRIVACY, REFERRER

_DEEPEST_COVER = 4
_read: ContextVar[dict[date, Turns] | None] = ContextVar("turns_read", default=None)
_OF_AREA = frozenset({COORDINATOR, DEPUTY, LEAD, LINK_WORKER, COMPANIONS})


class Turns:
    """Whose turn a queue means on a day.  Each table is read when it is first needed, and once.

    A queue without anybody present is still a queue, so nothing is nobody's.
    """

    def __init__(self, day: date) -> None:
        self._day = day

    def person(self, queue: str, case: Referral) -> UUID | None:
        """Whose turn it is in the queue today, None when only the queue is known."""
        if queue == LINK_WORKER and (worker := self.present(case.link_worker_id)):
            return worker  # else the area's coordinator, so that an absence without a cover strands nothing
        if queue == REFERRER:
            return self.present(case.referrer_id)
        if queue == PRIVACY:
            return self.present(self._officer)
        return self._in_area(queue, case) if queue in _OF_AREA else None

    def present(self, person: UUID | None) -> UUID | None:
        """The person, or who covers for them today."""
        for _ in range(_DEEPEST_COVER):
            if person is None or person not in self._active:
                return None
            if person not in self._covers:
                return person
            person = self._covers[person]
        return None

    def _in_area(self, queue: str, case: Referral) -> UUID | None:
        area = self._areas.get(case.area_id)
        if area is None:
            return None
        if queue in (COORDINATOR, LINK_WORKER):
            return self.present(area.coordinator_id) or self.present(area.deputy_id) or self.present(area.lead_id)
        if queue == DEPUTY:
            return self.present(area.deputy_id) or self.present(area.lead_id)
        return self.present(area.lead_id if queue == LEAD else area.companions_id)

    @cached_property
    def _areas(self) -> dict[str, Area]:
        return {area.pk: area for area in Area.objects.all()}

    @cached_property
    def _covers(self) -> dict[UUID, UUID | None]:
        return dict(Absence.objects.filter(first__lte=self._day, last__gte=self._day).values_list("person_id", "cover_id"))

    @cached_property
    def _active(self) -> frozenset[UUID]:
        return frozenset(Person.objects.filter(active=True).values_list("pk", flat=True))

    @cached_property
    def _officer(self) -> UUID | None:
        officers = Membership.objects.filter(role="data_protection", person__active=True).order_by("person_id")
        return officers.values_list("person_id", flat=True).first()


def turns_on(day: date) -> Turns:
    """Whose turn it is on the day."""
    read = _read.get()
    if read is None:
        return Turns(day)
    if day not in read:
        read[day] = Turns(day)
    return read[day]


@contextmanager
def read_once() -> Iterator[None]:
    """Inside the block a day's turns are read once: for long work that changes no area, no absence and nobody's account."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)
