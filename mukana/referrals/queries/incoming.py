"""The coordinator's inbox: what came, what came back, who has room, everything open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from mukana.accounts.models import Person
from mukana.accounts.rules import ROLES
from mukana.lib.clock import today
from mukana.lib.moments import as_local
from mukana.referrals.models import Absence, Area, Errand, Referral
from mukana.referrals.rules.cases import ACKNOWLEDGED, LIVE, SENT, working_days_between

FULL = 40  # open cases are about as many as one link worker can carry
_COORDINATORS = [role for role, (_, permissions) in ROLES.items() if "referrals.coordinate" in permissions]
NEW = 60  # new ones on one page; there ought never to be so many


@dataclass(frozen=True, slots=True)
class New:
    """A referral nobody has taken on; without a name."""

    case: Referral
    age: int  # working days since it was sent
    overdue: bool
    escalated: bool


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who can be a link worker, with how many open cases there are; `back` is the last day away."""

    person: Person
    load: int
    back: object = None

    @property
    def full(self) -> bool:
        """Have they as many as one can carry?"""
        return self.load >= FULL


def new_cases(areas: Collection[str], person: UUID, now: datetime) -> list[New]:
    """What waits to be taken on, overdue first."""
    rows = Referral.objects.filter(area__in=areas, state=SENT, due_at__isnull=False).select_related("area", "resident").order_by("due_at")
    bare = rows.defer("resident__name", "resident__phone", "resident__email", "resident__address", "wish", "referrer_email")[:NEW]
    day = as_local(now).date()
    return [
        New(
            one,
            working_days_between(as_local(one.sent_at or one.made_at).date(), day),
            (one.due_at or now) < now,
            one.owner in ("deputy", "lead") and one.owner_person_id == person,
        )
        for one in bare
    ]


def workers() -> list[Worker]:
    """Everybody who may carry cases, those with the fewest first; who is away today, full, or coordinates comes last."""
    roles = [role for role, (_, permissions) in ROLES.items() if "referrals.work" in permissions]
    people = Person.objects.filter(active=True, memberships__role__in=roles).distinct()
    loads = dict(
        Referral.objects.filter(state__in=LIVE, link_worker__in=people).values_list("link_worker").annotate(n=Count("pk")).order_by()
    )
    day = today()
    away = dict(Absence.objects.filter(first__lte=day, last__gte=day).values_list("person_id", "last"))
    found = [Worker(person, loads.get(person.pk, 0), away.get(person.pk)) for person in people]
    coordinators = set(people.filter(memberships__role__in=_COORDINATORS).values_list("pk", flat=True))
    return sorted(found, key=lambda one: (one.back is not None, one.full, one.person.pk in coordinators, one.load, one.person.name))


def returned(areas: Collection[str]) -> QuerySet[Errand]:
    """What receivers said no to, or did not answer: the coordinator's follow-ups, the oldest first."""
    mine = Errand.objects.filter(referral__area__in=areas, done_at=None, kind__in=("act_on_decline", "offer_alternative", "confirm_error"))
    return mine.select_related("referral", "placement").order_by("due_at")


def open_cases(areas: Collection[str], worker: UUID | None = None, state: str = "") -> QuerySet[Referral]:
    """Everything open in the areas, the most overdue first; names are not read."""
    rows = Referral.objects.filter(area__in=areas, state__in=LIVE).select_related("area", "link_worker", "owner_person")
    if worker is not None:
        rows = rows.filter(link_worker=worker)
    if state:
        rows = rows.filter(state=state)
    return rows.defer("wish", "own_path", "referrer_email").order_by("due_at", "pk")


def counts(areas: Collection[str], now: datetime) -> dict[str, int]:
    """Open, overdue and not yet taken on, in one query."""
    return Referral.objects.filter(area__in=areas, state__in=LIVE).aggregate(
        open=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)), new=Count("pk", filter=Q(state=SENT)),
        waiting=Count("pk", filter=Q(state=ACKNOWLEDGED)),
    )  # fmt: skip


def other_areas(area: str) -> QuerySet[Area]:
    """Where a referral can be sent on to: areas that somebody answers for."""
    return Area.objects.exclude(pk=area).filter(coordinator__isnull=False).select_related("municipality").order_by("municipality__name_fi")
