"""Trying to reach the resident, and what comes of it."""

from __future__ import annotations

from mukana.audit.actions import record
from mukana.lib.clock import now
from mukana.lib.composed import Composed, Hole
from mukana.lib.deeds import whole
from mukana.lib.quickrows import insert_row, update_row
from mukana.referrals import wording
from mukana.referrals.actions.errands import ask, reached, rewrite, unsend
from mukana.referrals.actions.moving import CLOCKED, Change, Clock, locked_case, move, renew, set_clock
from mukana.referrals.actions.telling import tell_referrer, tell_resident
from mukana.referrals.models import ContactAttempt, Letter, Referral
from mukana.referrals.queries.seeing import reach_of
from mukana.referrals.rules.attempts import REACHED, Try, check_unreachable, next_try
from mukana.referrals.rules.cases import ACKNOWLEDGED, CONTACTING, IN_DIALOGUE, UNREACHABLE
from mukana.referrals.rules.clocks import due, wd
from mukana.referrals.rules.codes import ATTEMPT_RESULTS, Deed, Refused
from mukana.referrals.rules.reaching import CALL, LETTER, SMS, check_voicemail, check_way
from mukana.referrals.rules.writing import check_words

_WAY_OF = {"phone": CALL, "sms": SMS, "email": "email", "letter": "letter"}
LONGEST_LETTER = 1500
_ASKED = frozenset({ACKNOWLEDGED, CONTACTING})
_TRIES = Composed(lambda: ContactAttempt.objects.filter(referral=Hole("case")).order_by("at").values_list("at", "channel", "result"))


@whole
def attempt(case: Referral, result: str, deed: Deed, *, note: str = "") -> Referral:
    """One try, by the deed's channel; when the resident is reached, the talk begins.  Raises Refused.

    A forbidden channel is refused, and so is a message on a machine where none may be left.
    """
    if result not in ATTEMPT_RESULTS:
        raise Refused("unknown_result", result=result)
    reach = reach_of(case.resident)
    if deed.channel in _WAY_OF:
        check_way(reach, _WAY_OF[deed.channel])
    check_voicemail(reach, result)
    kept_note = check_words(note)
    if deed.key and ContactAttempt.objects.filter(key=deed.key).exists():
        renew(case)
        return case
    locked = locked_case(case)
    if locked.state not in _ASKED:
        raise Refused("no_such_move", source=locked.state, target=CONTACTING)
    insert_row(
        ContactAttempt(referral=locked, at=now(), channel=deed.channel, result=result, by=deed.by, note=kept_note, key=deed.key or None)
    )
    record("referral.attempted", f"referrals.Referral:{case.pk}", by=deed.by, result=result, channel=deed.channel)
    _go_on(locked, result, Deed(deed.by, deed.role, deed.channel))
    renew(case)
    return case


@whole
def write(case: Referral, words: str, deed: Deed) -> Referral:
    """One try by letter, in one's own words, for who has an address only; it waits for the post.  Raises Refused."""
    text = check_words(words, LONGEST_LETTER)
    by_letter = Deed(deed.by, deed.role, LETTER, deed.key)
    if deed.key and ContactAttempt.objects.filter(key=deed.key).exists():
        renew(case)
        return case
    attempt(case, "no_answer", by_letter)
    Letter.objects.create(referral=case, kind="written", text=text, made_at=now())
    ask("post_letter", case, words=text, limit=wd(1))
    return case


@whole
def say_unreachable(case: Referral, deed: Deed) -> Referral:
    """After three tries on three days in two ways: a letter, and twenty working days to call back.  Raises Refused."""
    check_unreachable(tries_of(case))
    if move(case, UNREACHABLE, deed):
        tell_resident(case, "not_reached", wording.not_reached(case))
        tell_referrer(case, "not_reached")
    return case


@whole
def called_back(case: Referral, deed: Deed) -> Referral:
    """The resident rang: the talk begins, the reference stays.  Raises Refused."""
    move(case, IN_DIALOGUE, deed)
    reached(case, deed.by)
    unsend(case, "not_reached")
    rewrite(case, "receipt", wording.talked(case))
    return case


def tries_of(case: Referral) -> list[Try]:
    """The attempts as rules see them."""
    return [Try(*told) for told in _TRIES.all(case=case.pk)]


def _go_on(case: Referral, result: str, deed: Deed) -> None:
    if result == REACHED:
        move(case, IN_DIALOGUE, deed)
        reached(case, deed.by)
        rewrite(case, "receipt", wording.talked(case))  # it told by when somebody rings
        return
    proposed = next_try(tries_of(case), now())
    clock = Clock(due_at=max(proposed, due(now(), wd(1))))
    if case.state == ACKNOWLEDGED:
        move(case, CONTACTING, deed, Change(clock=clock))
        return
    set_clock(case, case, clock, now())
    update_row(case, CLOCKED)
