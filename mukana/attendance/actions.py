"""Marking who came, putting a wrong mark right, counting how many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from mukana.attendance import rules
from mukana.attendance.listeners import marked
from mukana.attendance.models import Headcount, Mark, MarkWord
from mukana.attendance.rules import Marked, NotMarked
from mukana.audit.actions import record
from mukana.directory.models import Occurrence
from mukana.lib.clock import now


@transaction.atomic
def mark(occurrence: Occurrence, subject: str, result: str, *, how: str, by: str) -> Mark:
    """Write down what the subject did on the date; a second mark corrects the first.  Raises NotMarked.

    Listeners hear of it in this transaction; the same mark again tells nobody anything.
    """
    moment = now()
    if not subject:
        raise NotMarked("subject")
    rules.check(result, how, occurrence.starts_at, moment, cancelled=occurrence.status == "cancelled")
    facts = {"occurrence": occurrence, "result": result, "how": how, "by": by, "at": moment}
    kept, made = Mark.objects.select_for_update().get_or_create(
        subject=subject, entry_id=occurrence.entry_id, starts_at=occurrence.starts_at, defaults=facts
    )
    before = "" if made else kept.result
    return kept if before == result else _written(kept, before, facts)


@transaction.atomic
def correct(kept: Mark, result: str, *, was: str, how: str, by: str, why: str) -> Mark:
    """Put a wrong mark right; what was marked before stays in its history.  Raises NotMarked.

    Of two who correct at once the second one has seen what is no longer so, and hears that it has changed.
    """
    found = Mark.objects.select_for_update(of=("self",)).select_related("occurrence").get(pk=kept.pk)
    moment = now()
    rules.check_correction(found.result, was, result, why)
    off = found.occurrence is not None and found.occurrence.status == "cancelled"
    rules.check(result, how, found.starts_at, moment, cancelled=off)
    return _written(found, was, {"result": result, "how": how, "by": by, "at": moment}, why)


def _written(kept: Mark, before: str, facts: Mapping[str, Any], why: str = "") -> Mark:
    """The mark as it is now, its word in the history, and those who listen told."""
    if before:
        for name, value in facts.items():
            setattr(kept, name, value)
        kept.save(update_fields=list(facts))
    MarkWord.objects.create(mark=kept, before=before, result=kept.result, how=kept.how, by=kept.by, why=why, at=kept.at)
    record("attendance.marked", f"attendance.Mark:{kept.pk}", by=kept.by, result=kept.result, was=before, how=kept.how)
    event = Marked(kept.subject, str(kept.occurrence_id or ""), kept.starts_at, kept.result, before, kept.how, kept.by, why)
    marked.tell(event)
    return kept


@transaction.atomic
def count(occurrence: Occurrence, people: int, *, how: str, by: str, first_timers: int = 0) -> Headcount:
    """Write down how many came on the date; a second count corrects the first.  Raises NotMarked."""
    moment = now()
    if how not in rules.HOWS:
        raise NotMarked("how")
    rules.check_count(people, first_timers, occurrence.starts_at, moment)
    facts = {"occurrence": occurrence, "people": people, "first_timers": first_timers, "how": how, "by": by, "at": moment}
    kept, _ = Headcount.objects.update_or_create(entry_id=occurrence.entry_id, starts_at=occurrence.starts_at, defaults=facts)
    record("attendance.counted", f"attendance.Headcount:{kept.pk}", by=by, people=people)
    return kept
