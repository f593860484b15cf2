"""Is it meant for people of this age?  Pure."""

from __future__ import annotations

from mukana.guidance.rules.facts import Facts
from mukana.guidance.rules.wish import CHILD_UNTIL, SENIOR_FROM, Wish

_CHILD = frozenset({"children", "youth", "families_small_children", "baby_parents"})
_YOUNG = frozenset({"children", "youth"})
_ADULT = frozenset({"older", "working_age", "unemployed", "carers", "men", "women", "students"})
YOUTH_UNTIL, WORK_UNTIL, TEEN_FROM = 30, 67, 12
SLACK = 2  # years that nobody is turned away for


def age_bar(wish: Wish, facts: Facts) -> str:
    """ "age" when it is plainly meant for others, "" else.  A place is for everybody."""
    if wish.age is None or facts.lasting:
        return ""
    youngest = facts.age_min if facts.age_min is not None else facts.told.age_min
    oldest = facts.age_max if facts.age_max is not None else facts.told.age_max
    if wish.adult:
        return "age" if _bars_adult(wish, facts, youngest, oldest) else ""
    return "age" if _bars_child(wish, facts, youngest, oldest) else ""


def age_share(wish: Wish, facts: Facts) -> float:
    """What is made for the person's own age comes a little sooner."""
    if wish.age is None:
        return 1.0
    if wish.age >= SENIOR_FROM + 5 and (facts.told.seniors or "older" in facts.audiences):
        return 1.15
    if wish.age < YOUTH_UNTIL and "youth" in facts.audiences:
        return 1.15
    if wish.children and facts.audiences & _CHILD:
        return 1.1
    return 1.0


def _bars_adult(wish: Wish, facts: Facts, youngest: int | None, oldest: int | None) -> bool:
    age = wish.age or 0
    if youngest is not None and age < youngest - SLACK:
        return True
    for_family = facts.told.children or bool(facts.audiences & _CHILD)
    if oldest is not None and age > oldest + SLACK and not (wish.children and for_family and oldest < CHILD_UNTIL):
        return True
    if _for_seniors(facts) and age < SENIOR_FROM:
        return not wish.children or not for_family
    if age > WORK_UNTIL and facts.audiences and facts.audiences <= {"working_age", "unemployed", "students"}:
        return True
    return _for_children(facts) and not wish.children and not _young_enough(facts, age)


def _bars_child(wish: Wish, facts: Facts, youngest: int | None, oldest: int | None) -> bool:
    age = wish.age or 0
    if (youngest is not None and age < youngest) or (oldest is not None and age > oldest + SLACK):
        return True
    if _for_seniors(facts) or (facts.audiences and facts.audiences <= _ADULT):
        return True
    small = facts.audiences and facts.audiences <= {"baby_parents", "families_small_children"}
    return bool(small) and age >= TEEN_FROM


def _for_seniors(facts: Facts) -> bool:
    if facts.audiences:
        return "older" in facts.audiences and not facts.audiences & (_CHILD | {"working_age", "everyone"})
    return facts.told.seniors and not facts.told.children and facts.kind in ("group", "event", "programme", "video")


def _for_children(facts: Facts) -> bool:
    if facts.audiences & _CHILD:
        return not facts.audiences & {"older", "working_age", "carers"}
    return not facts.audiences and facts.told.children and not facts.told.childcare


def _young_enough(facts: Facts, age: int) -> bool:
    return age < YOUTH_UNTIL and "youth" in facts.audiences and not facts.told.age_max
