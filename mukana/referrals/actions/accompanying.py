"""What a companion tells after having been there, or not; the next time together; how the help grows less."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from mukana.attendance import rules as marks
from mukana.attendance.rules import EARLY
from mukana.directory.models import Occurrence
from mukana.lib.clock import now
from mukana.referrals.actions.marking import mark_date, mark_session
from mukana.referrals.actions.moving import Change, Step, chained, locked_case, move
from mukana.referrals.models import Companion, Support, Transition
from mukana.referrals.rules import placements
from mukana.referrals.rules import support as rules
from mukana.referrals.rules.codes import COMPANION, Deed, Refused

_FIRST = (placements.SCHEDULED, placements.MISSED_FIRST)
_GOES_ON = (rules.ACCOMPANIED, rules.TAPERING)
AGAIN = "again"
FARTHEST = timedelta(days=60)


@transaction.atomic
def was_along(support: Support, deed: Deed) -> Support:
    """They were there together; the resident's visit is marked too.  Raises Refused.

    A receiver's mark of the visit tells nothing of company: only this word counts.
    """
    _check_begun(support)
    told, marking = told_of(support), Deed(deed.by, COMPANION, deed.channel)
    if not told and move(support, rules.ACCOMPANIED, deed, Change(facts={"visits": support.visits + 1})) and support.visits == 1:
        Companion.objects.filter(supports=support).update(starts_achieved=F("starts_achieved") + 1)
    if support.placement.state in _FIRST:
        mark_session(support.placement, marks.ATTENDED, marking)
    elif not told and (date := _date(support)) is not None:
        mark_date(support.placement, date, marks.ATTENDED, marking)
    support.refresh_from_db()
    return support


@transaction.atomic
def did_not_come(support: Support, deed: Deed) -> Support:
    """The companion was there, the resident was not.  Raises Refused."""
    _check_begun(support)
    if not told_of(support):
        if support.state in (rules.ACCEPTED, rules.MET):
            move(support, rules.NOT_ACCOMPANIED, deed, Change("no_show"))
        else:
            _note(support, "no_show", deed)
    marking = Deed(deed.by, deed.role, deed.channel)
    if support.placement.state == placements.SCHEDULED:
        mark_session(support.placement, marks.MISSED, marking)
    elif support.placement.state in placements.REACHED_FIRST and (date := _date(support)) is not None:
        mark_date(support.placement, date, marks.MISSED, marking)
    support.refresh_from_db()
    return support


@transaction.atomic
def could_not(support: Support, reason: str, deed: Deed) -> Support:
    """The companion could not be there; whether the resident went is another matter.  Raises Refused."""
    if reason not in rules.REASONS:
        raise Refused("unknown_reason", reason=reason)
    _check_begun(support)
    move(support, rules.NOT_ACCOMPANIED, deed, Change(reason))
    return support


@transaction.atomic
def again(support: Support, starts_at: datetime, deed: Deed, *, ends_at: datetime | None = None) -> Support:
    """The next time together: the link shows what is needed until a week after it.  Raises Refused."""
    if support.state not in _GOES_ON:
        raise Refused("no_such_move", source=support.state, target=support.state)
    if not now() < starts_at <= now() + FARTHEST:
        raise Refused("past")
    _note(support, AGAIN, deed)
    support.starts_at, support.ends_at = starts_at, ends_at or starts_at + timedelta(hours=1)
    support.save(update_fields=["starts_at", "ends_at"])
    return support


def told_of(support: Support) -> bool:
    """Has it been told how the time that was agreed last went?"""
    if support.starts_at is None:
        return False
    since = support.starts_at - EARLY
    since_then = Transition.objects.filter(thing_id=support.pk, at__gte=since).exclude(reason=AGAIN)
    return since_then.filter(Q(target__in=(rules.ACCOMPANIED, rules.NOT_ACCOMPANIED)) | Q(reason="no_show")).exists()


def _note(support: Support, what: str, deed: Deed) -> None:
    """A link of the history without a move; the same form writes it once."""
    case = locked_case(support)
    if deed.key and Transition.objects.filter(key=deed.key).exists():
        return
    link = chained(case, Step("support", support.pk, support.state, support.state, what), deed, now())
    link.key = deed.key or None
    link.save(force_insert=True)
    case.save(update_fields=["chain", "chain_hash"])


def _check_begun(support: Support) -> None:
    if support.starts_at is None or now() < support.starts_at - EARLY:
        raise Refused("mark_early")


def _date(support: Support) -> Occurrence | None:
    assert support.starts_at is not None  # asked only of what has begun
    return Occurrence.objects.filter(entry=support.placement.entry_id, starts_at=support.starts_at).first()
