"""A paper list is written down: new ticks are marks, a tick that differs from the mark puts it right."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from mukana.attendance.actions import count, mark
from mukana.attendance.queries import marks_on
from mukana.attendance.rules import NotMarked
from mukana.directory.models import Occurrence
from mukana.referrals.actions.correcting import Right, correct
from mukana.referrals.actions.marking import how_of
from mukana.referrals.actions.visiting import PREFIX
from mukana.referrals.models import Placement
from mukana.referrals.queries.marked import noted
from mukana.referrals.rules.codes import Deed, Refused


def changed(occurrence: Occurrence, results: Mapping[str, str]) -> dict[str, str]:
    """Subject → what was marked until now, of those whose tick says something else."""
    kept = marks_on(occurrence)
    return {subject: kept[subject] for subject, result in results.items() if kept.get(subject, result) != result}


@transaction.atomic
def enter_list(occurrence: Occurrence, results: Mapping[str, str], deed: Deed, *, people: int | None = None, why: str = "") -> int:
    """Subject → result, and how many there were in all.  Gives how many are marked.  Raises Refused: one undoes them all.

    Whatever differs from what was marked needs a why.
    """
    other = changed(occurrence, results)
    if other and not why:
        raise Refused("mark_why")
    try:
        for subject, result in results.items():
            if subject in other:
                _correct(occurrence, subject, Right("", other[subject], result, why), deed)
            else:
                mark(occurrence, subject, result, how="paper", by=deed.by)
        if people is not None:
            count(occurrence, people, how=how_of(deed), by=deed.by)
    except NotMarked as error:
        raise Refused(f"mark_{error.code}") from error
    return len(results)


def _correct(occurrence: Occurrence, subject: str, right: Right, deed: Deed) -> None:
    placement = Placement.objects.get(pk=UUID(subject.removeprefix(PREFIX)))
    one = next((row for row in noted(placement) if row.starts_at == occurrence.starts_at), None)
    key = one.key if one else ""
    correct(placement, Right(key, one.result if one else right.was, right.result, right.why), Deed(deed.by, deed.role, deed.channel))
