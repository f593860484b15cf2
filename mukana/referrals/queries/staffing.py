"""Areas with their people, those who can be named for an area, absences to come."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from mukana.accounts.models import Person
from mukana.accounts.rules import ROLES
from mukana.lib.clock import today
from mukana.organisations.models import Municipality
from mukana.referrals.models import Absence, Area, Referral
from mukana.referrals.queries.scope import areas_of
from mukana.referrals.rules.cases import LIVE

_PEOPLE = ("coordinator", "deputy", "lead", "companions")


def people_who_may(*permissions: str) -> QuerySet[Person]:
    """Active people whose role gives any of the permissions."""
    roles = [role for role, (_, given) in ROLES.items() if set(permissions) & set(given)]
    return Person.objects.filter(active=True, memberships__role__in=roles).distinct().order_by("name")


def staffed() -> list[tuple[Area, int]]:
    """Every area with its people and how many cases are open there."""
    counts = dict(Referral.objects.filter(state__in=LIVE).values_list("area").annotate(n=Count("pk")).order_by())
    rows = Area.objects.select_related("municipality", *_PEOPLE).order_by("municipality__name_fi")
    return [(area, counts.get(area.pk, 0)) for area in rows]


def without_area() -> QuerySet[Municipality]:
    """Municipalities nobody answers for yet."""
    return Municipality.objects.exclude(pk__in=Area.objects.values("pk")).order_by("name_fi")


def may_staff(person: Person, area: Area | None) -> bool:
    """One's own areas, and those that nobody coordinates: nobody opens another area's referrals to themselves."""
    return area is None or area.coordinator_id is None or area.pk in areas_of(person)


def absences() -> QuerySet[Absence]:
    """Those that have not ended, by first day."""
    return Absence.objects.filter(last__gte=today()).select_related("person", "cover").order_by("first")


def staff() -> QuerySet[Person]:
    """Everybody whose absence matters here."""
    return people_who_may("referrals.work", "referrals.coordinate", "referrals.companions")
