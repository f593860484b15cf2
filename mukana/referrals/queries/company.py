"""What a companion's page needs: when and where, what may be told now, until when the page shows anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mukana.attendance.rules import EARLY
from mukana.directory.models import Occurrence
from mukana.referrals.models import Session, Support, SupportOffer
from mukana.referrals.queries.meeting import coming_dates
from mukana.referrals.rules import support as rules


@dataclass(frozen=True, slots=True)
class Company:
    """One companion's share in an assignment, as it stands now."""

    support: Support
    session: Session | None
    asked: bool
    coming: bool  # the time agreed last lies ahead
    may_meet: bool
    has_met: bool
    to_tell: bool  # it has begun and nobody has told how it went
    goes_on: bool
    near: bool  # letting go now is followed by a call to the resident
    dates: list[Occurrence]
    until: datetime | None


def company_of(made: SupportOffer, now: datetime, *, told: bool) -> Company:
    """The page's facts; `told`: it has been told how the time agreed last went."""
    task = made.support
    starts_at = task.starts_at
    coming = starts_at is not None and now < starts_at - EARLY
    held = task.state in (rules.ACCEPTED, rules.MET)
    goes_on = task.state in (rules.ACCOMPANIED, rules.TAPERING)
    may_ask_again = goes_on and not coming and task.visits < rules.REVIEW_AFTER_VISITS
    return Company(
        support=task,
        session=task.placement.sessions.order_by("-starts_at").first(),
        asked=made.state == "offered",
        coming=coming,
        may_meet=task.state == rules.ACCEPTED and starts_at is not None and now.date() < starts_at.date(),
        has_met=task.state == rules.MET,
        to_tell=(held or goes_on or task.state == rules.NOT_ACCOMPANIED) and not coming and not told,
        goes_on=goes_on,
        near=starts_at is not None and starts_at - now < rules.LATE_RELEASE,
        dates=coming_dates(task.placement, now) if may_ask_again else [],
        until=rules.view_until(starts_at, task.ended_at),
    )
