"""A resident's goals and concerns with their first and latest figures, and the latest of the single questions."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from mukana.lib.clock import now
from mukana.referrals.models import Answer, Goal, Referral
from mukana.referrals.queries.seeing import is_permitted
from mukana.referrals.rules.measures import BASELINE, LIFE


@dataclass(frozen=True, slots=True)
class Figures:
    """First and latest figure of one question; None where there is none yet.  `goal` for those in own words."""

    item: str
    first: int | None
    latest: int | None
    goal: Goal | None = None


@dataclass(frozen=True, slots=True)
class Goals:
    """What the page of goals shows."""

    may_ask: bool
    own: list[Figures]
    life: list[Figures]

    @property
    def standing(self) -> list[Goal]:
        """The goals and concerns that still matter."""
        return [one.goal for one in self.own if one.goal]


def goals_of(case: Referral) -> Goals:
    """Everything of one case."""
    first: dict[tuple[str, UUID | None], int] = {}
    latest: dict[tuple[str, UUID | None], int] = {}
    said = Answer.objects.filter(referral=case, value__isnull=False).values_list("item", "goal_id", "phase", "value")
    for item, key, phase, value in said:
        (first if phase == BASELINE else latest)[item, key] = value or 0
    standing = Goal.objects.filter(referral=case, left_at=None)
    own = [Figures(goal.kind, first.get((goal.kind, goal.pk)), latest.get((goal.kind, goal.pk)), goal) for goal in standing]
    life = [Figures(item, first[item, None], latest.get((item, None))) for item in LIFE if (item, None) in first]
    return Goals(is_permitted(case, "measures", now()), own, life)
