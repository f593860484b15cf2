"""Writing down what a resident wants in their own words, and how it goes; never without permission, never required."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from mukana.audit.actions import record
from mukana.lib.clock import now
from mukana.referrals.actions.moving import locked_case
from mukana.referrals.models import Answer, Goal, Referral
from mukana.referrals.queries.seeing import is_permitted
from mukana.referrals.rules.codes import Deed, Refused
from mukana.referrals.rules.measures import BASELINE, FOLLOW_UP, check_answer, check_own, own_of
from mukana.referrals.rules.writing import check_words


@transaction.atomic
def set_goal(case: Referral, kind: str, words: str, deed: Deed) -> Goal:
    """A goal or a concern as the resident says it.  Raises Refused; the same key writes it once."""
    kept = _asked(case)
    said = check_words(words)
    if deed.key and (known := Goal.objects.filter(key=deed.key).first()):
        return known
    if not said:
        raise Refused("no_words")
    check_own(kind, Goal.objects.filter(referral=kept, kind=kind, left_at=None).count())
    made = Goal.objects.create(referral=kept, kind=kind, words=said, made_at=now(), key=deed.key or None)
    record("referral.goal_set", f"referrals.Referral:{case.pk}", by=deed.by, kind=kind)
    return made


@transaction.atomic
def leave_goal(goal: Goal, deed: Deed) -> Goal:
    """It does not matter to the resident any more; what was answered stays counted."""
    if goal.left_at is None:
        goal.left_at = now()
        goal.save(update_fields=["left_at"])
        record("referral.goal_left", f"referrals.Referral:{goal.referral_id}", by=deed.by, kind=goal.kind)
    return goal


@transaction.atomic
def answer(case: Referral, answers: Mapping[str, int | None], mode: str, deed: Deed) -> int:
    """Figures of one talk: item or a goal's id → value, None where it was passed over.  Gives how many were written.

    A first figure is the baseline, each later one a follow-up; one that was passed over leaves the next one first.
    Raises Refused.  The same key writes once.
    """
    kept = _asked(case)
    if deed.key and Answer.objects.filter(key__startswith=f"{deed.key}.").exists():
        return 0
    goals = {str(goal.pk): goal for goal in Goal.objects.filter(referral=kept, left_at=None)}
    begun: set[tuple[str, UUID | None]] = set(
        Answer.objects.filter(referral=kept, phase=BASELINE, value__isnull=False).values_list("item", "goal_id")
    )
    rows = [_row(kept, goals.get(asked), asked, value, begun) for asked, value in answers.items()]
    for number, row in enumerate(rows):
        check_answer(row.item, row.phase, mode, row.value)
        row.mode, row.by, row.key = mode, deed.by, f"{deed.key}.{number}" if deed.key else None
    Answer.objects.bulk_create(rows)
    record("referral.measured", f"referrals.Referral:{case.pk}", by=deed.by, mode=mode, answers=len(rows))
    return len(rows)


def _row(case: Referral, goal: Goal | None, asked: str, value: int | None, begun: set[tuple[str, UUID | None]]) -> Answer:
    item = goal.kind if goal else asked
    if goal is None and own_of(asked):
        raise Refused("no_words")
    phase = FOLLOW_UP if (item, goal.pk if goal else None) in begun else BASELINE
    return Answer(referral=case, goal=goal, item=item, phase=phase, value=value, at=now())


def _asked(case: Referral) -> Referral:
    """The case, when its resident lets us ask.  Raises Refused."""
    kept = locked_case(case)
    if not kept.open:
        raise Refused("ended", state=kept.state)
    if not is_permitted(kept, "measures", now()):
        raise Refused("no_permission_to_measure")
    return kept
