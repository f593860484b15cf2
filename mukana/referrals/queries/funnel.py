"""How far people get: offered, agreed, reached, placed, first visit, fourth visit; never only "sent"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from mukana.referrals.models import Raising, Referral, Transition

STAGES = ("offered", "agreed", "reached", "placed", "first_visit", "fourth_visit")
_TARGETS = {
    "reached": ("case", ("in_dialogue",)),
    "placed": ("placement", ("scheduled",)),
    "first_visit": ("placement", ("first_attended",)),
    "fourth_visit": ("placement", ("attending",)),
}
SUPPRESS_UNDER = 5


@dataclass(frozen=True, slots=True)
class Funnel:
    """People by stage, each once."""

    offered: int = 0
    agreed: int = 0
    reached: int = 0
    placed: int = 0
    first_visit: int = 0
    fourth_visit: int = 0


def funnel(first: date, last: date, *, area: str = "", digital: bool | None = None, companion: bool | None = None) -> Funnel:
    """The cases sent from `first` to `last` (those that ought not to be left out), and how far each has come since.

    `area` is a municipality's code; `digital` and `companion` take one half of the people.  Those who said no when it
    was suggested are counted in `offered`, unless a half is asked for: nobody knows which half they are of.
    """
    cases = Referral.objects.filter(sent_at__date__gte=first, sent_at__date__lte=last).exclude(state="entered_in_error")
    said_no = Raising.objects.filter(on__gte=first, on__lte=last)
    if area:
        cases, said_no = cases.filter(area=area), said_no.filter(area=area)
    if digital is not None:
        cases = cases.filter(resident__digital=digital)
    if companion is not None:
        cases = cases.filter(wants_companion=companion)
    keys = set(cases.values_list("pk", flat=True))
    no_count = said_no.count() if digital is None and companion is None else 0
    return Funnel(len(keys) + no_count, len(keys), **{stage: len(_reached(stage, first) & keys) for stage in _TARGETS})


def suppressed(told: Funnel) -> dict[str, int | None]:
    """The stages as outsiders see them: a stage under five, and one that differs from the next by so few, is hidden."""
    counts = asdict(told)
    hidden: dict[str, int | None] = dict(counts)
    for stage, following in zip(STAGES, (*STAGES[1:], ""), strict=True):
        left = counts[stage] - counts.get(following, 0) if following else 0
        if 0 < counts[stage] < SUPPRESS_UNDER:
            hidden[stage] = None
        if following and 0 < left < SUPPRESS_UNDER:
            hidden[following] = None
    return hidden


def drop_offs(keys: Iterable[UUID]) -> dict[str, int]:
    """Outcome → how many of the cases ended so."""
    found: dict[str, int] = {}
    for outcome in Referral.objects.filter(pk__in=list(keys)).exclude(outcome="").values_list("outcome", flat=True):
        found[outcome] = found.get(outcome, 0) + 1
    return found


def _reached(stage: str, first: date) -> set[UUID]:
    thing, targets = _TARGETS[stage]
    rows = Transition.objects.filter(thing=thing, target__in=targets, at__date__gte=first)
    return set(rows.values_list("referral_id", flat=True))
