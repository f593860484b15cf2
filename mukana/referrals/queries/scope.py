"""Which cases a member of staff may open: one's own, those of one's area, those of whom one stands in for."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from mukana.accounts.models import Person
from mukana.lib.clock import today
from mukana.referrals.models import Absence, Area, Referral


def areas_of(person: Person) -> list[str]:
    """The municipalities whose referrals the person coordinates, also as deputy, lead or stand-in."""
    whose = people_of(person)
    return list(Area.objects.filter(Q(coordinator__in=whose) | Q(deputy__in=whose) | Q(lead__in=whose)).values_list("pk", flat=True))


def companion_areas_of(person: Person) -> list[str]:
    """The municipalities where the person looks for support persons."""
    return list(Area.objects.filter(companions__in=people_of(person)).values_list("pk", flat=True))


def people_of(person: Person) -> list[UUID]:
    """The person, and those whose stand-in they are today."""
    day = today()
    away = Absence.objects.filter(cover=person, first__lte=day, last__gte=day).values_list("person_id", flat=True)
    return [person.pk, *away]


def cases_of(person: Person) -> QuerySet[Referral]:
    """Every case the person may open as link worker or coordinator; hidden ones ("entered in error") are nobody's."""
    rows = Referral.objects.filter(Q(link_worker__in=people_of(person)) | Q(area__in=areas_of(person)) | Q(owner_person=person))
    return rows.exclude(state="entered_in_error").select_related("resident", "area", "link_worker")
