"""What has been marked of a placement: first sessions and later dates, each of them correctable while nothing hinders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mukana.attendance import rules as marks
from mukana.attendance.models import Mark
from mukana.attendance.rules import EARLY, Seen, Standing, standing
from mukana.referrals.models import Placement, Referral, Session, Transition
from mukana.referrals.rules import cases, placements
from mukana.referrals.rules.codes import RESIDENT

CORRECTABLE = (marks.ATTENDED, marks.MISSED, marks.EXCUSED)
_BY_ITSELF = ("corrected", "session_past", "case_ended", "withdrawn")  # nobody rang
_MEANS = {
    marks.ATTENDED: placements.REACHED_FIRST, marks.MISSED: {placements.MISSED_FIRST}, marks.EXCUSED: {placements.SESSION_CANCELLED},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Noted:
    """One thing that was marked: of a first session, of a date of the directory, or of both."""

    starts_at: datetime
    result: str
    session: Session | None = None
    mark: Mark | None = None

    @property
    def key(self) -> str:
        """What forms call it."""
        return f"k{self.session.pk}" if self.session else f"m{self.mark.pk}" if self.mark else ""


def noted(placement: Placement) -> list[Noted]:
    """Everything marked that can be put right, the newest first."""
    kept = {mark.starts_at: mark for mark in Mark.objects.filter(subject=placement.subject, result__in=CORRECTABLE)}
    sessions = placement.sessions.filter(state__in=CORRECTABLE)
    found = [Noted(one.starts_at, one.state, one, kept.pop(one.starts_at, None)) for one in sessions]
    found += [Noted(one.starts_at, one.result, None, one) for one in kept.values()]
    return sorted(found, key=lambda one: one.starts_at, reverse=True)


def newest(placement: Placement) -> Noted | None:
    """The session that was marked last; None when nothing was or another one has been agreed since."""
    last = placement.sessions.order_by("-starts_at").first()
    return next((one for one in noted(placement) if last is not None and one.session == last), None)


def standing_now(rows: Sequence[Noted], moment: datetime) -> Standing:
    """What the marks tell, with those of days that the directory does not know."""
    return standing((Seen(one.starts_at, one.result) for one in rows), moment)


def followed(placement: Placement, one: Noted) -> bool:
    """Has something followed from the mark, so that whoever made it cannot simply take it back?

    Another session or mark, the resident's own word of why, a call that was made, another state than the mark led to.
    """
    if placement.state not in _MEANS[one.result]:
        return True
    later = Mark.objects.filter(subject=placement.subject, starts_at__gt=one.starts_at).exists()
    if later or placement.sessions.filter(starts_at__gt=one.starts_at).exists():
        return True
    told = Transition.objects.filter(thing_id=placement.pk, source=placement.state, target=placement.state, role=RESIDENT)
    rung = placement.errands.filter(kind__in=("ring_resident", "talk"), done_at__isnull=False).exclude(result__in=_BY_ITSELF)
    since = one.starts_at - EARLY
    return told.filter(at__gte=since).exists() or rung.filter(since__gte=since).exists()


def has_come(case: Referral) -> bool:
    """Has the resident come to anything at all?"""
    if case.placements.filter(state__in=sorted(placements.REACHED_FIRST)).exists():
        return True
    return Session.objects.filter(placement__referral=case, state=marks.ATTENDED).exists()


def goes_on(case: Referral) -> bool:
    """Does the case go on, so that what is marked matters?"""
    return case.state in cases.LIVE
