"""What the page of a case shows besides its history: places with their sessions, what is to be done, what was allowed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mukana.lib.clock import now
from mukana.referrals.models import Errand, Permission, Placement, Referral, Session, Support
from mukana.referrals.queries.seeing import grants_of
from mukana.referrals.rules.permitting import granted
from mukana.referrals.rules.placements import PLACEMENT


@dataclass(frozen=True, slots=True)
class Spot:
    """A placement with what stands around it."""

    placement: Placement
    session: Session | None
    support: Support | None
    groups: tuple[str, ...]
    errands: list[Errand]

    @property
    def open(self) -> bool:
        """Is it anybody's turn?"""
        return self.placement.state in PLACEMENT.open


def spots_of(case: Referral) -> list[Spot]:
    """Every placement, the open ones first, then the newest."""
    moment, grants = now(), grants_of(case)
    rows = case.placements.select_related("entry__place", "referral__resident", "owner_person").prefetch_related(
        "sessions", "supports__companion"
    )
    errands = list(case.errands.filter(done_at=None).select_related("owner_person"))
    found = [
        Spot(
            one,
            max(one.sessions.all(), key=lambda session: session.starts_at, default=None),
            next((task for task in one.supports.all() if task.open), None),
            tuple(sorted(granted(grants, "receiver", moment, str(one.entry_id or "")))),
            [errand for errand in errands if errand.placement_id == one.pk],
        )
        for one in rows
    ]
    return sorted(found, key=lambda spot: (not spot.open, -_begun(spot.placement).timestamp()))


def loose_errands(case: Referral) -> list[Errand]:
    """What is to be done in the case that belongs to no placement."""
    return list(case.errands.filter(done_at=None, placement=None).select_related("owner_person"))


def permissions_of(case: Referral) -> list[Permission]:
    """What was allowed and taken back, the newest first."""
    return list(Permission.objects.filter(referral=case).select_related("entry").order_by("-given_at", "-pk"))


def replaced_of(rows: Iterable[Permission]) -> set[UUID]:
    """Those whose place a new permission of the same kind to the same receiver took; else the resident took it back."""
    found = list(rows)
    return {row.pk for row in found if any(_replaces(other, row) for other in found)}


def others_of(case: Referral) -> list[tuple[UUID, str]]:
    """Other cases of the same resident."""
    rows = Referral.objects.filter(resident=case.resident_id).exclude(pk=case.pk).exclude(state="entered_in_error")
    return list(rows.values_list("pk", "reference"))


def _replaces(one: Permission, other: Permission) -> bool:
    same = (one.kind, one.entry_id, one.given_at) == (other.kind, other.entry_id, other.withdrawn_at)
    return same and one.pk != other.pk


def _begun(placement: Placement) -> datetime:
    return placement.requested_at or placement.since or placement.ended_at or now()
