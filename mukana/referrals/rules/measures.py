"""Measures of how it goes: which there are, on what scale, by whose licence; and change of the same people only.

Nothing here is asked before help is given, and every question may be passed over.  Names and texts of licensed
instruments are not shipped; what ships is free: attainment of one's own goal, one's own concern in one's own words, and
four single questions of life after the ONS4 (Open Government Licence v3.0), never summed into one and, in our own
translation, not validated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from mukana.referrals.rules.codes import Refused

GOAL, CONCERN = "goal", "concern"
OWN = (GOAL, CONCERN)  # asked of the resident's own words
BASELINE, FOLLOW_UP = "baseline", "follow_up"
PHASES = (BASELINE, FOLLOW_UP)
MODES = ("oral", "paper", "screen")
MOST_OWN = 3  # goals, and concerns, at a time


@dataclass(frozen=True, slots=True)
class Scale:
    """One question: its least and greatest answer, whether more is better, whose it is, whether it is validated."""

    item: str
    low: int
    high: int
    more_is_better: bool = True
    licence: str = "free"
    validated: bool = False


SCALES = (
    Scale(GOAL, -2, 2),
    Scale(CONCERN, 0, 6, more_is_better=False),
    Scale("satisfied", 0, 10, licence="OGL-3.0"),
    Scale("worthwhile", 0, 10, licence="OGL-3.0"),
    Scale("happy", 0, 10, licence="OGL-3.0"),
    Scale("anxious", 0, 10, more_is_better=False, licence="OGL-3.0"),
)
BY_ITEM: Mapping[str, Scale] = {scale.item: scale for scale in SCALES}
ITEMS = tuple(BY_ITEM)
LIFE = tuple(item for item in ITEMS if item not in OWN)


def check_answer(item: str, phase: str, mode: str, value: int | None) -> None:
    """Is it an answer on that question's scale?  None is: it was passed over.  Raises Refused."""
    scale = BY_ITEM.get(item)
    if scale is None or phase not in PHASES or mode not in MODES:
        raise Refused("unknown_word")
    if value is not None and not scale.low <= value <= scale.high:
        raise Refused("off_scale", low=scale.low, high=scale.high)


def check_own(kind: str, standing: int) -> None:
    """May one more goal or concern be written down?  Raises Refused."""
    if kind not in OWN:
        raise Refused("unknown_word")
    if standing >= MOST_OWN:
        raise Refused("goals_enough", most=MOST_OWN)


def own_of(item: str) -> bool:
    """Is it asked of the resident's own words?"""
    return item in OWN


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as change is counted: whose case, which words of theirs, when in a row (later is greater)."""

    case: UUID
    item: str
    phase: str
    value: int | None
    words: UUID | None = None
    ended: bool = False  # the case is over


@dataclass(frozen=True, slots=True)
class Change:
    """Of one question: people with both answers and what became of them; those without the second, those without any.

    `total` is the sum of the people's changes in hundredths; a person's change is the mean of those of their own goals.
    """

    pairs: int = 0
    total: int = 0
    better: int = 0
    same: int = 0
    worse: int = 0
    waiting: int = 0  # a first answer, the case goes on
    dropped: int = 0  # a first answer, the case ended without another
    passed: int = 0  # asked, never answered


def change(item: str, answers: Iterable[Told]) -> Change:
    """Paired change: only people whose first and latest answers to the same question are known."""
    people: dict[UUID, dict[UUID | None, dict[str, int]]] = {}
    ended: dict[UUID, bool] = {}
    for one in answers:
        if one.item == item:
            held = people.setdefault(one.case, {}).setdefault(one.words, {})
            ended[one.case] = one.ended
            if one.value is not None:
                held[one.phase] = one.value
    counts = dict.fromkeys(("pairs", "total", "better", "same", "worse", "waiting", "dropped", "passed"), 0)
    for case, series in people.items():
        for name, more in _of_person(BY_ITEM[item], series, ended=ended[case]).items():
            counts[name] += more
    return Change(**counts)


def _of_person(scale: Scale, series: Mapping[UUID | None, Mapping[str, int]], *, ended: bool) -> dict[str, int]:
    changes = [held[FOLLOW_UP] - held[BASELINE] for held in series.values() if len(held) == len(PHASES)]
    if not changes:
        begun = any(BASELINE in held for held in series.values())
        return {"passed": 1} if not begun else {"dropped" if ended else "waiting": 1}
    moved = sum(changes) if scale.more_is_better else -sum(changes)
    way = "same" if not moved else "better" if moved > 0 else "worse"
    return {"pairs": 1, "total": round(100 * sum(changes) / len(changes)), way: 1}
