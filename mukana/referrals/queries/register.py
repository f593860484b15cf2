"""The register of companions as its keeper reads it: one's own areas, load and free places, what has expired; open needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from mukana.accounts.models import Person
from mukana.organisations.models import Municipality
from mukana.referrals.labels import in_short
from mukana.referrals.models import Companion, Errand, Support
from mukana.referrals.queries.scope import areas_of, companion_areas_of
from mukana.referrals.rules.matching import VETTING_YEARS
from mukana.referrals.rules.support import ENDED, HAS_COMPANION, SUPPORT, vetted_until

OPEN = sorted(SUPPORT.open - {ENDED})


@dataclass(frozen=True, slots=True)
class Row:
    """One of the register: how much there is to do and room for, and until when papers hold."""

    companion: Companion
    name: str
    areas: str
    load: int
    free: int | None  # None: an organisation answers for how many
    vetted_until: date | None
    vetting_over: bool
    pledge_missing: bool

    @property
    def usable(self) -> bool:
        """May be asked, as far as papers and activity go?"""
        return self.companion.active and not self.vetting_over and not self.pledge_missing


def reach_of(person: Person) -> list[Municipality]:
    """The municipalities in which the person looks for companions."""
    return list(Municipality.objects.filter(pk__in={*companion_areas_of(person), *areas_of(person)}))


def register(person: Person, today: date) -> list[Row]:
    """Everybody of one's own areas; those who may be asked and have room come first."""
    areas = [area.pk for area in reach_of(person)]
    found = Companion.objects.filter(areas__in=areas).distinct().select_related("organisation").prefetch_related("areas")
    counted = found.annotate(tasks=Count("supports", filter=Q(supports__state__in=sorted(HAS_COMPANION)), distinct=True))
    rows = [row_of(one, getattr(one, "tasks", 0), today) for one in counted]
    return sorted(rows, key=lambda row: (not row.usable, -(row.free if row.free is not None else 1), row.name.casefold()))


def row_of(one: Companion, tasks: int, today: date) -> Row:
    """The companion with what its keeper needs to know."""
    until = vetted_until(one.vetted_on, VETTING_YEARS) if one.vetted_on else None
    return Row(
        companion=one,
        name=one.title or one.name,
        areas=in_short(list(one.areas.all())),
        load=tasks,
        free=None if one.is_model else max(0, one.most - tasks),
        vetted_until=until,
        vetting_over=not one.is_model and (until is None or until <= today),
        pledge_missing=not one.is_model and (one.pledged_on is None or one.pledged_on > today),
    )


def companion_in_reach(person: Person, key: UUID) -> Companion | None:
    """One of the register whom the person may keep."""
    return Companion.objects.filter(pk=key, areas__in=reach_of(person)).distinct().first()


def supports_in_reach(person: Person) -> QuerySet[Support]:
    """Assignments of one's own areas, the nearest due first."""
    rows = Support.objects.filter(placement__referral__area__in=reach_of(person))
    return rows.select_related("placement__referral__resident", "placement__referral__area", "companion", "backup").order_by("due_at")


def differing(person: Person) -> set[UUID]:
    """Placements of which a companion and a resident have told different things."""
    rows = Errand.objects.filter(kind="company_word", done_at=None, referral__area__in=reach_of(person), placement__isnull=False)
    return {key for key in rows.values_list("placement_id", flat=True) if key}


def models_shown() -> list[Companion]:
    """Accompaniment models as the public page shows them; support persons never."""
    rows = Companion.objects.filter(active=True).exclude(kind="person").exclude(title="")
    return list(rows.select_related("organisation").prefetch_related("areas").order_by("kind", "-starts_achieved", "title"))
