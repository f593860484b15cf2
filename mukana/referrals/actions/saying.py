"""The resident tells whether their companion came; where the companion tells otherwise a person asks both and decides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from mukana.lib.clock import now
from mukana.referrals import wording_marks
from mukana.referrals.actions.accompanying import check_begun, differ, note, together
from mukana.referrals.actions.errands import ask, finish
from mukana.referrals.actions.moving import Change, locked_case, move, renew
from mukana.referrals.actions.telling import tell_resident
from mukana.referrals.models import Companion, Support, Transition
from mukana.referrals.queries.seeing import is_permitted, is_taken_back, reach_of
from mukana.referrals.queries.together import ASKED, may_say, own_word, their_word, to_ask
from mukana.referrals.rules import cases
from mukana.referrals.rules import support as rules
from mukana.referrals.rules.clocks import wd
from mukana.referrals.rules.codes import COMPANIONS, RESIDENT, SYSTEM_DEED, Deed, Refused
from mukana.referrals.rules.reaching import SMS, way_for

_FIRST = (rules.ACCEPTED, rules.MET)
_MORE = (rules.ACCOMPANIED, rules.TAPERING)


@transaction.atomic
def resident_says(support: Support, word: str, deed: Deed) -> Support:
    """Whether the companion came, in the resident's own word.  Raises Refused: unknown_word, mark_early, ended, answered.

    While the companion is silent it moves the assignment; beside the companion's word it is kept, and where they differ
    nobody's is chosen.
    """
    if word not in rules.OWN_WORDS:
        raise Refused("unknown_word")
    case = locked_case(support)
    renew(support)
    if deed.key and Transition.objects.filter(key=deed.key).exists():
        return support
    if case.state not in cases.LIVE:
        raise Refused("ended")
    check_begun(support)
    if not may_say(support, now()):
        raise Refused("answered")
    theirs = their_word(support)
    note(support, rules.OWN + word, deed)
    if theirs:
        if not rules.agree(theirs, word):
            differ(support)
    else:
        _alone(support, word, Deed(deed.by, RESIDENT, deed.channel))
    renew(support)
    return support


def _alone(support: Support, word: str, deed: Deed) -> None:
    """The companion is silent."""
    renew(support)
    if word == rules.CAME and support.state in (*_FIRST, *_MORE):
        move(support, rules.ACCOMPANIED, deed, Change(facts={"visits": support.visits + 1}))
        together(support)
    elif word == rules.AWAY and support.state in _FIRST:
        move(support, rules.NOT_ACCOMPANIED, deed, Change("not_there"))
    elif word == rules.AWAY:
        words = wording_marks.two_words("", word)
        ask("company_word", support.placement.referral, support.placement, words=words, queue=COMPANIONS, limit=wd(2))


@transaction.atomic
def decide(support: Support, deed: Deed, *, came: bool) -> Support:
    """Whoever keeps the companions has heard both.  Raises Refused: done_already."""
    locked_case(support)
    renew(support)
    if deed.key and Transition.objects.filter(key=deed.key).exists():
        return support
    errand = support.placement.errands.filter(kind="company_word", done_at=None).first()
    if errand is None:
        raise Refused("done_already")
    target = rules.ACCOMPANIED if came else rules.NOT_ACCOMPANIED
    movable = support.state in (*_FIRST, rules.ACCOMPANIED, rules.NOT_ACCOMPANIED)
    if movable and support.state != target:
        _decided(support, target, deed)
    else:
        note(support, rules.DECIDED, deed)
    finish(errand, "yes" if came else "no", deed)
    renew(support)
    return support


def _decided(support: Support, target: str, deed: Deed) -> None:
    was, before = support.state, support.visits
    more = 1 if target == rules.ACCOMPANIED else -1 if was == rules.ACCOMPANIED else 0
    move(support, target, deed, Change(rules.DECIDED, facts={"visits": max(0, before + more)}))
    if more > 0:
        together(support)
    elif more < 0 and before == 1:
        Companion.objects.filter(supports=support, starts_achieved__gt=0).update(starts_achieved=F("starts_achieved") - 1)


def ask_residents(moment: datetime) -> int:
    """After a visit of which the companion has told nothing: a gentle question by text message, once.  Gives how many."""
    return sum(_asked(one, moment) for one in to_ask(moment))


@transaction.atomic
def _asked(support: Support, moment: datetime) -> bool:
    """Only who is reached by text messages and has not forbidden reminders; everybody finds the question on their own page."""
    case = locked_case(support)
    renew(support)
    silent = not (own_word(support) or their_word(support))
    if not silent or way_for(reach_of(case.resident)) != SMS:
        return False
    if is_taken_back(case, "reminders", moment) or not is_permitted(case, "companion", moment):
        return False
    note(support, ASKED, SYSTEM_DEED)
    tell_resident(
        case, "company", wording_marks.did_they_come(support), key=f"referrals.company:{support.pk}:{support.starts_at:%Y%m%d%H%M}"
    )
    return True
