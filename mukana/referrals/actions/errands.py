"""Asking somebody to do one thing by a time, and its being done."""

from __future__ import annotations

from datetime import datetime

from mukana.accounts.models import Person
from mukana.audit.actions import record
from mukana.lib.clock import now
from mukana.lib.composed import Composed, Hole
from mukana.lib.deeds import whole
from mukana.lib.quickrows import insert_row, row_of, update_row
from mukana.referrals.models import Errand, Feedback, Letter, Placement, Referral
from mukana.referrals.queries.turns import Turns, turns_on
from mukana.referrals.rules.clocks import Limit, due, wd
from mukana.referrals.rules.codes import LINK_WORKER, Deed, Refused

TWO_DAYS = wd(2)
RING = "ring_resident"
_STANDING = Composed(lambda: Errand.objects.filter(kind=Hole("kind"), placement=Hole("placement"), done_at=None))
_CALLS = Composed(lambda: Errand.objects.filter(kind=RING, referral=Hole("case"), placement=None, done_at=None))
_LETTERS = Composed(lambda: Letter.objects.filter(referral=Hole("case"), posted_at=None))
_WAITING = Composed(lambda: Errand.objects.filter(referral=Hole("case"), done_at=None))
_DONE = ("done_at", "done_by", "result", "owner", "owner_person", "due_at", "next_step_at")


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
    standing = _STANDING.first(kind=kind, placement=placement.pk) if placement else None
    if standing is not None:
        return standing
    moment = now()
    due_at = due(moment, limit, urgent=case.urgent)
    if kind == RING and placement is None and (open_call := _CALLS.first(case=case.pk)) is not None:
        return _joined(open_call, words, due_at)
    person = (turns or turns_on(moment.date())).person(queue, case)
    made = Errand(
        kind=kind, referral=case, placement=placement, words=words, owner=queue, owner_person_id=person,
        since=moment, due_at=due_at, next_step_at=due_at,
    )  # fmt: skip
    return insert_row(made)


@whole
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
    if kept.kind == "tell_referrer":
        _heard(kept)
    record("referral.errand_done", f"referrals.Referral:{kept.referral_id}", by=deed.by, what=kept.kind, result=result)
    return kept


def _posted(errand: Errand) -> None:
    """The errand's own letter has gone; another letter of the case waits for its own."""
    letter = next((one for one in _LETTERS.all(case=errand.referral_id) if one.text == errand.words), None)
    if letter is not None:
        letter.posted_at = errand.done_at
        update_row(letter, ("posted_at",))


def _heard(errand: Errand) -> None:
    """Somebody rang or wrote to the referrer: what the errand told is told."""
    rows = Feedback.objects.filter(referral=errand.referral_id, told="", at__lte=errand.since).order_by("-at", "-pk")
    if (row := rows.first()) is not None:
        Feedback.objects.filter(pk=row.pk).update(told="staff")


def reached(case: Referral, by: str) -> None:
    """The resident has been talked with: the calls that waited are said by that."""
    for row in _CALLS.all(case=case.pk):
        _end(row, "reached", by)


def session_past(placement: Placement, by: str) -> None:
    """What was to be said of the placement's session means nothing any more; what else the call has to say stays."""
    for row in _CALLS.all(case=placement.referral_id):
        left = [line for line in row.words.split("\n") if placement.entry_name not in line]
        if not left:
            _end(row, "session_past", by)
        else:
            row.words = "\n".join(left)
            update_row(row, ("words",))


def hand_calls(case: Referral, person: Person) -> None:
    """Calls that waited for a link worker are this one's."""
    case.errands.filter(kind=RING, done_at=None).update(owner=LINK_WORKER, owner_person=person)


def _joined(errand: Errand, words: str, due_at: datetime) -> Errand:
    lines = errand.words.split("\n")
    if words not in lines:
        errand.words = "\n".join([*filter(None, lines), words])
    if errand.due_at is not None and due_at < errand.due_at:
        errand.due_at = errand.next_step_at = due_at
    update_row(errand, ("words", "due_at", "next_step_at"))
    return errand


def drop(case: Referral, why: str, *, but: tuple[str, ...] = ()) -> int:
    """The case has ended: nothing more is to be done in it but these kinds.  Gives how many."""
    rows = [row for row in _WAITING.all(case=case.pk) if row.kind not in but]
    for row in rows:
        _end(row, why, "system")
    return len(rows)


def unsend(case: Referral, *kinds: str) -> int:
    """Letters of the kinds that wait for the post tell nothing true any more: they leave the queue.  Gives how many."""
    rows = list(Letter.objects.filter(referral=case, kind__in=kinds, posted_at=None))
    for letter in rows:
        for errand in _posting(letter):
            _end(errand, "not_true", "system")
        letter.delete()
    return len(rows)


def rewrite(case: Referral, kind: str, text: str) -> None:
    """A letter of the kind that waits for the post tells what is true now."""
    for letter in Letter.objects.filter(referral=case, kind=kind, posted_at=None):
        for errand in _posting(letter):
            errand.words = text
            update_row(errand)
        letter.text = text
        letter.save(update_fields=["text"])


def _posting(letter: Letter) -> list[Errand]:
    """Who was asked to post the letter; the words are sealed, so they are compared here."""
    waiting = Errand.objects.filter(referral=letter.referral_id, kind="post_letter", done_at=None)
    return [one for one in waiting if one.words == letter.text]


def drop_kind(case: Referral, kind: str, why: str) -> None:
    """What is of the kind is not to be done any more."""
    for row in Errand.objects.filter(referral=case, kind=kind, done_at=None):
        _end(row, why, "system")


def _end(errand: Errand, result: str, by: str) -> None:
    errand.done_at, errand.done_by, errand.result = now(), by, result[:40]
    errand.owner, errand.owner_person, errand.due_at, errand.next_step_at = "", None, None, None
    update_row(errand, _DONE)
