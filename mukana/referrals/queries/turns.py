"""Whose turn a queue means for a case on a day: areas, absences and covers, read once for many cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from mukana.accounts.models import Membership, Person
from mukana.referrals.models import Absence, Area, Referral
from mukana.referrals.rules.codes import COMPANIONS, COORDINATOR, DEPUTY, LEAD, LINK_WORKER, PRIVACY, REFERRER

_DEEPEST_COVER = 4


@dataclass(frozen=True, slots=True)
class Turns:
    """Person ids by area and queue; a queue without anybody present is still a queue, so nothing is nobody's."""

    areas: dict[str, Area]
    covers: dict[UUID, UUID | None]
    active: frozenset[UUID]
    privacy: UUID | None

    def person(self, queue: str, case: Referral) -> UUID | None:
        """Whose turn it is in the queue today, None when only the queue is known."""
        area = self.areas.get(case.area_id)
        named: dict[str, UUID | None] = {
            LINK_WORKER: case.link_worker_id or (area.coordinator_id if area else None),
            REFERRER: case.referrer_id,
            PRIVACY: self.privacy,
        }
        if area is not None:
            named[COORDINATOR] = self.present(area.coordinator_id) or area.deputy_id or area.lead_id
            named |= {DEPUTY: self.present(area.deputy_id) or area.lead_id, LEAD: area.lead_id, COMPANIONS: area.companions_id}
        return self.present(named.get(queue))

    def present(self, person: UUID | None) -> UUID | None:
        """The person, or who covers for them today."""
        for _ in range(_DEEPEST_COVER):
            if person is None or person not in self.active:
                return None
            if person not in self.covers:
                return person
            person = self.covers[person]
        return None


def turns_on(day: date) -> Turns:
    """Read everything needed to say whose turn anything is."""
    areas = {area.pk: area for area in Area.objects.all()}
    away = Absence.objects.filter(first__lte=day, last__gte=day)
    officers = Membership.objects.filter(role="data_protection", person__active=True).order_by("person_id")
    return Turns(
        areas,
        dict(away.values_list("person_id", "cover_id")),
        frozenset(Person.objects.filter(active=True).values_list("pk", flat=True)),
        officers.values_list("person_id", flat=True).first(),
    )
