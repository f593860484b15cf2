"""What became of the referrals somebody has sent: exactly as much as the resident lets them know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from mukana.accounts.models import Person
from mukana.lib.moments import as_local
from mukana.referrals.models import Feedback, Permission, Referral, Session
from mukana.referrals.rules.cases import CANCELLED, ERROR, SENT
from mukana.referrals.rules.writing import clean_reference

WITHDRAWN = "withdrawn"
_SEALED = ("resident__name", "resident__phone", "resident__email", "resident__address", "wish", "own_path")  # a list opens none of them


@dataclass(frozen=True, slots=True)
class Own:
    """One sent referral.  `state` is sent, cancelled or the last kind of feedback; `told` what the referrer may know."""

    case: Referral
    state: str
    told: tuple[Feedback, ...]
    permitted: bool

    @property
    def area(self) -> str:
        """The municipality; of a person under address protection nobody is told it."""
        return "" if self.case.resident.protected else str(self.case.area)

    @property
    def news(self) -> bool:
        """Is there feedback that has not been looked at?"""
        return any(one.read_at is None for one in self.told)

    @property
    def may_cancel(self) -> bool:
        """Has nobody taken it on yet?"""
        return self.case.state == SENT


def sent_by(person: Person, search: str = "") -> QuerySet[Referral]:
    """The person's own referrals, newest first; `search` is a reference as it is typed, and one that is none finds nothing."""
    rows = (
        Referral.objects.filter(referrer=person, sent_at__isnull=False)
        .exclude(state=ERROR)
        .select_related("area", "resident")
        .defer(*_SEALED)
    )
    if search.strip():
        rows = rows.filter(reference=clean_reference(search))
    standing = Permission.objects.filter(kind="feedback", withdrawn_at=None)
    return rows.prefetch_related("feedback", Prefetch("permissions", queryset=standing, to_attr="feedback_allowed")).order_by(
        "-sent_at", "pk"
    )


def owns(rows: Iterable[Referral], moment: datetime) -> list[Own]:
    """As the referrer may see them."""
    return [_own(case, moment) for case in rows]


def _own(case: Referral, moment: datetime) -> Own:
    standing: list[Permission] = case.feedback_allowed  # type: ignore[attr-defined]  # prefetched by `sent_by`
    permitted = any(one.valid_to is None or moment < one.valid_to for one in standing)
    told = tuple(one for one in case.feedback.all() if permitted or one.kind == WITHDRAWN)
    if case.state == CANCELLED:
        return Own(case, CANCELLED, told, permitted)
    return Own(case, told[-1].kind if told else SENT, told, permitted)


def first_visit_on(case: Referral) -> date | None:
    """The day of the first visit itself, which may have been told of later."""
    came = Session.objects.filter(placement__referral=case, state="attended").order_by("starts_at").values_list("starts_at", flat=True)
    first = came.first()
    return as_local(first).date() if first else None
