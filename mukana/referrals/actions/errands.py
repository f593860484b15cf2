"""Asking somebody to do one thing by a time, and its being done."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from mukana.accounts.models import Person
from mukana.audit.actions import record
from mukana.lib.clock import now
from mukana.lib.quickrows import insert_row, row_of, update_row
from mukana.referrals.models import Errand, Letter, Placement, Referral
from mukana.referrals.queries.turns import Turns, turns_on
from mukana.referrals.rules.clocks import Limit, due, wd
from mukana.referrals.rules.codes import LINK_WORKER, Deed, Refused

TWO_DAYS = wd(2)
RING = "ring_resident"


def ask(  # noqa: PLR0913  # an errand has this many words, all but three by name
    kind: str,
    case: Referral,
    placement: Placement | None = None,
    *,
    words: str = "",
    queue: str = LINK_WORKER,
    limit: Limit = TWO_DAYS,
    turns: Turns | None = None,
) -> Errand:
    """An errand for whoever has the queue's turn; an open one of the same kind and placement is given back.

    The resident is rung once: what else there is to say joins the call that waits.
    """
    standing = Errand.objects.filter(kind=kind, placement=placement, done_at=None).first() if placement else None
    if standing is not None:
        return standing
    moment = now()
    due_at = due(moment, limit, urgent=case.urgent)
    if kind == RING and placement is None and (open_call := _calls(case).first()) is not None:
        return _joined(open_call, words, due_at)
    person = (turns or turns_on(moment.date())).person(queue, case)
    made = Errand(
        kind=kind, referral=case, placement=placement, words=words, owner=queue, owner_person_id=person,
        since=moment, due_at=due_at, next_step_at=due_at,
    )  # fmt: skip
    return insert_row(made)


@transaction.atomic
def finish(errand: Errand, result: str, deed: Deed) -> Errand:
    """It has been done.  Raises Refused when somebody did it before."""
    kept = row_of(Errand, errand.pk, lock=True)
    if kept.done_at is not None:
        raise Refused("done_already", by=kept.done_by)
    _end(kept, result, deed.by)
    if kept.kind == "deletion_confirmed" and kept.placement_id:
        Placement.objects.filter(pk=kept.placement_id).update(deletion_confirmed_at=kept.done_at)
    if kept.kind == "post_letter":
        _posted(kept)
    record("referral.errand_done", f"referrals.Referral:{kept.referral_id}", by=deed.by, what=kept.kind, result=result)
    return kept


def _posted(errand: Errand) -> None:
    """The errand's own letter has gone; another letter of the case waits for its own."""
    for letter in Letter.objects.filter(referral=errand.referral_id, posted_at=None):
        if letter.text == errand.words:
            Letter.objects.filter(pk=letter.pk).update(posted_at=errand.done_at)
            return


def reached(case: Referral, by: str) -> None:
    """The resident has been talked with: the calls that waited are said by that."""
    for row in _calls(case):
        _end(row, "reached", by)


def session_past(placement: Placement, by: str) -> None:
    """What was to be said of the placement's session means nothing any more; what else the call has to say stays."""
    for row in _calls(placement.referral_id):
        left = [line for line in row.words.split("\n") if placement.entry_name not in line]
        if not left:
            _end(row, "session_past", by)
        else:
            row.words = "\n".join(left)
            update_row(row)


def hand_calls(case: Referral, person: Person) -> None:
    """Calls that waited for a link worker are this one's."""
    case.errands.filter(kind=RING, done_at=None).update(owner=LINK_WORKER, owner_person=person)


def _calls(case: Referral | UUID) -> QuerySet[Errand]:
    return Errand.objects.filter(kind=RING, referral=case, placement=None, done_at=None)


def _joined(errand: Errand, words: str, due_at: datetime) -> Errand:
    lines = errand.words.split("\n")
    if words not in lines:
        errand.words = "\n".join([*filter(None, lines), words])
    if errand.due_at is not None and due_at < errand.due_at:
        errand.due_at = errand.next_step_at = due_at
    update_row(errand)
    return errand


def drop(case: Referral, why: str, *, but: tuple[str, ...] = ()) -> int:
    """The case has ended: nothing more is to be done in it but these kinds.  Gives how many."""
    rows = list(Errand.objects.filter(referral=case, done_at=None).exclude(kind__in=but))
    for row in rows:
        _end(row, why, "system")
    return len(rows)


def _end(errand: Errand, result: str, by: str) -> None:
    errand.done_at, errand.done_by, errand.result = now(), by, result[:40]
    errand.owner, errand.owner_person, errand.due_at, errand.next_step_at = "", None, None, None
    update_row(errand)
