"""A resident's goals and concerns with their first and latest figures, and the latest of the single questions."""

from __future__ import annotations

from dataclasses import dataclass

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
    figures: dict[tuple[str, object], list[int | None]] = {}
    for item, goal, phase, value in Answer.objects.filter(referral=case, value__isnull=False).values_list(
        "item", "goal_id", "phase", "value"
    ):
        held = figures.setdefault((item, goal), [None, None])
        held[0 if phase == BASELINE else 1] = value
    own = [Figures(goal.kind, *figures.get((goal.kind, goal.pk), (None, None)), goal) for goal in case.goals.filter(left_at=None)]
    life = [Figures(item, *figures[item, None]) for item in LIFE if (item, None) in figures]
    return Goals(is_permitted(case, "measures", now()), own, life)
