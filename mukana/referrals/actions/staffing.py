"""Who answers for an area, and who stands in: changing it moves what is open to the new people at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from mukana.accounts.models import Person
from mukana.audit.actions import record
from mukana.lib.clock import now, today
from mukana.lib.phones import normal
from mukana.organisations.models import Municipality
from mukana.referrals.models import Absence, Area, Errand, Placement, Referral, Support
from mukana.referrals.queries.staffing import holds_of, may_be_away, own_areas, staff_in
from mukana.referrals.queries.turns import turns_on
from mukana.referrals.rules.codes import COMPANIONS, COORDINATOR, DEPUTY, LEAD, Refused

LONGEST_ABSENCE_DAYS = 366
_OF_AREA = (COORDINATOR, DEPUTY, LEAD, COMPANIONS)


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of an area, and the number on receipts and letters."""

    coordinator: Person | None
    deputy: Person | None = None
    lead: Person | None = None
    companions: Person | None = None
    phone: str = ""


@transaction.atomic
def set_area(municipality: Municipality, staff: Staff, *, by: Person) -> Area:
    """Name the area's people; what waits in its queues is theirs from now on.  Raises Refused."""
    if staff.coordinator is None:
        raise Refused("no_area_coordinator")
    if staff.deputy == staff.coordinator:
        raise Refused("deputy_same")
    facts = {
        "coordinator": staff.coordinator, "deputy": staff.deputy, "lead": staff.lead, "companions": staff.companions,
        "phone": staff.phone.strip(),
    }  # fmt: skip
    area, _made = Area.objects.update_or_create(pk=municipality.pk, defaults=facts)
    _hand_over(area)
    people = {name: str(getattr(one, "pk", "")) for name, one in facts.items() if name != "phone"}
    record("area.staffed", f"referrals.Area:{area.pk}", by=str(by.pk), **people, phone=normal(area.phone))
    return area


@transaction.atomic
def set_absence(person: Person, first: date, last: date, cover: Person | None, *, by: Person) -> Absence:
    """Somebody is away; meanwhile the cover sees and does what is theirs.  Raises Refused.

    The absent one is of `by`'s areas, and so is the cover, who comes to see nothing that is not `by`'s to give.
    """
    if not first <= last or last < today():
        raise Refused("absence_order")
    if (last - first).days > LONGEST_ABSENCE_DAYS:
        raise Refused("absence_long")
    if cover == person:
        raise Refused("cover_same")
    if Absence.objects.filter(person=person, first__lte=last, last__gte=first).exists():
        raise Refused("absence_twice")
    if not may_be_away(by, person):
        raise Refused("absence_not_yours")
    if cover is not None:
        _check_cover(person, cover, by)
    made = Absence.objects.create(person=person, first=first, last=last, cover=cover)
    record(
        "absence.made", f"accounts.Person:{person.pk}", by=str(by.pk), first=str(first), last=str(last), cover=str(getattr(cover, "pk", ""))
    )
    return made


@transaction.atomic
def end_absence(absence: Absence, *, by: Person) -> None:
    """They are back, or are not going.  Raises Refused."""
    if not may_be_away(by, absence.person):
        raise Refused("absence_not_yours")
    record("absence.ended", f"accounts.Person:{absence.person_id}", by=str(by.pk), first=str(absence.first), last=str(absence.last))
    absence.delete()


def _check_cover(person: Person, cover: Person, by: Person) -> None:
    """Nobody is given an area by somebody who has no right to give it.  Raises Refused."""
    given = own_areas(by)
    if not staff_in(given).filter(pk=cover.pk).exists():
        raise Refused("cover_not_yours")
    if holds_of(person).beyond(holds_of(cover), given):
        raise Refused("cover_sees_more")


def _hand_over(area: Area) -> None:
    """Open things in the area's own queues belong to whoever has the queue's turn now."""
    turns = turns_on(now().date())
    for queue in _OF_AREA:
        person = turns.person(queue, Referral(area_id=area.pk))
        Referral.objects.filter(area=area.pk, owner=queue).update(owner_person=person)
        Placement.objects.filter(referral__area=area.pk, owner=queue).update(owner_person=person)
        Support.objects.filter(placement__referral__area=area.pk, owner=queue).update(owner_person=person)
        Errand.objects.filter(referral__area=area.pk, owner=queue).update(owner_person=person)
