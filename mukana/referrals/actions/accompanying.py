"""What a companion tells after having been there, or not; the next time together; how the help grows less."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from mukana.attendance import rules as marks
from mukana.attendance.rules import EARLY
from mukana.directory.models import Occurrence
from mukana.lib.clock import now
from mukana.lib.deeds import whole
from mukana.referrals import wording_marks
from mukana.referrals.actions.errands import ask
from mukana.referrals.actions.marking import mark_date, mark_session
from mukana.referrals.actions.moving import Change, Step, chained, locked_case, move
from mukana.referrals.models import Companion, Support, Transition
from mukana.referrals.queries.together import AGAIN, own_word, their_word
from mukana.referrals.rules import placements
from mukana.referrals.rules import support as rules
from mukana.referrals.rules.clocks import wd
from mukana.referrals.rules.codes import COMPANION, COMPANIONS, Deed, Refused

_FIRST = (placements.SCHEDULED, placements.MISSED_FIRST)
_GOES_ON = (rules.ACCOMPANIED, rules.TAPERING)
FARTHEST = timedelta(days=60)


@whole
def was_along(support: Support, deed: Deed) -> Support:
    """They were there together; the resident's visit is marked too.  Raises Refused.

    A receiver's mark of the visit tells nothing of company: only the companion's word and the resident's count.
    """
    check_begun(support)
    told, marking = told_of(support), Deed(deed.by, COMPANION, deed.channel)
    if told or _beside(support, rules.ALONG, deed):
        if (own_word(support) or rules.CAME) == rules.STAYED:
            return support  # whether they went is what a person asks now
    elif move(support, rules.ACCOMPANIED, deed, Change(facts={"visits": support.visits + 1})):
        together(support)
    if support.placement.state in _FIRST:
        mark_session(support.placement, marks.ATTENDED, marking)
    elif not told and (date := _date(support)) is not None:
        mark_date(support.placement, date, marks.ATTENDED, marking)
    support.refresh_from_db()
    return support


@whole
def did_not_come(support: Support, deed: Deed) -> Support:
    """The companion was there, the resident was not.  Raises Refused."""
    check_begun(support)
    if not told_of(support):
        if _beside(support, rules.NO_SHOW, deed):
            return support  # the resident says otherwise: a person asks both before anything is marked
        if support.state in (rules.ACCEPTED, rules.MET):
            move(support, rules.NOT_ACCOMPANIED, deed, Change("no_show"))
        else:
            note(support, "no_show", deed)
    marking = Deed(deed.by, deed.role, deed.channel)
    if support.placement.state == placements.SCHEDULED:
        mark_session(support.placement, marks.MISSED, marking)
    elif support.placement.state in placements.REACHED_FIRST and (date := _date(support)) is not None:
        mark_date(support.placement, date, marks.MISSED, marking)
    support.refresh_from_db()
    return support


@whole
def could_not(support: Support, reason: str, deed: Deed) -> Support:
    """The companion could not be there; whether the resident went is another matter.  Raises Refused."""
    if reason not in rules.REASONS:
        raise Refused("unknown_reason", reason=reason)
    check_begun(support)
    if not _beside(support, rules.COULD_NOT, deed):
        move(support, rules.NOT_ACCOMPANIED, deed, Change(reason))
    return support


@whole
def again(support: Support, starts_at: datetime, deed: Deed, *, ends_at: datetime | None = None) -> Support:
    """The next time together: the link shows what is needed until a week after it.  Raises Refused."""
    if support.state not in _GOES_ON:
        raise Refused("no_such_move", source=support.state, target=support.state)
    if not now() < starts_at <= now() + FARTHEST:
        raise Refused("past")
    note(support, AGAIN, deed)
    support.starts_at, support.ends_at = starts_at, ends_at or starts_at + timedelta(hours=1)
    support.save(update_fields=["starts_at", "ends_at"])
    return support


def told_of(support: Support) -> bool:
    """Has the companion told how the time that was agreed last went?"""
    return bool(their_word(support))


def together(support: Support) -> None:
    """A first time together is counted for who came along."""
    if support.visits == 1:
        Companion.objects.filter(supports=support).update(starts_achieved=F("starts_achieved") + 1)


def note(support: Support, what: str, deed: Deed) -> None:
    """A link of the history without a move; the same form writes it once."""
    case = locked_case(support)
    if deed.key and Transition.objects.filter(key=deed.key).exists():
        return
    link = chained(case, Step("support", support.pk, support.state, support.state, what), deed, now())
    link.key = deed.key or None
    link.save(force_insert=True)
    case.save(update_fields=["chain", "chain_hash"])


def differ(support: Support) -> None:
    """The companion and the resident tell different things: nobody's word is chosen, a person asks both."""
    words = wording_marks.two_words(their_word(support), own_word(support))
    ask("company_word", support.placement.referral, support.placement, words=words, queue=COMPANIONS, limit=wd(2))


def check_begun(support: Support) -> None:
    """Nothing is told of what lies ahead.  Raises Refused."""
    if support.starts_at is None or now() < support.starts_at - EARLY:
        raise Refused("mark_early")


def _beside(support: Support, word: str, deed: Deed) -> bool:
    """Has the resident told already?  Then the companion's word stands beside it, and where they differ a person asks both."""
    own = own_word(support)
    if not own or (own == rules.STAYED and rules.agree(word, own)):
        return False
    note(support, word, deed)
    if not rules.agree(word, own):
        differ(support)
    return True


def _date(support: Support) -> Occurrence | None:
    assert support.starts_at is not None  # asked only of what has begun
    return Occurrence.objects.filter(entry=support.placement.entry_id, starts_at=support.starts_at).first()
