"""Areas with their people, those who can be named for an area, absences to come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

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


def own_areas(person: Person) -> set[str]:
    """The areas one answers for in one's own name: what one stands in for is not one's own to give on."""
    rows = Area.objects.filter(Q(coordinator=person) | Q(deputy=person) | Q(lead=person))
    return set(rows.values_list("pk", flat=True))


def staff_in(areas: Collection[str]) -> QuerySet[Person]:
    """The people of the areas: who answer for them, carry or have carried their cases, or have not yet carried any anywhere."""
    named = Q()
    for place in _PEOPLE:
        named |= Q(pk__in=Area.objects.filter(pk__in=areas, **{f"{place}__isnull": False}).values(place))
    carrying = Referral.objects.filter(link_worker__isnull=False)
    named |= Q(pk__in=carrying.filter(area__in=areas).values("link_worker"))
    if areas:
        new = people_who_may("referrals.work").exclude(pk__in=carrying.values("link_worker"))
        for place in _PEOPLE:
            new = new.exclude(pk__in=Area.objects.filter(**{f"{place}__isnull": False}).values(place))
        named |= Q(pk__in=new.order_by().values("pk"))
    return Person.objects.filter(named, active=True).order_by("name")


@dataclass(frozen=True, slots=True)
class Holds:
    """Which areas somebody opens whole, which for their support persons, and which for the open cases they carry."""

    whole: frozenset[str]
    companions: frozenset[str]
    carried: frozenset[str]

    def beyond(self, other: Holds, given: Collection[str]) -> frozenset[str]:
        """What the other one would see more by standing in, when only `given` are the giver's to give."""
        more = (
            (self.whole - other.whole) | (self.companions - other.companions - other.whole) | (self.carried - other.carried - other.whole)
        )
        return more - frozenset(given)


def holds_of(person: Person) -> Holds:
    """What the person opens in their own name."""
    companions = Area.objects.filter(companions=person).values_list("pk", flat=True)
    carried = Referral.objects.filter(link_worker=person, state__in=LIVE).order_by().values_list("area_id", flat=True).distinct()
    return Holds(frozenset(own_areas(person)), frozenset(companions), frozenset(carried))


def may_be_away(by: Person, person: Person) -> bool:
    """May `by` write the person's absence down: one's own, and that of the people of one's areas, also while standing in."""
    return by == person or staff_in(areas_of(by)).filter(pk=person.pk).exists()


def absences_with(by: Person) -> list[tuple[Absence, bool]]:
    """Absences to come, and whether they are `by`'s to take away."""
    theirs = set(staff_in(areas_of(by)).values_list("pk", flat=True)) | {by.pk}
    return [(one, one.person_id in theirs) for one in absences()]
