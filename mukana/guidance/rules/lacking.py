"""Did guidance end with nothing, and which kind of condition stood in the way?  Pure."""

from __future__ import annotations

from collections import Counter

from mukana.guidance.rules.choosing import Chosen
from mukana.guidance.rules.wish import Wish

DISTANCE, HOME, TIME, PRICE, ACCESS, LANGUAGE, COMPANY, DIGITAL, AUDIENCE, WISH, NOTHING = (
    "distance", "home", "time", "price", "accessibility", "language", "company", "digital", "audience", "wish", "nothing",
)  # fmt: skip
REASONS = (DISTANCE, HOME, TIME, PRICE, ACCESS, LANGUAGE, COMPANY, DIGITAL, AUDIENCE, WISH, NOTHING)
_KINDS = {
    "far": DISTANCE, "remote": HOME, "times": TIME, "free": PRICE, "step_free": ACCESS, "language": LANGUAGE, "device": DIGITAL,
    "age": AUDIENCE, "gender": AUDIENCE, "refused": WISH,
}  # fmt: skip


def lacking(wish: Wish, chosen: Chosen) -> str:
    """The kind of condition that left the most out when nothing was left; NOTHING when there was nothing to leave out.

    One asking is of one kind, so that kinds may be summed up.  Company is no condition that leaves out, but who would not
    go alone is not helped by suggestions none of which tells of company.  "" when something was found.
    """
    if chosen.suggestions:
        return COMPANY if wish.companion and all(_alone(chosen, number) for number in range(len(chosen.suggestions))) else ""
    kinds: Counter[str] = Counter()
    for bar, number in chosen.left_out.items():
        kinds[_KINDS[bar]] += number
    return max(kinds, key=lambda kind: (kinds[kind], -REASONS.index(kind)), default=NOTHING)


def _alone(chosen: Chosen, number: int) -> bool:
    return any(mark.code == "nobody_along" for mark in chosen.suggestions[number].judgement.lacks)
